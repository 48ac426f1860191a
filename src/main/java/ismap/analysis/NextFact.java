package ismap.analysis;

import ismap.rulebook.OpenCase;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which fact to ask next: one that can still change the outcome, and of those the one after which least is open, on average over the
 * values it can have.
 *
 * <p>What is asked is proved to matter, so nobody is asked for nothing. Which one comes first is a matter of a good guess and of a
 * bounded time.
 */
public final class NextFact {

    /**
     * @param fact empty where nothing that may be asked can change the outcome
     * @param settled whether no fact at all can change it
     */
    public record Found(Optional<String> fact, boolean settled) {}

    /** So many values of a fact are looked at to see how much each leaves open. */
    private static final int VALUES = 6;

    /** So many facts are compared; of more, those on which most rules depend. */
    private static final int FACTS = 12;

    /** So much work is spent on the proof for one fact, as long as another one may be proved sooner; then more. */
    private static final int LITTLE = 40;

    private static final int LITTLE_MORE = 8;
    private static final int SOME = 400;

    /** So much work may be spent on all proofs together where nothing was shown before. */
    private static final int MOST = 15_000;

    private final OpenCase open;

    private NextFact(OpenCase open) {
        this.open = open;
    }

    /** @param askable whether a fact may be asked of whoever is there */
    public static Found in(OpenCase open, Predicate<String> askable) {
        return new NextFact(open).next(askable);
    }

    private Found next(Predicate<String> askable) {
        if (open.isSettled()) {
            return new Found(Optional.empty(), true);
        }
        List<String> mine = open.dependsOn().stream().filter(askable).toList();
        List<String> others = open.dependsOn().stream().filter(askable.negate()).toList();
        Optional<String> next = firstThatMatters(ranked(mine));
        return new Found(next, next.isEmpty() && firstThatMatters(others).isEmpty());
    }

    /** First what an example shows, then what is proved with little work, and only where nothing else is left with much. */
    private Optional<String> firstThatMatters(List<String> facts) {
        Optional<String> shown = facts.stream().filter(open::isShownToMatter).findFirst();
        List<String> undecided = facts;
        for (int work = LITTLE; shown.isEmpty() && work <= SOME; work *= LITTLE_MORE) {
            var left = new ArrayList<String>();
            for (String fact : undecided) {
                Optional<Boolean> matters = open.matters(fact, work);
                if (matters.orElse(false)) {
                    return Optional.of(fact);
                }
                if (matters.isEmpty()) {
                    left.add(fact);
                }
            }
            undecided = left;
        }
        List<String> hard = undecided;
        return shown.or(() -> firstNotExcluded(hard));
    }

    /** What is not excluded by the work that may be spent counts as missing, as it does in the answer of a decision. */
    private Optional<String> firstNotExcluded(List<String> facts) {
        int left = MOST;
        for (String fact : facts) {
            if (left <= 0 || open.matters(fact, left).orElse(true)) {
                return Optional.of(fact);
            }
            left -= open.workOfLastProof();
        }
        return Optional.empty();
    }

    private record Ranked(String fact, double left, int breadth) {}

    private List<String> ranked(List<String> facts) {
        if (facts.size() < 2) {
            return facts;
        }
        List<String> first = facts.stream()
                .sorted(Comparator.comparing(
                        fact -> -open.readersOf(fact).size())) // stable: the vocabulary's order decides the rest
                .toList();
        var ranked = first.stream()
                .limit(FACTS)
                .map(fact -> new Ranked(fact, left(fact), open.breadth(fact)))
                .sorted(Comparator.comparing(Ranked::left)
                        .thenComparing(Ranked::breadth)
                        .thenComparing(each -> facts.indexOf(each.fact())))
                .map(Ranked::fact)
                .collect(java.util.stream.Collectors.toCollection(ArrayList::new));
        first.stream().skip(FACTS).forEach(ranked::add);
        return ranked;
    }

    /** How many facts are open once this one is known, on average; none where it settles the outcome. */
    private double left(String fact) {
        return open.candidates(fact, VALUES).stream()
                .mapToInt(value -> open.with(fact, value).dependsOn().size())
                .average()
                .orElse(Double.MAX_VALUE);
    }
}
