package ismap.traceability;

import ismap.decision.Place;
import ismap.rulebook.ClauseRegister.Clause;
import ismap.rulebook.ClauseRegister.NotEncoded;
import ismap.rulebook.Derivation;
import ismap.rulebook.Parameter;
import java.util.List;

/**
 * A clause and what rests on it.
 *
 * @param place where the register has it
 * @param tables those that cover it or cite it
 * @param notEncoded rules of it that no decision holds
 */
public record TracedClause(
        Clause clause,
        Place place,
        List<TracedTable> tables,
        List<Sourced<Derivation>> derivations,
        List<Sourced<Parameter>> parameters,
        List<NotEncoded> notEncoded) {

    /** A part of the rulebook with the cell or line where it stands. */
    public record Sourced<T>(T part, Place place) {}

    public TracedClause {
        tables = List.copyOf(tables);
        derivations = List.copyOf(derivations);
        parameters = List.copyOf(parameters);
        notEncoded = List.copyOf(notEncoded);
    }
}
