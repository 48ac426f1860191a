package ismap.rulebook;

import ismap.decision.Bilingual;
import ismap.decision.Citation;
import ismap.decision.Place;
import ismap.decision.Problem;
import ismap.rulebook.Plan.Definition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether every table has an answer, and one answer, for everything that can be known of its columns; where it has none or two, a
 * decision fails. Looks at one table after the other, in each decision that uses it.
 */
final class TableGaps {

    private final Rulebook rulebook;
    private final SourceMap sources;
    private final List<Problem> problems = new ArrayList<>();
    private final Set<String> told = new HashSet<>();

    private TableGaps(Rulebook rulebook, SourceMap sources) {
        this.rulebook = rulebook;
        this.sources = sources;
    }

    /** @param rulebook without any other error */
    static List<Problem> check(Rulebook rulebook, SourceMap sources) {
        var gaps = new TableGaps(rulebook, sources);
        rulebook.decisions().values().forEach(decision -> {
            Plan plan = Plan.of(rulebook, decision);
            plan.definitions().values().stream()
                    .filter(Definition.ByTable.class::isInstance)
                    .forEach(definition -> gaps.table(plan, (Definition.ByTable) definition));
        });
        return List.copyOf(gaps.problems);
    }

    private void table(Plan plan, Definition.ByTable definition) {
        Table table = definition.table().table();
        if (table.hitPolicy() == Table.HitPolicy.COLLECT) {
            return; // concludes from no row too, and from several
        }
        var search = new TableSearch(plan, definition);
        search.gap().ifPresent(region -> gap(plan, table, region));
        search.clash().ifPresent(region -> doubleHit(plan, table, region));
        if (!search.isFinished()) {
            notChecked(plan, table);
        }
    }

    private void gap(Plan plan, Table table, TableSearch.Region region) {
        add(
                plan,
                table,
                problem(
                        region,
                        "TABLE_GAP",
                        at(plan, table),
                        new Bilingual(
                                "表「%s」には、%sどの行も当てはまりません。そこでは%sに対する判定が得られません。%s"
                                        .formatted(
                                                table.id(),
                                                where(plan, region, true),
                                                clauses(table, true),
                                                region.shown() ? "" : DOUBT.ja()),
                                "No row of %s matches%s: %s left without an answer there.%s"
                                        .formatted(
                                                table.id(),
                                                where(plan, region, false),
                                                clauses(table, false),
                                                region.shown() ? "" : DOUBT.en())),
                        new Bilingual(
                                "その場合の行を加えるか、いずれかの行の条件を広げてください。",
                                "Add a row for that case, or widen the conditions of one.")));
    }

    private void doubleHit(Plan plan, Table table, TableSearch.Region region) {
        boolean agree = HitPolicies.said(table, region.rows().get(0))
                .equals(HitPolicies.said(table, region.rows().get(1)));
        Problem problem = problem(
                region,
                "TABLE_DOUBLE_HIT",
                at(plan, table),
                new Bilingual(
                        "表「%s」では、%s行 %s がどちらも当てはまります（ヒットポリシー %s）。そこでは%sに対する判定が得られません。%s"
                                .formatted(
                                        table.id(),
                                        where(plan, region, true),
                                        String.join(" と ", region.rows()),
                                        table.hitPolicy(),
                                        clauses(table, true),
                                        region.shown() ? "" : DOUBT.ja()),
                        "The rows %s of %s both match%s, and %s allows no such thing: %s left without an answer there.%s"
                                .formatted(
                                        String.join(" and ", region.rows()),
                                        table.id(),
                                        where(plan, region, false),
                                        table.hitPolicy(),
                                        clauses(table, false),
                                        region.shown() ? "" : DOUBT.en())),
                agree
                        ? new Bilingual(
                                "結論が同じなので、hitPolicy を ANY にするか、どちらかの行の条件を狭めてください。",
                                "They say the same: declare hit policy ANY, or narrow the conditions of one.")
                        : new Bilingual(
                                "どちらかの行の条件を狭めるか、上の行を優先するなら hitPolicy を FIRST にしてください。",
                                "Narrow the conditions of one, or declare hit policy FIRST if the upper row goes first."));
        for (String row : region.rows()) {
            problem = problem.also(sources.of("row:" + plan.decision().name() + ":" + row, key(plan, table)));
        }
        add(plan, table, problem);
    }

