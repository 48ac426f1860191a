package ismap.publication;

import ismap.decision.Bilingual;
import ismap.decision.Problem;
import ismap.revision.NewRevision;
import ismap.revision.RevisionStore;
import ismap.revision.StoredRevision;
import ismap.rulebook.Digests;
import ismap.rulebook.LoadedRulebook;
import ismap.rulebook.Rulebook;
import ismap.rulebook.RulebookFiles;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Which revision a starting service serves: files seed the database, and from then on the database governs (ADR 2).
 *
 * <p>An empty database is given the shipped rulebook. A folder, where one is named, is published as a new revision if it says
 * something else than the revision in force. What is served is always read back from the database.
 */
public final class StartingRevision {

    private static final DateTimeFormatter ID =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss").withZone(ZoneOffset.UTC);

    private final RevisionStore revisions;
    private final Function<RulebookFiles, LoadedRulebook> reader;
    private final Clock clock;

    /**
     * @param reader reads and checks files; never throws for what they hold
     * @param clock for the ids of new revisions; when they were published is the database's word
     */
    public StartingRevision(RevisionStore revisions, Function<RulebookFiles, LoadedRulebook> reader, Clock clock) {
        this.revisions = revisions;
        this.reader = reader;
        this.clock = clock;
    }

    /** What came of the choice. */
    public sealed interface Outcome {

        /** @param loaded read from the revision's files, without errors */
        record Ready(StoredRevision revision, Rulebook rulebook, LoadedRulebook loaded, boolean published)
                implements Outcome {}

        /** @param what in one sentence; the problems say the rest */
        record Refused(Bilingual what, List<Problem> problems) implements Outcome {
            public Refused {
                problems = List.copyOf(problems);
            }
        }
    }

    /**
     * @param folder the files of the folder that was named, if one was
     * @param shipped the files that come with the service; asked only where nothing else is there
     */
    public Outcome choose(Optional<RulebookFiles> folder, Supplier<RulebookFiles> shipped) {
        Optional<StoredRevision> inForce = revisions.inForce();
        if (folder.isPresent() || inForce.isEmpty()) {
            RulebookFiles files = folder.orElseGet(shipped);
            LoadedRulebook loaded = reader.apply(files);
            if (loaded.rulebook().isEmpty()) {
                return new Outcome.Refused(
                        new Bilingual(
                                "規則集に誤りがあるため、公表も起動もしません。",
                                "The rulebook has mistakes; it is not published, and the service does not start."),
                        loaded.problems());
            }
            String digest = Digests.ofRulebook(loaded.rulebook().get());
            if (inForce.isEmpty() || !inForce.get().digest().equals(digest)) {
                StoredRevision published = publish(files, digest, folder.isPresent() ? "folder" : "shipped");
                return new Outcome.Ready(published, loaded.rulebook().get(), loaded, true);
            }
            if (inForce.get().filesDigest().equals(Digests.ofFiles(files))) {
                return new Outcome.Ready(inForce.get(), loaded.rulebook().get(), loaded, false);
            }
        }
        return serve(inForce.orElseThrow());
    }

    private Outcome serve(StoredRevision revision) {
        RulebookFiles files = new RulebookFiles(revision.files());
        if (!Digests.ofFiles(files).equals(revision.filesDigest())) {
            return new Outcome.Refused(
                    new Bilingual(
                            "データベースにある改定版 %s のファイルが、公表時のものと一致しません。".formatted(revision.id()),
                            "The files of revision %s in the database are not those that were published."
                                    .formatted(revision.id())),
                    List.of());
        }
        LoadedRulebook loaded = reader.apply(files);
        return loaded.rulebook()
                .<Outcome>map(rulebook -> new Outcome.Ready(revision, rulebook, loaded, false))
                .orElseGet(() -> new Outcome.Refused(
                        new Bilingual(
                                "施行中の改定版 %s を、この版のサービスでは読み込めません。".formatted(revision.id()),
                                "This version of the service cannot read revision %s, which is in force."
                                        .formatted(revision.id())),
                        loaded.problems()));
    }

    private StoredRevision publish(RulebookFiles files, String digest, String note) {
        // The content may have been published before, so its digest alone is no id.
        String id = "%s-%s"
                .formatted(
                        ID.format(clock.instant()),
                        digest.substring("sha256:".length()).substring(0, 8));
        return revisions.publish(
                new NewRevision(id, digest, Digests.ofFiles(files), note, new TreeMap<>(files.contents())));
    }
}
