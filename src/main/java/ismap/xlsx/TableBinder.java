package ismap.xlsx;

import ismap.decision.Bilingual;
import ismap.decision.Citation;
import ismap.decision.Place;
import ismap.decision.Status;
import ismap.decision.Value;
import ismap.rulebook.Condition;
import ismap.rulebook.FactDefinition;
import ismap.rulebook.FactType;
import ismap.rulebook.Table;
import ismap.rulebook.Table.Aggregation;
import ismap.rulebook.Table.HitPolicy;
import ismap.rulebook.UnaryTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Binds one table sheet. */
final class TableBinder {

    static final List<String> STATUSES =
            Arrays.stream(Status.values()).map(Enum::name).toList();

    /** What a finding has anyway. */
    private static final List<String> RESERVED =
            List.of("rule", "status", "row", "item", "citation", "message", "because", "source", "assumption");

    private final References references;
    private final Problems problems;
    private final TableSheet sheet;
    private final Set<String> rules;

    /** @param rules what a column may name beside facts: the rules of the decision, for a fact those of all decisions */
    TableBinder(References references, Problems problems, TableSheet sheet, Set<String> rules) {
        this.references = references;
        this.problems = problems;
        this.sheet = sheet;
        this.rules = rules;
    }

    /** The table as far as it could be read; what is wrong with it was said. */
    Table bind() {
        places();
        Bilingual title = required("title");
        HitPolicy hitPolicy = hitPolicy();
        Aggregation aggregation = aggregation(hitPolicy);
        Optional<String> forEach = forEach();
        Optional<Citation> citation = sheet.title("clause").flatMap(entry -> references.citation(entry, "value"));
        Optional<Entry> dates = Stream.of("from", "until")
                .flatMap(key -> sheet.title(key).stream())
                .findFirst();
        Entry.Period period = period();
        Optional<String> referenceDay =
                sheet.title("referenceDay").flatMap(entry -> references.dayFact(entry, "value"));
        Bilingual outsideDates =
                sheet.decidesRule() && dates.isPresent() ? required("outsideDates") : said("outsideDates");
        Bilingual notEnoughFacts = sheet.decidesRule() ? required("notEnoughFacts") : said("notEnoughFacts");
        return new Table(
                sheet.id(),
                sheet.decidesRule(),
                title,
                citation,
                hitPolicy,
                aggregation,
                forEach,
                item(forEach),
                items(forEach),
                noElements(forEach),
                period.from(),
                period.until(),
                referenceDay,
                sheet.code("assumption"),
                discretion(),
                outsideDates,
                notEnoughFacts,
                sheet.facts(),
                rows(aggregation, forEach));
    }

    private void places() {
        String table = sheet.decision() + ":" + sheet.id();
        references.place("table:" + table, sheet.at(sheet.titles().containsKey("title") ? "title" : idKey()));
        for (String text : List.of("outsideDates", "notEnoughFacts")) {
            if (sheet.titles().containsKey(text)) {
                references.place("text:" + table + ":" + text, sheet.at(text));
            }
        }
        if (sheet.titles().containsKey("noElements")) {
            references.place("text:" + table + ":noElements", sheet.at("noElements"));
        }
    }

    private String idKey() {
        return sheet.decidesRule() ? "rule" : "fact";
    }

    /** A text of the title block that a reader will be shown. */
    private Bilingual required(String key) {
        Entry entry = sheet.titles().get(key);
        if (entry == null) {
            problems.add(Mistakes.titleKeyMissing(sheet.at(key), key));
        } else if (entry.isBlank("value") && entry.isBlank("value_en")) {
            problems.add(Mistakes.valueMissing(entry.at("value"), key));
        }
        return said(key);
    }

    private Bilingual said(String key) {
        Entry entry = sheet.titles().get(key);
        return entry == null
                ? Bilingual.EMPTY
                : references.message(sheet.texts(key), entry.at("value"), entry.at("value_en"), rules);
    }

    private HitPolicy hitPolicy() {
        if (sheet.title("hitPolicy").isEmpty()) {
            problems.add(Mistakes.titleKeyMissing(sheet.at("hitPolicy"), "hitPolicy"));
        }
        HitPolicy policy = sheet.title("hitPolicy")
                .flatMap(entry -> entry.oneOf(
                        "value",
                        Arrays.stream(HitPolicy.values()).map(Enum::name).toList()))
                .map(HitPolicy::valueOf)
                .orElse(sheet.titles().containsKey("aggregation") ? HitPolicy.COLLECT : HitPolicy.UNIQUE);
        if (policy == HitPolicy.COLLECT && sheet.decidesRule()) {
            problems.add(Mistakes.hitPolicyMisused(
                    sheet.at("hitPolicy"), "COLLECT", "規則の表では COLLECT を使えません。", "A rule cannot COLLECT."));
        }
        return policy;
    }

