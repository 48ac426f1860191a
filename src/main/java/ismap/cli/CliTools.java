package ismap.cli;

import ismap.analysis.Diff;
import ismap.decision.Problem;
import ismap.evaluation.ActiveRulebook;
import ismap.evaluation.Evaluations;
import ismap.publication.CheckRulebook;
import ismap.publication.TakeOver;
import ismap.rulebook.Plan;
import ismap.rulebook.RuleCompiler;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What the command line works with; the wiring gives it.
 *
 * @param drl the DRL that is compiled for a decision
 * @param annotator writes what is wrong with a workbook into a copy of it
 * @param evaluations answers questions by a rulebook that is in no database, and records nothing
 * @param token by which a running service knows whoever runs the command
 * @param storage what a service keeps, for commands that work on that
 * @param backups its database as a whole, for commands that copy and restore it
 * @param diffs writes a difference as a workbook
 */
public record CliTools(
        CheckRulebook check,
        RuleCompiler compiler,
        Function<Plan, String> drl,
        Annotator annotator,
        Function<ActiveRulebook, Evaluations> evaluations,
        Clock clock,
        TakeOver takeOver,
        Optional<String> token,
        Storage.Opener storage,
        Supplier<Backups> backups,
        Function<Diff, byte[]> diffs) {

    /** Gives back a workbook whatever the bytes are; {@code path} is the one that places name. */
    @FunctionalInterface
    public interface Annotator {
        byte[] annotated(String path, byte[] workbook, List<Problem> problems);
    }
}
