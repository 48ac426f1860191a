package ismap.xlsx;

import ismap.decision.Bilingual;
import ismap.decision.Status;
import ismap.rulebook.ClauseRegister;
import ismap.rulebook.Derivation;
import ismap.rulebook.Expression;
import ismap.rulebook.FactDefinition;
import ismap.rulebook.FactType;
import ismap.rulebook.Function;
import ismap.rulebook.Names;
import ismap.rulebook.Parameter;
import ismap.rulebook.Rulebook;
import ismap.rulebook.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What the cells of a rulebook's workbooks offer, by the key of their column or title. A key that is not named here offers nothing. */
final class Choices {

    static final String YES = "はい";
    static final String NO = "いいえ";

    private static final List<String> ALWAYS = List.of("none", "missing", "given", "-");

    private final Rulebook rulebook;
    private final Names names;

    Choices(Rulebook rulebook) {
        this.rulebook = rulebook;
        this.names = new Names(
                rulebook.vocabulary(),
                rulebook.derivations(),
                rulebook.parameters(),
                Set.copyOf(rulebook.decisions().values().stream()
                        .flatMap(decision -> decision.rules().stream())
                        .map(Table::id)
                        .toList()));
    }

    Optional<FactType> typeOf(String name) {
        return names.typeOf(name);
    }

    /** @param rows what the sheet holds already: what stands there may well be wanted again */
    Map<String, Choice> list(String sheet, List<Map<String, Content>> rows) {
        var choices = new LinkedHashMap<String, Choice>();
        switch (sheet) {
            case "Facts" -> {
                choices.put(
                        "type",
                        Choice.mostly(
                                "enum",
                                "boolean",
                                "date",
                                "moment",
                                "integer",
                                "number",
                                "string",
                                "days",
                                "RegistrationStatus"));
                choices.put("absent_means", Choice.mostly("unknown", "none"));
                choices.put(
                        "kind",
                        Choice.only(Arrays.stream(FactDefinition.Kind.values())
                                .map(kind -> kind.name().toLowerCase(java.util.Locale.ROOT))
                                .toList()));
                choices.put("needs_attestation", Choice.only("yes", "no"));
                choices.put("known_by", Choice.any(used(rows, "known_by")));
                choices.put("changeable_by", Choice.any(used(rows, "changeable_by")));
            }
            case "Statuses" ->
                choices.put(
                        "status",
                        Choice.only(
                                Arrays.stream(Status.values()).map(Enum::name).toList()));
            case "Clauses" -> {
                choices.put(
                        "document",
                        Choice.mostly(List.copyOf(rulebook.clauses().documents().keySet())));
                choices.put("certainty", Choice.any(used(rows, "certainty")));
            }
            case "Parameters" -> {
                choices.put("unit", Choice.any(used(rows, "unit")));
                choices.put("referenceDay", Choice.mostly(days()));
                choices.put("clause", Choice.mostly(clauses()));
            }
            case "Derivations" -> {
                choices.put("clause", Choice.mostly(clauses()));
                choices.put("assumption", Choice.mostly(assumptions()));
            }
            case "Outcomes" ->
                choices.put(
                        "calledForBy",
                        Choice.any(List.of())
                                .hint(
                                        "規則: 結果（BR-3.5-4: SATISFIED）、行（BR-5.4-4/1）、any: 結果、missing、otherwise。; で区切ります。",
                                        "rule: statuses · a row · any: statuses · missing · otherwise, separated by ;"));
            case "Borrowed" ->
                choices.put(
                        "decision",
                        Choice.mostly(List.copyOf(rulebook.decisions().keySet())));
            case "Readings" -> choices.put("readsAs", Choice.only("none", "unknown"));
            case "NotExamined" -> choices.put("decidedBy", Choice.any(used(rows, "decidedBy")));
            default -> {}
        }
        choices.replaceAll((key, choice) -> choice.hint().isBlank() ? explained(key, choice) : choice);
        return choices;
    }