    private Aggregation aggregation(HitPolicy policy) {
        Optional<Aggregation> named = sheet.title("aggregation")
                .flatMap(entry -> entry.oneOf(
                        "value",
                        Arrays.stream(Aggregation.values())
                                .filter(one -> one != Aggregation.NONE)
                                .map(Enum::name)
                                .toList()))
                .map(Aggregation::valueOf);
        if (named.isPresent() && policy != HitPolicy.COLLECT) {
            problems.add(Mistakes.hitPolicyMisused(
                    sheet.at("aggregation"),
                    named.get().name(),
                    "aggregation は、hitPolicy が COLLECT の表にだけ書けます。",
                    "Only a table with the hit policy COLLECT has an aggregation."));
        }
        if (policy == HitPolicy.COLLECT && sheet.title("aggregation").isEmpty()) {
            problems.add(Mistakes.hitPolicyMisused(
                    sheet.at("hitPolicy"),
                    "COLLECT",
                    "COLLECT の表には aggregation（SUM、MIN、MAX、COUNT、LIST、DAYS）が必要です。",
                    "A table with COLLECT needs an aggregation (SUM, MIN, MAX, COUNT, LIST or DAYS)."));
        }
        return named.filter(one -> policy == HitPolicy.COLLECT).orElse(Aggregation.NONE);
    }

    private Entry.Period period() {
        Optional<Entry> from = sheet.title("from");
        Optional<Entry> until = sheet.title("until");
        Entry.Period first = from.map(entry -> entry.period("value", "nothing"))
                .orElse(new Entry.Period(Table.ALWAYS, Table.FOREVER));
        Entry.Period last = until.map(entry -> entry.period("nothing", "value"))
                .orElse(new Entry.Period(Table.ALWAYS, Table.FOREVER));
        if (!first.from().isBefore(last.until())) {
            problems.add(Mistakes.periodReversed(
                    sheet.at("until"),
                    sheet.at("from"),
                    first.from().toString(),
                    last.until().minusDays(1).toString()));
        }
        return new Entry.Period(first.from(), last.until());
    }

    private Optional<String> forEach() {
        Optional<String> list = sheet.code("forEach");
        list.ifPresent(name -> references
                .type(sheet.at("forEach"), name, rules)
                .filter(type -> !(type instanceof FactType.ListOf))
                .ifPresent(type ->
                        problems.add(Mistakes.wrongType(sheet.at("forEach"), name, type.describe(), "list<…>"))));
        return list;
    }

    private Optional<String> item(Optional<String> forEach) {
        Optional<String> item = sheet.code("item");
        if (item.isPresent() && forEach.isEmpty()) {
            problems.add(Mistakes.valueNotUsed(
                    sheet.at("item"), item.get(), "item は forEach のある表にだけ書けます。", "item belongs with forEach."));
        } else if (item.isPresent()) {
            String field = forEach.get() + "." + item.get();
            if (!references.isKnown(field, rules) && references.isKnown(forEach.get(), rules)) {
                references.unknown(sheet.at("item"), field, rules);
            }
        }
        return item;
    }

    private List<Status> items(Optional<String> forEach) {
        Optional<String> written = sheet.code("items");
        if (written.isPresent() && (forEach.isEmpty() || !sheet.decidesRule())) {
            problems.add(Mistakes.valueNotUsed(
                    sheet.at("items"),
                    written.get(),
                    "items は forEach のある規則の表にだけ書けます。",
                    "items belongs with forEach in a rule."));
            return List.of();
        }
        var items = new ArrayList<Status>();
        for (String status : References.split(written.orElse(""), ",")) {
            if (STATUSES.contains(status)) {
                items.add(Status.valueOf(status));
            } else {
                problems.add(Mistakes.notInList(sheet.at("items"), status, STATUSES));
            }
        }
        return List.copyOf(items);
    }

    private boolean discretion() {
        Optional<String> written =
                sheet.title("discretion").flatMap(entry -> entry.oneOf("value", List.of("true", "false", "はい", "いいえ")));
        return written.filter(List.of("true", "はい")::contains).isPresent();
    }

