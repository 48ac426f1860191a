package ismap.rulebook;

import ismap.decision.Bilingual;
import ismap.decision.Citation;
import ismap.decision.Place;
import ismap.decision.Problem;
import ismap.decision.Status;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whether rules and the clause register tell the same story: what a row cites is in force on its days and lists the rule, a clause that
 * rules should decide has them, what no machine decides says why, readings are explained, and powers refuse nothing.
 */
final class CoverageChecker {

    /** What a power that the Committee may use may say by itself (contract, finding statuses). */
    private static final Set<Status> OF_A_POWER = EnumSet.of(
            Status.REFER_TO_COMMITTEE,
            Status.REFER_TO_PROCURING_BODY,
            Status.NOT_APPLICABLE,
            Status.INSUFFICIENT_FACTS,
            Status.WARNING);

    private final Rulebook rulebook;
    private final SourceMap sources;
    private final List<Problem> problems = new ArrayList<>();
    private final Set<String> decided;

    private CoverageChecker(Rulebook rulebook, SourceMap sources) {
        this.rulebook = rulebook;
        this.sources = sources;
        this.decided = rulebook.decisions().values().stream()
                .flatMap(decision -> decision.rules().stream())
                .filter(table -> !table.rows().isEmpty())
                .map(Table::id)
                .collect(Collectors.toSet());
    }

    static List<Problem> check(Rulebook rulebook, SourceMap sources) {
        CoverageChecker checker = new CoverageChecker(rulebook, sources);
        for (DecisionDefinition decision : rulebook.decisions().values()) {
            decision.rules().stream()
                    .filter(table -> !decision.borrows(table.id()))
                    .forEach(table -> checker.rule(decision.name(), table));
        }
        rulebook.clauses().clauses().forEach(checker::clause);
        rulebook.clauses().notEncoded().forEach(checker::notEncoded);
        rulebook.derivations().values().forEach(checker::derivation);
        rulebook.concluded().values().forEach(checker::concluded);
        return List.copyOf(checker.problems);
    }

    private void rule(String decision, Table table) {
        Place at = sources.of("table:" + decision + ":" + table.id());
        table.assumption().ifPresent(id -> explained(id, at));
        var cited = new LinkedHashMap<Citation, List<Place>>();
        for (Table.Row row : table.rows()) {
            Place rowAt = sources.of("row:" + decision + ":" + row.id());
            row.assumption().ifPresent(id -> explained(id, rowAt));
            row.citation().or(table::citation).ifPresent(citation -> {
                List<Place> outside = cited.computeIfAbsent(citation, any -> new ArrayList<>());
                if (!inForce(citation, later(table.from(), row.from()), earlier(table.until(), row.until()))) {
                    outside.add(rowAt);
                }
            });
            row.status()
                    .filter(status -> table.discretion() && !OF_A_POWER.contains(status))
                    .ifPresent(status -> refuses(table, row, status, rowAt));
        }
        cited.forEach((citation, outside) -> {
            listed(table.id(), citation, at);
            if (!outside.isEmpty()) {
                notInForce(citation, outside);
            }
        });
    }

    private static LocalDate later(LocalDate a, LocalDate b) {
        return a.isAfter(b) ? a : b;
    }

    private static LocalDate earlier(LocalDate a, LocalDate b) {
        return a.isBefore(b) ? a : b;
    }

    private void refuses(Table table, Table.Row row, Status status, Place at) {
        error(
                "DISCRETION_REFUSES",
                at,
                "「%s」は運営委員会などの裁量（discretion）なので、行 %s のように %s と結論することはできません。".formatted(table.id(), row.id(), status),
                "%s is a power that somebody may use; its row %s cannot conclude %s by itself."
                        .formatted(table.id(), row.id(), status),
                "REFER_TO_COMMITTEE、NOT_APPLICABLE などにするか、表の discretion を外してください。",
                "Refer it (REFER_TO_COMMITTEE), or take discretion out of the title block.");
    }

    private boolean inForce(Citation citation, LocalDate from, LocalDate until) {
        return rulebook.clauses()
                .find(citation.document(), citation.clause())
                .filter(clause ->
                        from.isBefore(until) && (from.isBefore(clause.from()) || until.isAfter(clause.until())))
                .isEmpty();
    }

    private void notInForce(Citation citation, List<Place> rows) {
        ClauseRegister.Clause clause =
                rulebook.clauses().find(citation.document(), citation.clause()).orElseThrow();
        Problem problem = Problem.error(
                "CLAUSE_NOT_IN_FORCE",
                rows.get(0),
                new Bilingual(
                        "条項「%s」は、この行の適用期間の一部で施行されていません（施行: %s）。".formatted(clause.cited(), days(clause, "から", "まで")),
                        "The clause \"%s\" is not in force on all days of this row (in force: %s)."
                                .formatted(clause.cited(), days(clause, " to", ""))),
                new Bilingual(
                        "行の from・until を条項の施行期間に合わせるか、clauses.xlsx の施行日を直してください。",
                        "Bring from and until of the row within the clause's days, or correct those in clauses.xlsx."));
        for (Place other : rows.subList(1, rows.size())) {
            problem = problem.also(other);
        }
        problems.add(problem);
    }

