package ismap.analysis;

import ismap.analysis.DecisionDiff.Verdict;
import ismap.rulebook.Plan;
import ismap.rulebook.Rulebook;
import ismap.rulebook.SourceMap;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * The difference of two rulebooks: what is written otherwise, and what is answered otherwise.
 *
 * @param changes in the order of the sheets
 * @param decisions all of them, in the order of the second rulebook
 */
public record Diff(List<Change> changes, List<DecisionDiff> decisions) {

    /** So many requests are asked of each decision that means something else now. */
    public static final int BUDGET = 12_000;

    public Diff {
        changes = List.copyOf(changes);
        decisions = List.copyOf(decisions);
    }

    /** A rulebook, where its parts stand, its plans, and requests worth asking by decision: those of its scenarios. */
    public record Side(Rulebook rulebook, SourceMap sources, Map<String, Plan> plans, Map<String, List<Seed>> seeds) {
        public Side {
            plans = Collections.unmodifiableMap(new LinkedHashMap<>(plans));
            seeds = Collections.unmodifiableMap(new LinkedHashMap<>(seeds));
        }
    }

    public boolean isEmpty() {
        return changes.isEmpty();
    }

    public static Diff between(Side before, Side after, int budget) {
        return between(before, after, budget, done -> {});
    }

    /**
     * @param budget so many requests may be asked of one decision
     * @param progress told how many decisions are done
     */
    public static Diff between(Side before, Side after, int budget, IntConsumer progress) {
        List<Change> changes =
                Structure.between(before.rulebook(), before.sources(), after.rulebook(), after.sources());
        var decisions = new ArrayList<DecisionDiff>();
        for (String name :
                Structure.inOrder(before.plans().keySet(), after.plans().keySet())) {
            decisions.add(decision(name, before, after, changes, budget));
            progress.accept(decisions.size());
        }
        return new Diff(changes, decisions);
    }

    /** Whether every request has the same answer under both, but for its words: certain, without asking any. */
    public static boolean sameAnswers(Plan before, Plan after) {
        return Meaning.differing(Meaning.of(before), Meaning.of(after)).isEmpty();
    }

    private static DecisionDiff decision(String name, Side before, Side after, List<Change> changes, int budget) {
        Plan was = before.plans().get(name);
        Plan is = after.plans().get(name);
        if (was == null || is == null) {
            return still(name, was == null ? Verdict.ADDED : Verdict.REMOVED);
        }
        List<String> changed = Meaning.differing(Meaning.of(was), Meaning.of(is));
        if (changed.isEmpty()) {
            boolean touched = changes.stream().anyMatch(change -> mayShowIn(change, was) || mayShowIn(change, is));
            return still(name, touched ? Verdict.WORDING : Verdict.UNCHANGED);
        }
        var seeds = new ArrayList<>(before.seeds().getOrDefault(name, List.of()));
        seeds.addAll(after.seeds().getOrDefault(name, List.of()));
        AnswerSearch search = new AnswerSearch(was, is, changed, budget, false).run(seeds);
        return new DecisionDiff(
                name,
                search.anyDifference() ? Verdict.DIFFERENT : Verdict.NONE_FOUND,
                changed,
                search.regions(),
                search.looked(),
                search.isSpent());
    }

    private static DecisionDiff still(String name, Verdict verdict) {
        return new DecisionDiff(name, verdict, List.of(), List.of(), 0, false);
    }

    /** Whether the words of a decision may have to do with a part. */
    private static boolean mayShowIn(Change change, Plan plan) {
        String id = change.id().replaceAll("/.*", "");
        return switch (change.kind()) {
            case TABLE, ROW ->
                plan.definition(id).isPresent()
                        || change.decision().equals(plan.decision().name());
            case DECISION, OUTCOME, VALUE, BORROWED, READING, NOT_EXAMINED ->
                change.decision().equals(plan.decision().name());
            case DERIVATION -> plan.definition(change.id()).isPresent();
            case FACT -> plan.asked().contains(change.id());
            case CODE, STATUS -> true;
            case PARAMETER, PARAMETER_VALUE -> false; // its label and note stand in no answer
            case DOCUMENT ->
                change.cells().stream().anyMatch(cell -> cell.name().equals("edition"));
            case FORMAT, CLAUSE, NOT_ENCODED, ASSUMPTION -> false;
        };
    }
}
