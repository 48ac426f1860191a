package ismap.pages;

import ismap.decision.Bilingual;
import ismap.decision.Status;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a self-check came to, in words: for the page, and for whatever prints it.
 *
 * @param asOf the day asked about
 * @param advice empty where there is no better outcome, or where it was not asked for
 * @param unattested facts that somebody has to attest in an application, and that are taken here as they were entered
 * @param facts what was entered
 */
public record ResultView(
        Bilingual title,
        Bilingual question,
        String outcomeCode,
        Bilingual outcome,
        Bilingual asOf,
        Bilingual applicableDay,
        List<Unexamined> notExamined,
        List<Rule> rules,
        List<Bilingual> unattested,
        List<Entry> values,
        List<AnswersPage.Open> open,
        Optional<Advice> advice,
        List<AnswersPage.Row> facts,
        Standing standing) {

    /** The rules that found something, what stands against it first; otherwise in the order of the decision. */
    public List<Rule> decided() {
        return rules.stream()
                .filter(rule -> rule.applies() && !rule.waits())
                .sorted(Comparator.comparingInt(Rule::place))
                .toList();
    }

    /** The rules that cannot be answered yet. */
    public List<Rule> waiting() {
        return rules.stream().filter(Rule::waits).toList();
    }

    public List<Rule> notApplying() {
        return rules.stream().filter(rule -> !rule.applies()).toList();
    }

    /** @param decidedBy who decides it */
    public record Unexamined(String rule, Bilingual message, Bilingual decidedBy) {}

    /** @param item the element it is about; blank for the rule as a whole */
    public record Rule(
            String id,
            Bilingual title,
            String item,
            Status status,
            Bilingual said,
            Bilingual message,
            Bilingual citation,
            String page,
            List<Entry> because,
            Optional<String> assumption) {

        private boolean applies() {
            return status != Status.NOT_APPLICABLE;
        }

        private boolean waits() {
            return status == Status.INSUFFICIENT_FACTS;
        }

        /** The smaller, the sooner somebody wants to read it. */
        private int place() {
            return switch (mark()) {
                case "no" -> 0;
                case "warn" -> 1;
                case "open" -> 2;
                default -> 3;
            };
        }

        /** How it is marked, beside its words. */
        public String mark() {
            return switch (status) {
                case SATISFIED, ALLOWED, DUTY_MET -> "ok";
                case NOT_SATISFIED, NOT_ACCEPTED, PROHIBITED -> "no";
                case REFER_TO_COMMITTEE, REFER_TO_PROCURING_BODY, INSUFFICIENT_FACTS -> "open";
                case WARNING, DUTY_ARISES -> "warn";
                case NOT_DUE, NOT_APPLICABLE -> "idle";
            };
        }
    }

    public record Entry(String name, Bilingual label, Bilingual value) {}

    /**
     * What to change for a better outcome.
     *
     * @param ways each of which leads there, with everything else as it is
     * @param others facts on which it rests and that others know or change
     * @param fixed facts on which it rests and that cannot be changed
     * @param complete whether everything was tried
     */
    public record Advice(List<Way> ways, List<Rest> others, List<Rest> fixed, boolean complete) {
        public boolean isEmpty() {
            return ways.isEmpty() && others.isEmpty() && fixed.isEmpty();
        }
    }

    /**
     * @param met the rules that are met then, with their clauses
     * @param lifted those that are not met, and stand against it no more
     */
    public record Way(Bilingual outcome, List<Change> changes, List<Bilingual> met, List<Bilingual> lifted) {}

    /** @param bounds of the values that lead there too; blank where it is one value */
    public record Change(Bilingual name, Bilingual from, Bilingual to, Bilingual bounds, String page) {}

    /** @param who knows or changes it; blank where nobody is named */
    public record Rest(Bilingual name, Bilingual who, List<Bilingual> rules) {}
}