    /** With what people call the codes of a column, where the vocabulary says it. */
    private Choice explained(String key, Choice choice) {
        String shown = shown(key, choice.values());
        return shown.isEmpty() ? choice : choice.hint(shown, "");
    }

    Map<String, Choice> titles(Table table) {
        var choices = new LinkedHashMap<String, Choice>();
        choices.put(
                "hitPolicy",
                Choice.only(Arrays.stream(Table.HitPolicy.values())
                        .filter(policy -> policy != Table.HitPolicy.COLLECT || !table.decidesRule())
                        .map(Enum::name)
                        .toList()));
        choices.put(
                "aggregation",
                Choice.only(Arrays.stream(Table.Aggregation.values())
                        .filter(one -> one != Table.Aggregation.NONE)
                        .map(Enum::name)
                        .toList()));
        choices.put("clause", Choice.mostly(clauses()));
        choices.put("referenceDay", Choice.mostly(days()));
        choices.put("assumption", Choice.mostly(assumptions()));
        choices.put("discretion", Choice.only(YES, NO));
        choices.put("items", Choice.mostly(TableBinder.STATUSES));
        choices.put("noElements", Choice.mostly(TableBinder.STATUSES));
        choices.put("from", day());
        choices.put("until", lastDay());
        return choices;
    }

    Map<String, Choice> table(Table table) {
        var choices = new LinkedHashMap<String, Choice>();
        for (String column : table.columns()) {
            typeOf(column).ifPresent(type -> choices.put(column, condition(column, type)));
        }
        choices.put("status", Choice.only(TableBinder.STATUSES).hint("この行に当たるときの結果", "What this row decides"));
        if (!table.decidesRule()) {
            typeOf(table.id())
                    .map(type -> type instanceof FactType.ListOf list ? list.element() : type)
                    .ifPresent(type -> choices.put("conclusion", conclusion(type)));
        }
        choices.put("clause", Choice.mostly(clauses()));
        choices.put("assumption", Choice.mostly(assumptions()));
        choices.put("referenceDay", Choice.mostly(days()));
        choices.put("from", day());
        choices.put("until", lastDay());
        return choices;
    }

    /** What a request may say of a fact, as scenarios write it. */
    Choice stated(String fact) {
        Optional<FactType> type = typeOf(fact);
        var values = new ArrayList<String>();
        type.ifPresent(known -> values.addAll(codes(fact, element(known))));
        values.addAll(List.of("なし", "不明"));
        return new Choice(
                values,
                type.isPresent() && element(type.get()) instanceof FactType.Code
                        ? Choice.Rest.ASKED
                        : Choice.Rest.WELCOME,
                Bilingual.EMPTY);
    }

    static Choice day() {
        return Choice.any(List.of()).hint("2024-04-01、令和6年4月1日、R6.4.1 のように書きます。", "A day, year first: 2024-04-01.");
    }

    static Choice lastDay() {
        return Choice.any(List.of())
                .hint("最終日（その日を含む）を書きます。続いているときは空欄です。", "The last day, included. Blank while it goes on.");
    }

    private static FactType element(FactType type) {
        return type instanceof FactType.ListOf list ? list.element() : type;
    }

    private Choice conclusion(FactType type) {
        List<String> codes = codes("", type);
        return codes.isEmpty() ? Choice.any(List.of("none")) : Choice.mostly(and(codes, List.of("none")));
    }

    private Choice condition(String column, FactType type) {
        List<String> codes = codes(column, type);
        if (type instanceof FactType.Code) {
            String shown = shown(column, codes);
            return Choice.mostly(and(codes, ALWAYS))
                    .hint(
                            shown.isEmpty() ? "複数は A, B、以外は not(A) と書きます。" : shown,
                            shown.isEmpty() ? "Several: A, B. All but one: not(A)." : "");
        }
        if (type instanceof FactType.Truth) {
            return Choice.mostly(and(codes, ALWAYS));
        }
        if (type instanceof FactType.Numeric) {
            return Choice.any(and(codes, ALWAYS))
                    .hint("16、>= 16、16以上、[1..3] のように書きます。" + parameters(type), "16 · >= 16 · [1..3] · a parameter");
        }
        if (type instanceof FactType.Day) {
            return Choice.any(ALWAYS)
                    .hint("< 2021-06-04、2021-06-04以上 のように書きます。" + parameters(type), "< 2021-06-04 · a parameter");
        }
        return type instanceof FactType.Text
                ? Choice.any(ALWAYS)
                : Choice.mostly(ALWAYS).hint("この列に書けるのは - と none、missing、given だけです。", "Only -, none, missing, given.");
    }

