package ismap.rulebook;

import ismap.decision.Bilingual;
import ismap.decision.Citation;
import ismap.decision.Place;
import ismap.decision.Problem;
import ismap.decision.Value;
import ismap.rulebook.DecisionDefinition.Call;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What can be wrong with a rulebook whose every cell reads well: names, types, circles, citations, outcomes, parameters, gaps. */
public final class RulebookChecker {

    private final Rulebook rulebook;
    private final SourceMap sources;
    private final List<Problem> problems = new ArrayList<>();

    private RulebookChecker(Rulebook rulebook, SourceMap sources) {
        this.rulebook = rulebook;
        this.sources = sources;
    }

    public static List<Problem> check(Rulebook rulebook, SourceMap sources) {
        RulebookChecker checker = new RulebookChecker(rulebook, sources);
        checker.vocabulary();
        checker.parameters();
        checker.derivations();
        rulebook.decisions().values().forEach(checker::decision);
        checker.problems.addAll(CoverageChecker.check(rulebook, sources));
        if (checker.problems.isEmpty()) {
            rulebook.decisions().values().forEach(checker::circles);
        }
        if (checker.problems.isEmpty()) {
            checker.problems.addAll(TableGaps.check(rulebook, sources));
        }
        return List.copyOf(checker.problems);
    }

    private Names names(Set<String> rules) {
        return new Names(rulebook.vocabulary(), rulebook.derivations(), rulebook.parameters(), rules);
    }

    private void vocabulary() {
        for (FactDefinition fact : rulebook.vocabulary().facts().values()) {
            Place at = sources.of("fact:" + fact.name());
            boolean concluded = rulebook.concluded().containsKey(fact.name());
            boolean derived = concluded || rulebook.derivations().containsKey(fact.name());
            if (fact.kind() == FactDefinition.Kind.INPUT && derived) {
                error(
                        "INPUT_IS_DERIVED",
                        at,
                        "入力とされている「%s」を、表または導出が求めています。".formatted(fact.name()),
                        "\"%s\" is an input, and a table or a derivation concludes it.".formatted(fact.name()),
                        "種別を either または derived に変えるか、別の名前にしてください。",
                        "Make it either or derived, or give the conclusion another name.");
            }
            if (fact.kind() == FactDefinition.Kind.DERIVED && !derived) {
                error(
                        "NOTHING_DERIVES",
                        at,
                        "導出されるはずの「%s」を求める表も導出もありません。".formatted(fact.name()),
                        "Nothing concludes the derived fact \"%s\".".formatted(fact.name()),
                        "表または derivations.xlsx の行を加えてください。",
                        "Add a table or a row of derivations.xlsx.");
            }
            if (concluded && rulebook.derivations().containsKey(fact.name())) {
                error(
                        "DERIVED_TWICE",
                        at,
                        "「%s」を表と導出の両方が求めています。".formatted(fact.name()),
                        "Both a table and a derivation conclude \"%s\".".formatted(fact.name()),
                        "どちらか一方にしてください。",
                        "Keep one of them.");
            }
            fact.happensOn()
                    .filter(day -> !isDay(day))
                    .ifPresent(day -> error(
                            "DAY_EXPECTED",
                            at,
                            "「%s」は日付の事実ではありません。".formatted(day),
                            "\"%s\" is not a date fact.".formatted(day),
                            "起きた日を表す日付の事実を書いてください。",
                            "Name the date fact of the day on which it happens."));
        }
    }

    private boolean isDay(String name) {
        return name.indexOf('.') < 0
                && names(Set.of())
                        .typeOf(name)
                        .filter(FactType.Day.class::isInstance)
                        .isPresent();
    }

