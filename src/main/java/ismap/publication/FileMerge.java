package ismap.publication;

import ismap.decision.Problem;
import java.util.List;
import java.util.Optional;

/** Brings what a draft changed in a file into what the file became in the revision that is in force now. */
@FunctionalInterface
public interface FileMerge {

    /** @param conflicts what both changed, each with both values; there, what is in force stands */
    @SuppressWarnings("ArrayRecordComponent") // stored as it is, never compared by equals
    record Merged(byte[] content, List<Problem> conflicts) {
        public Merged {
            conflicts = List.copyOf(conflicts);
        }
    }

    /** @return empty where that cannot be told part by part */
    Optional<Merged> merge(String path, byte[] base, byte[] inForce, byte[] draft);
}
