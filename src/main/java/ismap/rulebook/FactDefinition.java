package ismap.rulebook;

import ismap.decision.Bilingual;
import java.util.List;
import java.util.Optional;

/**
 * One fact of the vocabulary: its type, what its absence means, when it happens, and the words for it.
 *
 * @param happensOn the date fact whose day it happens on; after {@code asOf} the fact reads as none
 * @param happensFor the codes that happen; empty for every value
 * @param decisions the decisions that ask for it, as the contract lists them
 */
public record FactDefinition(
        String name,
        FactType type,
        Absence absence,
        Kind kind,
        String knownBy,
        String changeableBy,
        boolean needsAttestation,
        Optional<String> happensOn,
        List<String> happensFor,
        Bilingual label,
        Bilingual question,
        Bilingual help,
        List<String> decisions) {

    public enum Kind {
        INPUT,
        DERIVED,
        EITHER
    }

    /** What a fact that was left out (or sent as null) reads as: unknown, or none unless a condition on stated facts holds. */
    public record Absence(boolean none, List<Condition> unknownWhere) {
        public static final Absence UNKNOWN = new Absence(false, List.of());
        public static final Absence NONE = new Absence(true, List.of());
    }
}
