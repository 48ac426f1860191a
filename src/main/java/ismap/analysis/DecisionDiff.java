package ismap.analysis;

import java.util.List;

/**
 * What becomes of the answers to one question.
 *
 * @param changed the rules, derived facts and other parts that do not mean the same any more
 * @param regions the ways in which answers differ, each with a request that shows it
 * @param asked how many requests were decided under both to find out
 * @param spent whether more could have been asked; what was not found then may be there
 */
public record DecisionDiff(
        String decision, Verdict verdict, List<String> changed, List<Region> regions, int asked, boolean spent) {

    public DecisionDiff {
        changed = List.copyOf(changed);
        regions = List.copyOf(regions);
    }

    public enum Verdict {
        /** Nothing of it was touched. */
        UNCHANGED,
        /** Texts, labels or clauses are others; every request comes to the same statuses, values and outcome. This is certain. */
        WORDING,
        /** Some requests are answered otherwise; there is an example of each kind that was found. */
        DIFFERENT,
        /** It does not mean the same any more, and no request was found that is answered otherwise. No proof that there is none. */
        NONE_FOUND,
        ADDED,
        REMOVED
    }
}
