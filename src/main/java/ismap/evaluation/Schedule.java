package ismap.evaluation;

import ismap.decision.Bilingual;
import ismap.decision.Finding;
import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The days that a provider has to keep, as far as they follow from the days that it entered.
 *
 * @param name of the service or plan, as its reader calls it
 * @param asOf the day on which the plan is looked at; what lies before it is past
 * @param entered the days that were entered, by the name of the fact
 * @param assumed where nothing was entered and a further day rests on one
 * @param objections what already stands against the days that were entered
 */
public record Schedule(
        Optional<String> name,
        LocalDate asOf,
        ActiveRulebook by,
        Map<String, LocalDate> entered,
        List<Assumed> assumed,
        List<Line> lines,
        List<Finding> objections) {

    public Schedule {
        entered = Collections.unmodifiableMap(new LinkedHashMap<>(entered));
        assumed = List.copyOf(assumed);
        lines = List.copyOf(lines);
        objections = List.copyOf(objections);
    }

    /** How binding a day is, as the rules themselves say it of the day beyond. */
    public enum Kind {
        /** Beyond it a rule turns against the application or the registration. */
        MUST,
        /** Beyond it there is a warning, and nothing else. */
        GUIDE,
        /** It follows, and nobody has to do anything by then. */
        RESULT
    }

    /** What happens then; the order is that of a plan. */
    public enum Step {
        PERIOD_START("監査対象期間の初日", "First day of the assessment period"),
        PERIOD_END("監査対象期間の末日", "Last day of the assessment period"),
        DESIGN_REFERENCE("整備状況評価の基準日", "Reference date of the design assessment"),
        REPORT("実施結果報告書の日付", "Date of the assessment report"),
        STATEMENT("言明（申請の前に行うもの）", "Statement (to be declared before applying)"),
        FILING("登録の申請", "Application for registration"),
        RENEWAL_FILING("更新の申請", "Application for renewal"),
        DECISION("登録の決定（この日までの決定であれば、登録が効力を持ちます）", "Decision on the registration that can still take effect"),
        EFFECTIVE("登録の効力が生じる日", "Registration takes effect"),
        EXPIRY("登録の有効期限（承認された場合）", "Registration expires (if it was approved)"),
        RENEWED_EXPIRY("更新後の有効期限（更新が承認された場合）", "Registration expires after renewal (if that was approved)");

        private final Bilingual what;

        Step(String ja, String en) {
            this.what = new Bilingual(ja, en);
        }

        public Bilingual what() {
            return what;
        }
    }

    /**
     * One line of the plan.
     *
     * @param cycle 1 for the assessment that is planned, 2 for the one after it
     * @param from the first day, included; without one there is no first day
     * @param to the last day, included; without one there is no last day
     * @param reasons what rules say of the last day within and of the first day beyond
     */
    public record Line(
            Step step, int cycle, Kind kind, Optional<LocalDate> from, Optional<LocalDate> to, List<Reason> reasons) {
        public Line {
            reasons = List.copyOf(reasons);
            if (from.isEmpty() && to.isEmpty()) {
                throw new IllegalArgumentException("%s of cycle %d has no day".formatted(step, cycle));
            }
        }

        /** By which it is done: the last day, or the first where there is no last. */
        public LocalDate due() {
            return to.or(() -> from).orElseThrow();
        }

        public boolean isPast(LocalDate today) {
            return to.filter(last -> last.isBefore(today)).isPresent();
        }

        /** Stable in plans from the same questions: {@code 1-PERIOD_END-MUST}. */
        public String id() {
            return "%d-%s-%s".formatted(cycle, step, kind);
        }
    }

    /** What a rule says where it is asked about a day. */
    public record Reason(LocalDate day, boolean within, Finding finding) {}

    /** A day that stands in for one that nobody entered. */
    public record Assumed(int cycle, String fact, LocalDate day) {}
}
