package ismap.cli;

import ismap.decision.Bilingual;
import ismap.evaluation.Replays;
import ismap.ledger.Receipt;
import ismap.ledger.RecordSearch;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The records of a service, and the revisions they were decided under. */
public interface Storage extends AutoCloseable {

    RecordSearch search();

    Optional<Receipt> find(UUID id);

    Replays replays();

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

    /** It cannot be opened, and why. */
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
