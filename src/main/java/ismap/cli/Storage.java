package ismap.cli;

import ismap.access.Tokens;
import ismap.decision.Bilingual;
import ismap.evaluation.Replays;
import ismap.ledger.Receipt;
import ismap.ledger.RecordSearch;
import ismap.publication.Bundles;
import ismap.revision.RevisionStore;
import ismap.revision.Takeovers;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What a service keeps: its records, the revisions they were decided under, the tokens of those who call it. */
public interface Storage extends AutoCloseable {

    RecordSearch search();

    Optional<Receipt> find(UUID id);

    Replays replays();

    RevisionStore revisions();

    Takeovers takeovers();

    Bundles bundles();

    Tokens tokens();

    @Override
    void close();

    /** Opens the storage that the environment names. */
    @FunctionalInterface
    interface Opener {
        /** @param instead variables that count in place of those of the environment */
        Storage open(Map<String, String> instead) throws Refused;

        default Storage open() throws Refused {
            return open(Map.of());
        }
    }

    /** It cannot be opened, or not be used to the end, and why. */
    final class Refused extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient Bilingual why;

        public Refused(Bilingual why, Exception cause) {
            super(why.en(), cause);
            this.why = why;
        }

        Bilingual why() {
            return why;
        }
    }
}
