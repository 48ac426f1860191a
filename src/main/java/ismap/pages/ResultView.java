package ismap.pages;

import ismap.decision.Bilingual;
import ismap.decision.Status;
import java.util.List;
import java.util.Optional;

/**
 * What a self-check came to, in words: for the page, and for whatever prints it.
 *
 * @param asOf the day asked about
 * @param advice each a way to another outcome
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
        List<Advice> advice,
        List<AnswersPage.Row> facts,
        Standing standing) {

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

        /** Those that decided something come before those that do not apply. */
        public boolean applies() {
            return status != Status.NOT_APPLICABLE;
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

    /** To another outcome: what would have to be otherwise, and who could make it so. */
    public record Advice(Bilingual outcome, List<Change> changes) {}

    public record Change(Bilingual name, Bilingual from, Bilingual to, Bilingual by, Bilingual citation) {}
}