    private void parameters() {
        for (Parameter parameter : rulebook.parameters().values()) {
            Place at = sources.of("parameter:" + parameter.name());
            parameter.referenceDays().stream()
                    .filter(day -> !isDay(day))
                    .forEach(day -> error(
                            "DAY_EXPECTED",
                            at,
                            "基準日「%s」は日付の事実ではありません。".formatted(day),
                            "The reference day \"%s\" is not a date fact.".formatted(day),
                            "日付の事実の名前を書いてください。",
                            "Name a date fact."));
            for (int i = 0; i < parameter.values().size(); i++) {
                Parameter.Dated one = parameter.values().get(i);
                cites(one.citation(), at);
                for (Parameter.Dated other :
                        parameter.values().subList(i + 1, parameter.values().size())) {
                    if (one.from().isBefore(other.until()) && other.from().isBefore(one.until())) {
                        error(
                                "PARAMETER_PERIODS_OVERLAP",
                                at,
                                "パラメータ「%s」の期間が重なっています（%s から、%s から）。"
                                        .formatted(parameter.name(), one.from(), other.from()),
                                "The periods of the parameter \"%s\" that begin on %s and on %s overlap."
                                        .formatted(parameter.name(), one.from(), other.from()),
                                "前の行の最終日を、次の行の施行日の前日にしてください。",
                                "End the earlier row on the day before the later one begins.");
                    }
                }
            }
        }
    }

    private void derivations() {
        Names names = names(Set.of());
        for (Derivation derivation : rulebook.derivations().values()) {
            Place at = sources.of("derivation:" + derivation.fact());
            derivation.citation().ifPresent(citation -> cites(citation, at));
            String list = listOf(derivation.fact());
            derivation.expression().reads().forEach(name -> ofElement(name, list, at));
            Set<String> unknown = names.unknownIn(derivation.expression());
            unknown.forEach(name -> unknownName(name, at));
            if (unknown.isEmpty() && names.typeOf(derivation.expression()).isEmpty() && !isCircular(derivation)) {
                error(
                        "EXPRESSION_TYPE",
                        at,
                        "式の引数の型が合いません: %s".formatted(misfit(derivation.expression(), names)),
                        "The arguments do not fit: %s".formatted(misfit(derivation.expression(), names)),
                        "docs/rulebook-format.md の関数の表を見てください。",
                        "See the table of functions in docs/rulebook-format.md.");
            }
        }
    }

    /** The list of a name of the form {@code list.field}; blank for any other. */
    private static String listOf(String name) {
        int dot = name.indexOf('.');
        return dot < 0 ? "" : name.substring(0, dot);
    }

    /** A field of an element can be read only where that list's elements are looked at one by one. */
    private void ofElement(String name, String list, Place at) {
        boolean isRule = rulebook.vocabulary().fact(listOf(name)).isEmpty();
        if (!listOf(name).isEmpty() && !isRule && !listOf(name).equals(list)) {
            error(
                    "ELEMENT_OUTSIDE_LIST",
                    at,
                    "「%s」は、リスト %s の要素ごとの表又は導出でなければ参照できません。".formatted(name, listOf(name)),
                    "\"%s\" can be read only where the elements of %s are looked at one by one."
                            .formatted(name, listOf(name)),
                    "forEach を %s とするか、someOf・everyOf などでリスト全体の値にしてください。".formatted(listOf(name)),
                    "Use forEach %s, or make it a value of the whole list by someOf, everyOf and the like."
                            .formatted(listOf(name)));
        }
    }

    private boolean isCircular(Derivation derivation) {
        return reaches(derivation.fact(), derivation.expression(), new HashSet<>());
    }

    private boolean reaches(String name, Expression expression, Set<String> seen) {
        return expression.reads().stream()
                .anyMatch(read -> read.equals(name)
                        || (seen.add(read)
                                && rulebook.derivations().containsKey(read)
                                && reaches(
                                        name, rulebook.derivations().get(read).expression(), seen)));
    }

    /** The innermost call whose arguments do not fit. */
    private static String misfit(Expression expression, Names names) {
        if (expression instanceof Expression.Call call) {
            Optional<Expression> inner = call.arguments().stream()
                    .filter(argument -> names.typeOf(argument).isEmpty())
                    .findFirst();
            return inner.map(argument -> misfit(argument, names))
                    .orElseGet(() -> call + " (" + call.function().wants() + ")");
        }
        return expression.toString();
    }

