package ismap.publication;

import ismap.decision.Bilingual;
import ismap.decision.Problem;
import ismap.revision.NewRevision;
import ismap.revision.RevisionStore;
import ismap.revision.StoredRevision;
import ismap.revision.Takeovers;
import ismap.revision.Takeovers.Takeover;
import ismap.rulebook.Digests;
import ismap.rulebook.LoadedRulebook;
import ismap.rulebook.RulebookFiles;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Takes a revision over that another installation published: exactly its rules, or none. */
public final class TakeOver {

    private final Function<RulebookFiles, LoadedRulebook> reader;

    /** @param reader reads and checks files; never throws for what they hold */
    public TakeOver(Function<RulebookFiles, LoadedRulebook> reader) {
        this.reader = reader;
    }

    /** What came of it. */
    public sealed interface Outcome {

        record Taken(StoredRevision revision) implements Outcome {}

        /** It was here before; nothing was done. */
        record Here(String revisionId) implements Outcome {}

        /** Nothing was changed, and why. */
        record Refused(List<Problem> problems) implements Outcome {
            public Refused {
                problems = List.copyOf(problems);
            }
        }
    }

    /**
     * What can be said of a bundle without a database.
     *
     * @param bundle empty where something is wrong
     */
    public record Examined(Optional<Bundle> bundle, List<Problem> problems) {
        public Examined {
            problems = List.copyOf(problems);
        }
    }

    /**
     * Nothing altered, signed by its origin, and readable by this version.
     *
     * @param trusted the first key of an installation that is trusted; empty where nobody is yet
     */
    public Examined examine(byte[] zip, Optional<String> trusted) {
        BundleReader.Read read = BundleReader.read(zip);
        if (read.bundle().isEmpty()) {
            return new Examined(Optional.empty(), read.problems());
        }
        Bundle bundle = read.bundle().get();
        String origin = bundle.origin().orElseThrow();
        if (trusted.filter(origin::equals).isEmpty()) {
            return refused(
                    "BUNDLE_NOT_TRUSTED",
                    origin,
                    new Bilingual(
                            "鍵 %s で始まる機関は、ここではまだ信頼されていません。".formatted(origin),
                            "The installation whose first key is %s is not trusted here yet.".formatted(origin)),
                    new Bilingual(
                            "その鍵が公表元のものであることを別の経路で確かめ、--trust で指定してください。",
                            "Make sure in another way that this is the publisher's key, and name it with --trust."));
        }
        NewRevision revision = bundle.revision();
        LoadedRulebook loaded = reader.apply(new RulebookFiles(revision.files()));
        if (loaded.rulebook().isEmpty()) {
            return new Examined(Optional.empty(), loaded.problems());
        }
        return Digests.ofRulebook(loaded.rulebook().get()).equals(revision.digest())
                ? new Examined(Optional.of(bundle), List.of())
                : refused(
                        "BUNDLE_READ_OTHERWISE",
                        revision.digest(),
                        new Bilingual(
                                "この版のサービスは、同じファイルから公表時とは別の規則集を読み取ります。",
                                "This version of the service reads another rulebook from the same files than was published."),
                        new Bilingual(
                                "公表した機関と同じ版のサービスを使ってください。", "Use the version of the service that its publisher uses."));
    }

    private static Examined refused(String code, String value, Bilingual message, Bilingual advice) {
        return new Examined(
                Optional.empty(), List.of(BundleReader.problemOf(code, Bundle.STATEMENT, value, message, advice)));
    }

    /**
     * Publishes it here, unless it is older than what is here of the same origin.
     *
     * @param trusted as in {@link #examine}; an installation of which something is here already needs no naming again
     * @throws ismap.ledger.StorageUnavailable where the database cannot be asked
     */
    public Outcome take(byte[] zip, Optional<String> trusted, RevisionStore revisions, Takeovers takeovers) {
        Optional<String> known = BundleReader.read(zip)
                .bundle()
                .flatMap(Bundle::origin)
                .flatMap(takeovers::latest)
                .map(Takeover::origin);
        Examined examined = examine(zip, trusted.or(() -> known));
        if (examined.bundle().isEmpty()) {
            return new Outcome.Refused(examined.problems());
        }
        Bundle bundle = examined.bundle().get();
        NewRevision revision = bundle.revision();
        Optional<StoredRevision> here = revisions.find(revision.id());
        if (here.isPresent()) {
            return here.get().filesDigest().equals(revision.filesDigest())
                    ? new Outcome.Here(revision.id())
                    : new Outcome.Refused(List.of(BundleReader.problemOf(
                            "BUNDLE_ID_TAKEN",
                            Bundle.STATEMENT,
                            revision.id(),
                            new Bilingual(
                                    "別の内容の改定版 %s がここにあります。".formatted(revision.id()),
                                    "A revision %s with another content is here.".formatted(revision.id())),
                            new Bilingual("別の環境に取り込んでください。", "Import it into another installation."))));
        }
        var from = new Takeover(revision.id(), bundle.origin().orElseThrow(), bundle.address(), bundle.publishedAt());
        return takeovers
                .publish(revision, from)
                .<Outcome>map(Outcome.Taken::new)
                .orElseGet(() -> new Outcome.Refused(List.of(older(bundle, takeovers.latest(from.origin())))));
    }

    private static Problem older(Bundle bundle, Optional<Takeover> latest) {
        String later = latest.map(Takeover::revisionId).orElse("");
        return BundleReader.problemOf(
                        "BUNDLE_OLDER",
                        Bundle.STATEMENT,
                        bundle.publishedAt().toString(),
                        new Bilingual(
                                "同じ機関がより後に公表した改定版 %s が、すでに取り込まれています。".formatted(later),
                                "Revision %s, which the same installation published later, is here already."
                                        .formatted(later)),
                        new Bilingual("最新の束を受け取ってください。", "Get the newest bundle."))
                .expected(latest.map(one -> "> " + one.publishedAt()).orElse(""));
    }
}