    private Optional<Table.NoElements> noElements(Optional<String> forEach) {
        Optional<String> written = sheet.code("noElements");
        Bilingual text = said("noElementsText");
        if (forEach.isEmpty()) {
            for (String key : List.of("noElements", "noElementsText")) {
                sheet.title(key)
                        .ifPresent(entry -> problems.add(Mistakes.valueNotUsed(
                                entry.at("value"),
                                entry.prose("value"),
                                key + " は forEach のある表にだけ書けます。",
                                key + " belongs with forEach.")));
            }
            return Optional.empty();
        }
        if (!sheet.decidesRule()) {
            return Optional.empty();
        }
        if (written.isEmpty()) {
            problems.add(Mistakes.noElementsMissing(sheet.at("forEach")));
            return Optional.empty();
        }
        if (text.isBlank()) {
            problems.add(Mistakes.titleKeyMissing(sheet.at("noElementsText"), "noElementsText"));
        }
        if (STATUSES.contains(written.get())) {
            return Optional.of(
                    new Table.NoElements(Optional.of(Status.valueOf(written.get())), Optional.empty(), text));
        }
        if (!rules.contains(written.get())) {
            problems.add(Mistakes.notInList(
                    sheet.at("noElements"),
                    written.get(),
                    Stream.concat(STATUSES.stream(), rules.stream()).toList()));
        }
        return Optional.of(new Table.NoElements(Optional.empty(), written, text));
    }

    private List<Table.Row> rows(Aggregation aggregation, Optional<String> forEach) {
        Map<String, FactType> types = columnTypes(forEach);
        Optional<FactType> concluded = concluded(aggregation);
        var rows = new ArrayList<Table.Row>();
        var seen = new LinkedHashMap<String, Entry>();
        for (Entry entry : sheet.body().entries()) {
            Optional<String> id = rowId(entry, seen);
            Table.Row row = row(entry, id.orElse(""), types, aggregation, concluded);
            if (id.isPresent()) {
                rows.add(row);
            }
        }
        if (sheet.body().entries().isEmpty()) {
            problems.add(Mistakes.tableEmpty(sheet.body().at("row")));
        }
        return List.copyOf(rows);
    }

    private Map<String, FactType> columnTypes(Optional<String> forEach) {
        var types = new LinkedHashMap<String, FactType>();
        for (String fact : sheet.facts()) {
            Place.Cell at = sheet.body().at(fact);
            Optional<FactType> type = references.names(rules).typeOf(fact);
            if (type.isEmpty() && !references.derivations.containsKey(fact)) {
                if (references.mayBeJudged(fact)) {
                    problems.add(Mistakes.columnUnknown(at, fact, references.known(rules)));
                }
                continue;
            }
            references.type(at, fact, rules).ifPresent(known -> types.put(fact, known));
            listOf(fact)
                    .filter(list -> forEach.isEmpty() || isList(forEach.get()))
                    .filter(list ->
                            !forEach.equals(Optional.of(list)) && !sheet.id().startsWith(list + "."))
                    .ifPresent(list -> problems.add(Mistakes.elementOutsideList(at, fact, list)));
        }
        return types;
    }

    private boolean isList(String name) {
        return references.names(rules).typeOf(name).orElse(FactType.NOTHING) instanceof FactType.ListOf;
    }

    /** The list whose elements a name is about. */
    private Optional<String> listOf(String name) {
        int dot = name.indexOf('.');
        return dot < 0
                ? Optional.empty()
                : references
                        .vocabulary
                        .fact(name.substring(0, dot))
                        .filter(fact -> fact.type() instanceof FactType.ListOf)
                        .map(FactDefinition::name);
    }

    /** The type of what the rows conclude; empty where they conclude nothing, or it is not known. */
    private Optional<FactType> concluded(Aggregation aggregation) {
        if (sheet.decidesRule()) {
            return Optional.empty();
        }
        Place.Cell at = sheet.at("fact");
        Optional<FactDefinition> fact = references.vocabulary.fact(sheet.id());
        if (fact.isEmpty()) {
            references.unknown(at, sheet.id(), Set.of());
            return Optional.empty();
        }
        if (fact.get().kind() == FactDefinition.Kind.INPUT) {
            problems.add(Mistakes.notDerived(at, sheet.id()));
        }
        FactType type = fact.get().type();
        if (aggregation == Aggregation.DAYS || aggregation == Aggregation.COUNT) {
            FactType due = aggregation == Aggregation.DAYS ? FactType.DAYS : FactType.NUMBER;
            if (!type.getClass().equals(due.getClass())) {
                problems.add(Mistakes.wrongType(at, sheet.id(), type.describe(), due.describe()));
            }
            return Optional.empty();
        }
        if (!sheet.body().columns().containsKey("conclusion")) {
            problems.add(Mistakes.columnMissing(sheet.body().at("row"), "conclusion"));
        }
        if (aggregation == Aggregation.LIST) {
            if (!(type instanceof FactType.ListOf)) {
                problems.add(Mistakes.wrongType(at, sheet.id(), type.describe(), "list<…>"));
            }
            return type instanceof FactType.ListOf list ? Optional.of(list.element()) : Optional.empty();
        }
        return Optional.of(type);
    }