    private void decision(DecisionDefinition decision) {
        Set<String> rules = decision.rules().stream().map(Table::id).collect(Collectors.toSet());
        Names names = names(rules);
        Place at = sources.of("decision:" + decision.name());
        decision.governingFact()
                .filter(day -> !isDay(day))
                .ifPresent(day -> error(
                        "DAY_EXPECTED",
                        at,
                        "適用日を決める「%s」は日付の事実ではありません。".formatted(day),
                        "The governing fact \"%s\" is not a date fact.".formatted(day),
                        "日付の事実の名前を書いてください。",
                        "Name a date fact."));
        decision.values().stream()
                .filter(shown -> names.typeOf(shown.fact()).isEmpty())
                .forEach(shown -> unknownName(
                        shown.fact(),
                        sources.of("value:" + decision.name() + ":" + shown.name(), "decision:" + decision.name())));
        Stream.concat(decision.rules().stream(), rulebook.concluded().values().stream())
                .forEach(table -> table(decision.name(), table, names));
        outcomes(decision, rules);
    }

    private void table(String decision, Table table, Names names) {
        Place at = sources.of("table:" + decision + ":" + table.id());
        table.citation().ifPresent(citation -> cites(citation, at));
        table.columns().stream()
                .filter(column -> names.typeOf(column).isEmpty() && table.decidesRule())
                .forEach(column -> unknownName(column, at));
        Stream.concat(table.referenceDay().stream(), table.rows().stream().flatMap(row -> row.referenceDay().stream()))
                .distinct()
                .filter(day -> !isDay(day))
                .forEach(day -> error(
                        "DAY_EXPECTED",
                        at,
                        "基準日「%s」は日付の事実ではありません。".formatted(day),
                        "The reference day \"%s\" is not a date fact.".formatted(day),
                        "日付の事実の名前を書いてください。",
                        "Name a date fact."));
        for (Table.Row row : table.rows()) {
            Place rowAt = sources.of("row:" + decision + ":" + row.id());
            row.citation().ifPresent(citation -> cites(citation, rowAt));
            if (table.decidesRule() && row.citation().or(table::citation).isEmpty()) {
                error(
                        "CITATION_MISSING",
                        rowAt,
                        "行 %s に根拠条項がありません。".formatted(row.id()),
                        "Row %s cites no clause.".formatted(row.id()),
                        "行または表の clause に条項を書いてください。",
                        "Write the clause in the row or in the title block.");
            }
            row.conditions().forEach(condition -> parameterInTest(condition, names, rowAt));
        }
        boolean plainConclusions = table.aggregation() == Table.Aggregation.SUM
                || table.aggregation() == Table.Aggregation.MIN
                || table.aggregation() == Table.Aggregation.MAX;
        if (plainConclusions && table.rows().stream().anyMatch(row -> !(row.conclusion() instanceof Value.Number))) {
            error(
                    "NUMBER_EXPECTED",
                    at,
                    "集計（%s）する表の結論は、すべて数でなければなりません。".formatted(table.aggregation()),
                    "Every conclusion of a table that aggregates by %s is a number.".formatted(table.aggregation()),
                    "空欄や文字の結論を数に直してください。",
                    "Write a number in every row.");
        }
        if (table.forEach().isPresent()
                && table.decidesRule()
                && table.noElements().isEmpty()) {
            error(
                    "NO_ELEMENTS_MISSING",
                    at,
                    "リストが空のときの判定がありません。",
                    "It does not say what holds where the list is empty.",
                    "noElements の行を加えてください。",
                    "Add the title row noElements.");
        }
    }