    private static String days(ClauseRegister.Clause clause, String since, String end) {
        String from = clause.from().isAfter(Table.ALWAYS) ? clause.from().toString() : "…";
        String until = clause.until().isBefore(Table.FOREVER) ? clause.until().minusDays(1) + end : "…";
        return from + since + " " + until;
    }

    private void listed(String rule, Citation citation, Place at) {
        rulebook.clauses()
                .find(citation.document(), citation.clause())
                .filter(clause -> !clause.rules().contains(rule))
                .ifPresent(clause -> error(
                        "CLAUSE_RULE_UNLISTED",
                        at,
                        "規則「%s」は条項「%s」を根拠としていますが、clauses.xlsx のその条項の rules に書かれていません。".formatted(rule, clause.cited()),
                        "The rule %s cites \"%s\", whose entry in clauses.xlsx does not list it."
                                .formatted(rule, clause.cited()),
                        "clauses.xlsx の rules に「%s」を加えてください。".formatted(rule),
                        "Add %s to the column rules of that clause.".formatted(rule)));
    }

    private void clause(ClauseRegister.Clause clause) {
        Place at = sources.of("clause:" + clause.cited());
        List<String> lost =
                clause.rules().stream().filter(rule -> !decided.contains(rule)).toList();
        if (!lost.isEmpty()) {
            withoutRule(
                    at,
                    "条項「%s」に対応するはずの規則「%s」の表がありません。".formatted(clause.cited(), String.join("、", lost)),
                    "The clause \"%s\" has lost its rule: no table decides %s."
                            .formatted(clause.cited(), String.join(", ", lost)));
        } else if (clause.coverage().byRules() && clause.rules().isEmpty()) {
            withoutRule(
                    at,
                    "条項「%s」は規則で判定することになっていますが、規則がありません。".formatted(clause.cited()),
                    "The clause \"%s\" should be decided by rules and has none.".formatted(clause.cited()));
        }
        if (clause.coverage() != ClauseRegister.Coverage.RULES
                && clause.reason().ja().isBlank()) {
            error(
                    "CLAUSE_REASON_MISSING",
                    at,
                    "条項「%s」を規則で判定しない理由がありません。".formatted(clause.cited()),
                    "The clause \"%s\" does not say why rules do not decide it.".formatted(clause.cited()),
                    "reason_ja に、判定しない理由と判断する者を書いてください。",
                    "Write into reason_ja why, and who decides.");
        }
    }

    private void withoutRule(Place at, String ja, String en) {
        error(
                "CLAUSE_WITHOUT_RULE",
                at,
                ja,
                en,
                "規則の表を戻すか、coverage を NOT_DECIDABLE などに変えて理由を書いてください。",
                "Restore the table, or change coverage and give the reason.");
    }

    private void notEncoded(ClauseRegister.NotEncoded entry) {
        Place at = sources.of("notEncoded:" + entry.rule());
        if (decided.contains(entry.rule())) {
            error(
                    "RULE_NOT_ENCODED_TWICE",
                    at,
                    "規則「%s」は表で判定されているのに、規則としない一覧（NotEncoded）にもあります。".formatted(entry.rule()),
                    "The rule %s is decided by a table and listed as not encoded.".formatted(entry.rule()),
                    "どちらか一方にしてください。",
                    "Keep one of the two.");
        }
        if (!entry.clause().isBlank()
                && rulebook.clauses().find(entry.document(), entry.clause()).isEmpty()) {
            error(
                    "CLAUSE_UNKNOWN",
                    at,
                    "条項「%s %s」は clauses.xlsx にありません。".formatted(entry.document(), entry.clause()),
                    "The clause \"%s %s\" is not in clauses.xlsx.".formatted(entry.document(), entry.clause()),
                    "条項の書き方を直すか、Clauses シートに加えてください。",
                    "Correct the citation, or add the clause.");
        }
    }

    private void derivation(Derivation derivation) {
        derivation.assumption().ifPresent(id -> explained(id, sources.of("derivation:" + derivation.fact())));
    }

    private void concluded(Table table) {
        String first = rulebook.decisions().keySet().stream().findFirst().orElse("");
        Place at = sources.of("table:" + first + ":" + table.id());
        table.assumption().ifPresent(id -> explained(id, at));
        table.rows().forEach(row -> row.assumption().ifPresent(id -> explained(id, at)));
    }

    private void explained(String assumption, Place at) {
        if (rulebook.clauses().assumption(assumption).isEmpty()) {
            error(
                    "ASSUMPTION_UNKNOWN",
                    at,
                    "解釈「%s」の説明が clauses.xlsx の Assumptions シートにありません。".formatted(assumption),
                    "The reading \"%s\" is not explained in the sheet Assumptions of clauses.xlsx."
                            .formatted(assumption),
                    "番号を確かめるか、Assumptions シートに採った解釈・ほかの解釈・理由を加えてください。",
                    "Check the id, or add the reading, the others and the reason to that sheet.");
        }
    }

    private void error(String code, Place at, String ja, String en, String adviceJa, String adviceEn) {
        Problem problem = Problem.error(code, at, new Bilingual(ja, en), new Bilingual(adviceJa, adviceEn));
        if (!problems.contains(problem)) {
            problems.add(problem);
        }
    }
}