    /** An error where a request leads there; where it was not settled whether any does, only a warning. */
    private static Problem problem(
            TableSearch.Region region, String code, Place place, Bilingual message, Bilingual advice) {
        return region.shown()
                ? Problem.error(code, place, message, advice)
                : Problem.warning(code, place, message, advice);
    }

    private static final Bilingual DOUBT =
            new Bilingual("（そのような場合が実際にあるかどうかは、調べきれませんでした。）", " (Whether that can happen was not settled.)");

    private void notChecked(Plan plan, Table table) {
        add(
                plan,
                table,
                Problem.warning(
                        "TABLE_NOT_CHECKED",
                        at(plan, table),
                        new Bilingual(
                                "表「%s」は組合せが多く、すべての場合に行があるかどうかを確かめきれませんでした（%s）。"
                                        .formatted(table.id(), clauses(table, true)),
                                "%s has too many combinations to find out whether each has a row: whether %s left without an answer is not known."
                                        .formatted(table.id(), clauses(table, false))),
                        new Bilingual(
                                "列の少ない表に分けるか、列をまとめる導出を使ってください。",
                                "Split it into tables with fewer columns, or sum columns up by a derivation.")));
    }

    private static String key(Plan plan, Table table) {
        return "table:" + plan.decision().name() + ":" + table.id();
    }

    /** The title cell; a borrowed rule has it in the workbook of the decision that lends it. */
    private Place at(Plan plan, Table table) {
        return sources.of(
                key(plan, table),
                plan.decision().borrowed().stream()
                        .filter(borrowed -> borrowed.rule().equals(table.id()))
                        .map(borrowed -> "table:" + borrowed.decision() + ":" + table.id())
                        .toArray(String[]::new));
    }

    /** Each table once for each kind of problem, however many decisions use it. */
    private void add(Plan plan, Table table, Problem problem) {
        if (told.add(problem.code() + " " + at(plan, table))) {
            problems.add(problem);
        }
    }

    // ---- in the words of the sheet

    private static final Map<String, String> JAPANESE =
            Map.of("none", "なし", "given", "値あり", "true", "はい", "false", "いいえ");

    private String where(Plan plan, TableSearch.Region region, boolean japanese) {
        String cells = region.cells().entrySet().stream()
                .map(cell -> (japanese ? "「%s」が %s" : "\"%s\" is %s")
                        .formatted(
                                label(plan, cell.getKey(), japanese),
                                cell.getValue().stream()
                                        .map(part -> japanese ? JAPANESE.getOrDefault(part, part) : part)
                                        .collect(Collectors.joining(", "))))
                .collect(Collectors.joining(japanese ? "、" : " and "));
        if (cells.isEmpty()) {
            return japanese ? "" : " anywhere";
        }
        return japanese ? cells + " の場合に" : " where " + cells;
    }

    private String label(Plan plan, String column, boolean japanese) {
        String name = column.substring(column.indexOf(':') + 1);
        Bilingual label = name.equals(Names.APPLICABLE_DAY)
                ? new Bilingual("適用日", "applicable day")
                : name.equals(Names.AS_OF)
                        ? new Bilingual("対象日", "day asked about")
                        : rulebook.vocabulary()
                                .fact(name)
                                .map(FactDefinition::label)
                                .or(() -> Optional.ofNullable(
                                                rulebook.derivations().get(name))
                                        .map(Derivation::label))
                                .or(() -> plan.decision().rule(name).map(Table::title))
                                .orElse(Bilingual.EMPTY);
        String text = japanese ? label.ja() : label.en();
        return text.isBlank()
                ? name
                : name.equals(text) ? text : text + (japanese ? "（" + name + "）" : " (" + name + ")");
    }

    private static String clauses(Table table, boolean japanese) {
        List<String> cited = Stream.concat(
                        table.citation().stream(), table.rows().stream().flatMap(row -> row.citation().stream()))
                .map(TableGaps::cited)
                .distinct()
                .toList();
        if (cited.isEmpty()) {
            return japanese ? "「" + table.title().ja() + "」" : "it is";
        }
        return japanese
                ? "条項「" + String.join("」「", cited) + "」"
                : (cited.size() == 1 ? "the clause " : "the clauses ")
                        + String.join(", ", cited)
                        + (cited.size() == 1 ? " is" : " are");
    }

    private static String cited(Citation citation) {
        return (citation.document() + " " + citation.clause()).strip();
    }
}