    private Optional<String> rowId(Entry entry, Map<String, Entry> seen) {
        Optional<String> id = entry.required("row");
        if (id.isEmpty()) {
            references.withUnreadRows.add(sheet.id());
            return id;
        }
        if (!id.get().startsWith(sheet.id() + "/")
                || !id.get().substring(sheet.id().length() + 1).matches("[0-9]+[a-z]?")) {
            problems.add(Mistakes.rowIdForeign(entry.at("row"), id.get(), sheet.id()));
        }
        Entry same = seen.putIfAbsent(id.get(), entry);
        if (same != null) {
            problems.add(Mistakes.duplicate(entry.at("row"), same.at("row"), id.get()));
        }
        return id;
    }

    private Table.Row row(
            Entry entry,
            String id,
            Map<String, FactType> types,
            Aggregation aggregation,
            Optional<FactType> concluded) {
        references.place("row:" + sheet.decision() + ":" + id, entry.at("row"));
        Entry.Period period = entry.period("from", "until");
        Optional<String> referenceDay = references.dayFact(entry, "referenceDay");
        var conditions = new ArrayList<Condition>();
        types.forEach((fact, type) -> {
            references.place("cell:" + sheet.decision() + ":" + id + ":" + fact, entry.at(fact));
            references
                    .test(entry, fact, type)
                    .filter(test -> !(test instanceof UnaryTest.Any))
                    .ifPresent(test -> conditions.add(new Condition(fact, test)));
        });
        Optional<Status> status =
                sheet.decidesRule() ? entry.oneOf("status", STATUSES).map(Status::valueOf) : Optional.empty();
        String last = sheet.decidesRule() ? "status" : "conclusion";
        if (entry.has(last)) {
            references.place("cell:" + sheet.decision() + ":" + id + ":" + last, entry.at(last));
        }
        Value conclusion = conclusion(entry, aggregation, concluded);
        Optional<Citation> citation = references.citation(entry, "clause");
        if (entry.isBlank("clause") && sheet.title("clause").isEmpty()) {
            problems.add(Mistakes.citationMissing(entry.at(entry.has("clause") ? "clause" : "row")));
        }
        Bilingual texts = sheet.decidesRule() && entry.has("message_ja")
                ? entry.requiredTexts("message")
                : entry.texts("message");
        return new Table.Row(
                id,
                period.from(),
                period.until(),
                referenceDay,
                List.copyOf(conditions),
                status,
                conclusion,
                attributes(entry),
                citation,
                references.message(texts, entry.at("message_ja"), entry.at("message_en"), rules),
                entry.code("assumption"),
                entry.prose("note"));
    }

    private Map<String, String> attributes(Entry entry) {
        var attributes = new LinkedHashMap<String, String>();
        for (String key : sheet.attributes()) {
            String name = key.substring(TableSheet.ATTRIBUTE.length());
            if (!Form.FACT.fits(name) || RESERVED.contains(name)) {
                problems.add(Mistakes.nameMalformed(sheet.body().at(key), key, Form.ATTRIBUTE));
            } else {
                entry.optional(key, Form.CODE).ifPresent(code -> attributes.put(name, code));
            }
        }
        return attributes;
    }

    private Value conclusion(Entry entry, Aggregation aggregation, Optional<FactType> concluded) {
        if (sheet.decidesRule() || concluded.isEmpty()) {
            if ((aggregation == Aggregation.DAYS || aggregation == Aggregation.COUNT)
                    && entry.content("conclusion").isPresent()) {
                problems.add(Mistakes.valueNotUsed(
                        entry.at("conclusion"),
                        entry.prose("conclusion"),
                        "この集計では、当てはまる行そのものが結論になります。",
                        "with this aggregation the matching rows themselves are the conclusion."));
            }
            return Value.NONE;
        }
        if (entry.has("conclusion") && entry.isBlank("conclusion")) {
            problems.add(Mistakes.valueMissing(entry.at("conclusion"), "conclusion"));
        }
        return references.value(entry, "conclusion", concluded.get()).orElse(Value.NONE);
    }
}