    /** The codes with what people call them, as long as that is short enough to be read. */
    private String shown(String column, List<String> codes) {
        var lines = new ArrayList<String>();
        for (String code : codes) {
            label(column, code).ifPresent(label -> lines.add(code + " " + label.ja()));
        }
        String shown = String.join("\n", lines);
        return lines.size() == codes.size() && shown.length() <= 240 ? shown : "";
    }

    private Optional<Bilingual> label(String column, String code) {
        return Stream.of(column, "*")
                .map(rulebook.vocabulary().codeLabels()::get)
                .filter(java.util.Objects::nonNull)
                .map(labels -> labels.get(code))
                .filter(java.util.Objects::nonNull)
                .findFirst();
    }

    private String parameters(FactType type) {
        List<String> fitting = rulebook.parameters().values().stream()
                .filter(parameter -> parameter.type().getClass().equals(type.getClass()))
                .map(Parameter::name)
                .limit(3)
                .toList();
        return fitting.isEmpty() ? "" : "パラメータの名前（" + fitting.get(0) + " など）も書けます。";
    }

    private List<String> codes(String name, FactType type) {
        if (type.equals(FactType.ORDER)) {
            return order(name);
        }
        if (type instanceof FactType.Code code) {
            return code.codes();
        }
        if (type instanceof FactType.Truth) {
            return List.of(YES, NO);
        }
        return type instanceof FactType.Numeric numeric
                ? numeric.domain().stream()
                        .map(java.math.BigDecimal::toPlainString)
                        .toList()
                : List.of();
    }

    /** Of the words for an order only those that the function yields. */
    private List<String> order(String name) {
        Derivation derivation = rulebook.derivations().get(name);
        if (derivation == null || !(derivation.expression() instanceof Expression.Call call)) {
            return ((FactType.Code) FactType.ORDER).codes();
        }
        if (call.function() == Function.POSITION) {
            return List.of("BEFORE", "WITHIN", "AFTER");
        }
        if (call.function() == Function.COMPARE) {
            boolean ofDays = names.typeOf(call.arguments().get(0)).orElse(FactType.NOTHING) instanceof FactType.Day;
            return ofDays ? List.of("BEFORE", "SAME", "AFTER") : List.of("LESS", "EQUAL", "GREATER");
        }
        return ((FactType.Code) FactType.ORDER).codes();
    }

    private List<String> documents() {
        return List.copyOf(rulebook.clauses().documents().keySet());
    }

    private List<String> clauses() {
        return rulebook.clauses().clauses().stream()
                .map(ClauseRegister.Clause::cited)
                .toList();
    }

    private List<String> assumptions() {
        return rulebook.clauses().assumptions().stream()
                .map(ClauseRegister.Assumption::id)
                .toList();
    }

    private List<String> days() {
        return Stream.concat(rulebook.vocabulary().names().stream(), rulebook.derivations().keySet().stream())
                .distinct()
                .filter(name -> !name.contains(".") && typeOf(name).orElse(FactType.NOTHING) instanceof FactType.Day)
                .toList();
    }

    private static List<String> used(List<Map<String, Content>> rows, String key) {
        return rows.stream()
                .map(row -> row.getOrDefault(key, Printer.NOTHING).toString())
                .filter(text -> !text.isEmpty())
                .distinct()
                .sorted()
                .toList();
    }

    private static List<String> and(List<String> values, List<String> more) {
        return Stream.concat(values.stream(), more.stream()).distinct().toList();
    }
}
