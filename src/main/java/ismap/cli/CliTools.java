package ismap.cli;

import ismap.evaluation.ActiveRulebook;
import ismap.evaluation.Evaluations;
import ismap.publication.CheckRulebook;
import ismap.rulebook.Plan;
import ismap.rulebook.RuleCompiler;
import java.time.Clock;
import java.util.function.Function;

/**
 * What the command line works with; the wiring gives it.
 *
 * @param drl the DRL that is compiled for a decision
 * @param evaluations answers questions by a rulebook that is in no database, and records nothing
 */
public record CliTools(
        CheckRulebook check,
        RuleCompiler compiler,
        Function<Plan, String> drl,
        Function<ActiveRulebook, Evaluations> evaluations,
        Clock clock) {}