    private void parameterInTest(Condition condition, Names names, Place at) {
        if (condition.test() instanceof UnaryTest.Against against) {
            Parameter parameter = rulebook.parameters().get(against.parameter());
            if (parameter == null
                    || parameter.values().stream()
                            .anyMatch(dated -> !dated.value().isKnown())) {
                error(
                        "PARAMETER_WITHOUT_VALUE",
                        at,
                        "パラメータ「%s」には値のない期間があるため、条件には使えません。".formatted(against.parameter()),
                        "The parameter \"%s\" has no value in some period, so a condition cannot use it."
                                .formatted(against.parameter()),
                        "導出（derivations.xlsx）で比較してください。",
                        "Compare with it in derivations.xlsx.");
            } else {
                names.typeOf(condition.fact())
                        .filter(type -> !type.fits(parameter.type()))
                        .ifPresent(type -> error(
                                "PARAMETER_TYPE",
                                at,
                                "パラメータ「%s」は「%s」と比べられません（%s と %s）。"
                                        .formatted(
                                                against.parameter(),
                                                condition.fact(),
                                                parameter.type().describe(),
                                                type.describe()),
                                "The parameter \"%s\" cannot be compared with \"%s\": %s against %s."
                                        .formatted(
                                                against.parameter(),
                                                condition.fact(),
                                                parameter.type().describe(),
                                                type.describe()),
                                "日付は日付と、数は数と比べてください。",
                                "Compare days with days, numbers with numbers."));
            }
        }
    }

    private void outcomes(DecisionDefinition decision, Set<String> rules) {
        Place at = sources.of("decision:" + decision.name());
        long otherwise = decision.outcomes().stream()
                .filter(outcome -> outcome.calls().contains(new Call.Otherwise()))
                .count();
        if (otherwise != 1) {
            error(
                    "OTHERWISE_ONCE",
                    at,
                    "otherwise の結果が %d 件あります。".formatted(otherwise),
                    "%d outcomes hold otherwise; exactly one must.".formatted(otherwise),
                    "Outcomes シートで一つだけにしてください。",
                    "Mark exactly one in the sheet Outcomes.");
        }
        for (DecisionDefinition.Outcome outcome : decision.outcomes()) {
            Place outcomeAt =
                    sources.of("outcome:" + decision.name() + ":" + outcome.code(), "decision:" + decision.name());
            for (Call call : outcome.calls()) {
                if (call instanceof Call.ByStatus byStatus && !rules.contains(byStatus.rule())) {
                    unknownName(byStatus.rule(), outcomeAt);
                } else if (call instanceof Call.ByRow byRow
                        && decision.rules().stream()
                                .noneMatch(rule -> rule.id().equals(byRow.rule())
                                        && rule.row(byRow.row()).isPresent())) {
                    unknownName(byRow.row(), outcomeAt);
                }
            }
        }
    }

    private void circles(DecisionDefinition decision) {
        try {
            Plan.of(rulebook, decision);
        } catch (Plan.Circular circular) {
            String circle = String.join(" → ", circular.names());
            String first = circular.names().get(0);
            error(
                    "CIRCULAR",
                    sources.of(
                            "derivation:" + first,
                            "table:" + decision.name() + ":" + first,
                            "decision:" + decision.name()),
                    "互いに参照し合っています: " + circle,
                    "They refer to each other in a circle: " + circle,
                    "どれか一つの参照をなくしてください。",
                    "Remove one of the references.");
        }
    }

    private void cites(Citation citation, Place at) {
        if (rulebook.clauses().find(citation.document(), citation.clause()).isEmpty()) {
            error(
                    "CLAUSE_UNKNOWN",
                    at,
                    "条項「%s %s」は clauses.xlsx にありません。".formatted(citation.document(), citation.clause()),
                    "The clause \"%s %s\" is not in clauses.xlsx.".formatted(citation.document(), citation.clause()),
                    "条項の書き方を直すか、clauses.xlsx に加えてください。",
                    "Correct the citation, or add the clause.");
        }
    }

    private void unknownName(String name, Place at) {
        error(
                "NAME_UNKNOWN",
                at,
                "「%s」という名前の事実・導出・規則はありません。".formatted(name),
                "There is no fact, derivation or rule named \"%s\".".formatted(name),
                "つづりを確かめるか、vocabulary.xlsx または derivations.xlsx に加えてください。",
                "Check the spelling, or add it to vocabulary.xlsx or derivations.xlsx.");
    }

    private void error(String code, Place at, String ja, String en, String adviceJa, String adviceEn) {
        Problem problem = Problem.error(code, at, new Bilingual(ja, en), new Bilingual(adviceJa, adviceEn));
        if (!problems.contains(problem)) {
            problems.add(problem);
        }
    }
}
