package ismap.publication;

import ismap.decision.Bilingual;
import ismap.decision.Problem;
import ismap.revision.NewEvent;
import ismap.revision.NewRevision;
import ismap.revision.PublishedRevision;
import ismap.revision.RecordedEvent;
import ismap.revision.RevisionEvent;
import ismap.revision.RevisionLog;
import ismap.revision.RevisionStore;
import ismap.revision.StoredRevision;
import ismap.rulebook.Digests;
import ismap.rulebook.LoadedRulebook;
import ismap.rulebook.Rulebook;
import ismap.rulebook.RulebookFiles;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Which revision a starting service serves: files seed the database, and from then on the database governs (ADR 2).
 *
 * <p>An empty database is given the shipped rulebook. A folder, where one is named, is published as a new revision if it says
 * something else than the revision in force. What is served is always read back from the database. Where a later service ships something else,
 * that becomes a draft, once, for people to look at.
 */
public final class StartingRevision {

    private static final DateTimeFormatter ID =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss").withZone(ZoneOffset.UTC);

    /** The note of what ships with the service, published or a draft. */
    static final String SHIPPED = "shipped";

    private static final String FOLDER = "folder";

    private final RevisionStore revisions;
    private final RevisionLog log;
    private final Function<RulebookFiles, LoadedRulebook> reader;
    private final Clock clock;

    /**
     * @param reader reads and checks files; never throws for what they hold
     * @param clock for the ids of new revisions; when they were published is the database's word
     */
    public StartingRevision(
            RevisionStore revisions, RevisionLog log, Function<RulebookFiles, LoadedRulebook> reader, Clock clock) {
        this.revisions = revisions;
        this.log = log;
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
     * @param shipped the files that come with the service; not asked where a folder is named
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
                Optional<StoredRevision> published =
                        publish(files, digest, folder.isPresent() ? FOLDER : SHIPPED, inForce.map(StoredRevision::id));
                // Else another instance that starts at the same time was first; what it published is served.
                return published
                        .<Outcome>map(revision ->
                                new Outcome.Ready(revision, loaded.rulebook().get(), loaded, true))
                        .orElseGet(() -> serve(revisions.inForce().orElseThrow()));
            }
            if (inForce.get().filesDigest().equals(Digests.ofFiles(files))) {
                return new Outcome.Ready(inForce.get(), loaded.rulebook().get(), loaded, false);
            }
        } else {
            draft(shipped.get(), inForce.get());
        }
        return serve(inForce.orElseThrow());
    }

    /** What ships now and differs from what is in force becomes a draft, once, whatever became of it since. */
    private void draft(RulebookFiles shipped, StoredRevision inForce) {
        String filesDigest = Digests.ofFiles(shipped);
        if (shipped.contents().isEmpty()
                || filesDigest.equals(inForce.filesDigest())
                || saysTheSame(shipped, inForce)
                || wasHereBefore(filesDigest)) {
            return;
        }
        var files = new TreeMap<>(shipped.contents());
        var created = new RevisionEvent.Created(
                Optional.of(inForce.id()), SHIPPED, Sha256.byPath(files), filesDigest, Optional.empty());
        // Refused where another instance that starts at the same second makes the same draft, under the same id.
        log.append(new NewEvent(id(filesDigest), 1, RecordedEvent.SERVICE, created), Sha256.contents(files));
    }

    private boolean saysTheSame(RulebookFiles shipped, StoredRevision inForce) {
        return reader.apply(shipped)
                .rulebook()
                .map(Digests::ofRulebook)
                .filter(inForce.digest()::equals)
                .isPresent();
    }

    private boolean wasHereBefore(String filesDigest) {
        List<PublishedRevision> published = log.published(Optional.empty(), Integer.MAX_VALUE);
        if (published.stream().anyMatch(revision -> revision.filesDigest().equals(filesDigest))) {
            return true;
        }
        var ids = new ArrayList<>(log.unpublished());
        published.forEach(revision -> ids.add(revision.id()));
        return log.events(ids).values().stream()
                .map(events -> events.get(0).event())
                .anyMatch(first -> first instanceof RevisionEvent.Created created
                        && created.note().equals(SHIPPED)
                        && created.filesDigest().equals(filesDigest));
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

    /** Empty where another revision came into force meanwhile. */
    private Optional<StoredRevision> publish(
            RulebookFiles files, String digest, String note, Optional<String> supersedes) {
        String id = id(digest);
        var contents = new TreeMap<>(files.contents());
        String filesDigest = Digests.ofFiles(files);
        var created =
                new RevisionEvent.Created(supersedes, note, Sha256.byPath(contents), filesDigest, Optional.empty());
        RevisionLog.Publication publication = log.publish(
                new NewRevision(id, digest, filesDigest, note, contents),
                supersedes,
                List.of(
                        new NewEvent(id, 1, RecordedEvent.SERVICE, created),
                        new NewEvent(id, 2, RecordedEvent.SERVICE, new RevisionEvent.Published(digest, filesDigest))));
        return publication instanceof RevisionLog.Publication.Done done
                ? Optional.of(done.revision())
                : Optional.empty();
    }

    /** The content may have been published before, so its digest alone is no id. */
    private String id(String digest) {
        return "%s-%s"
                .formatted(
                        ID.format(clock.instant()),
                        digest.substring("sha256:".length()).substring(0, 8));
    }
}
