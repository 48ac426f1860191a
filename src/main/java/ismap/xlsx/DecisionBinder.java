package ismap.xlsx;

import ismap.decision.Bilingual;
import ismap.decision.Status;
import ismap.rulebook.Condition;
import ismap.rulebook.DecisionDefinition;
import ismap.rulebook.DecisionDefinition.Call;
import ismap.rulebook.FactDefinition;
import ismap.rulebook.FactType;
import ismap.rulebook.Table;
import ismap.rulebook.UnaryTest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Binds the workbook of one decision. */
final class DecisionBinder {

    private static final List<String> KEYS = List.of("decision", "title", "question", "governingFact", "note");
    private static final ListLayout[] LISTS = {
        ListLayout.DECISION,
        ListLayout.OUTCOMES,
        ListLayout.VALUES,
        ListLayout.BORROWED,
        ListLayout.READINGS,
        ListLayout.NOT_EXAMINED
    };

    private final References references;
    private final Problems problems;
    private final OpenedWorkbook workbook;
    private final String name;
    private final Sheets sheets;
    private final List<TableSheet> tables = new ArrayList<>();
    private final Set<String> rules = new LinkedHashSet<>();
    private final Map<String, Entry> borrowed = new LinkedHashMap<>();
    private final List<Table> own = new ArrayList<>();

    /** Takes the table sheets apart, so that every decision's rules are known before any is bound. */
    DecisionBinder(References references, Problems problems, OpenedWorkbook workbook, String name) {
        this.references = references;
        this.problems = problems;
        this.workbook = workbook;
        this.name = name;
        this.sheets = new Sheets(workbook, problems);
        var seen = new LinkedHashMap<String, TableSheet>();
        for (Grid grid : sheets.others(LISTS)) {
            // A rule whose table cannot be read is not unknown to those that name it.
            TableSheet.ruleOf(grid).ifPresent(rules::add);
            TableSheet.of(grid, name, problems).ifPresent(table -> {
                TableSheet same = seen.putIfAbsent(table.id(), table);
                if (same != null) {
                    problems.add(Mistakes.definedTwice(at(table), at(same), table.id()));
                    return;
                }
                tables.add(table);
            });
        }
        for (Entry entry : sheets.optionalList(ListLayout.BORROWED)) {
            entry.required("rule", Form.RULE).ifPresent(rule -> {
                TableSheet same = seen.get(rule);
                Entry before = borrowed.putIfAbsent(rule, entry);
                if (same != null || before != null) {
                    problems.add(
                            Mistakes.definedTwice(entry.at("rule"), same == null ? before.at("rule") : at(same), rule));
                    borrowed.remove(rule, entry);
                }
                rules.add(rule);
            });
        }
    }

    private static ismap.decision.Place.Cell at(TableSheet table) {
        return table.at(table.decidesRule() ? "rule" : "fact");
    }

    Set<String> rules() {
        return rules;
    }

    /** The tables that conclude facts, put into {@code concluded}. */
    void concluded(Set<String> rulesOfAll, Map<String, Table> concluded, Map<String, TableSheet> sheetsOfAll) {
        for (TableSheet table : tables) {
            if (table.decidesRule()) {
                continue;
            }
            TableSheet same = sheetsOfAll.putIfAbsent(table.id(), table);
            if (same != null) {
                problems.add(Mistakes.definedTwice(at(table), at(same), table.id()));
            }
            if (references.derivations.containsKey(table.id())) {
                problems.add(Mistakes.definedTwice(
                        at(table), references.places.getOrDefault("derivation:" + table.id(), at(table)), table.id()));
            }
            concluded.putIfAbsent(table.id(), new TableBinder(references, problems, table, rulesOfAll).bind());
        }
    }

    /** The tables of its own rules; what it borrows is bound where it stands. */
    List<Table> own() {
        if (own.isEmpty()) {
            for (TableSheet table : tables) {
                if (table.decidesRule()) {
                    own.add(new TableBinder(references, problems, table, rules).bind());
                }
            }
        }
        return own;
    }

    /** @param lenders every decision that may lend a rule, by name */
    DecisionDefinition bind(Map<String, DecisionBinder> lenders) {
        references.place("decision:" + name, workbook.place());
        Map<String, Entry> about = about();
        var bound = new ArrayList<>(own());
        var borrows = new ArrayList<DecisionDefinition.Borrowed>();
        borrowed.forEach((rule, entry) -> borrow(rule, entry, lenders, borrows, bound));
        Entry note = about.get("note");
        return new DecisionDefinition(
                name,
                texts(about, "title"),
                texts(about, "question"),
                governingFact(about),
                List.copyOf(bound),
                List.copyOf(borrows),
                outcomes(bound),
                values(),
                readings(),
                notExamined(),
                note == null ? "" : joined(note.prose("value_ja"), note.prose("value_en")));
    }

    private void borrow(
            String rule,
            Entry entry,
            Map<String, DecisionBinder> lenders,
            List<DecisionDefinition.Borrowed> borrows,
            List<Table> bound) {
        Optional<String> from = entry.required("decision", Form.DECISION);
        boolean unreadable = from.isPresent() && references.unreadDecisions.contains(from.get());
        if (from.isPresent() && !unreadable && !lenders.containsKey(from.get())) {
            problems.add(Mistakes.notInList(entry.at("decision"), from.get(), lenders.keySet()));
        }
        List<Condition> where =
                references.conditions(entry, "where", fact -> references.type(entry.at("where"), fact, rules));
        Bilingual elsewhere = references.message(
                where.isEmpty() ? entry.texts("message") : entry.requiredTexts("message"),
                entry.at("message_ja"),
                entry.at("message_en"),
                rules);
        DecisionBinder lender = lenders.get(from.orElse(""));
        if (lender == null) {
            return;
        }
        Optional<Table> lent =
                lender.own().stream().filter(table -> table.id().equals(rule)).findFirst();
        if (lent.isEmpty() && lender != this && lender.rules().contains(rule) && !lender.borrowed.containsKey(rule)) {
            return; // its sheet could not be read, and that was said
        }
        if (lent.isEmpty() || lender == this) {
            problems.add(Mistakes.borrowedRuleUnknown(
                    entry.at("rule"),
                    rule,
                    from.get(),
                    lender.own().stream().map(Table::id).toList()));
            return;
        }
        var borrow = new DecisionDefinition.Borrowed(rule, from.get(), where, elsewhere, entry.prose("note"));
        borrows.add(borrow);
        bound.add(DecisionDefinition.borrowed(lent.get(), borrow));
        if (!where.isEmpty()) {
            for (int i = 1; i <= where.size(); i++) {
                references.place("row:" + name + ":" + rule + "/elsewhere" + (i == 1 ? "" : i), entry.at("where"));
            }
        }
        references.lend(from.get(), name, rule);
    }

    /** The note is one text of the model; both languages are kept, one a line. */
    private static String joined(String ja, String en) {
        return ja.isEmpty() || en.isEmpty() ? ja + en : ja + "\n" + en;
    }

    private Map<String, Entry> about() {
        var about = new LinkedHashMap<String, Entry>();
        for (Entry entry : sheets.list(ListLayout.DECISION)) {
            entry.required("key").ifPresent(key -> {
                Entry same = about.get(key);
                if (!KEYS.contains(key)) {
                    problems.add(Mistakes.titleKeyUnknown(entry.at("key"), key, KEYS));
                } else if (same != null) {
                    problems.add(Mistakes.titleKeyDuplicate(entry.at("key"), same.at("key"), key));
                } else {
                    about.put(key, entry);
                }
            });
        }
        ismap.decision.Place.Cell sheet =
                new ismap.decision.Place.Cell(workbook.path(), ListLayout.DECISION.sheet(), "A1");
        for (String key : List.of("decision", "title", "question")) {
            if (!about.containsKey(key)
                    && workbook.sheet(ListLayout.DECISION.sheet()).isPresent()) {
                problems.add(Mistakes.titleKeyMissing(sheet, key));
            }
        }
        Entry decision = about.get("decision");
        if (decision != null) {
            references.places.put("decision:" + name, decision.at("value_ja"));
            decision.required("value_ja", Form.DECISION)
                    .filter(written -> !written.equals(name))
                    .ifPresent(written ->
                            problems.add(Mistakes.decisionNameDiffers(decision.at("value_ja"), written, name)));
        }
        return about;
    }

    private static Bilingual texts(Map<String, Entry> about, String key) {
        Entry entry = about.get(key);
        return entry == null ? Bilingual.EMPTY : entry.requiredTexts("value");
    }

    private Optional<String> governingFact(Map<String, Entry> about) {
        Entry entry = about.get("governingFact");
        return entry == null ? Optional.empty() : references.dayFact(entry, "value_ja");
    }

    private List<DecisionDefinition.Outcome> outcomes(List<Table> bound) {
        var outcomes = new ArrayList<DecisionDefinition.Outcome>();
        var seen = new LinkedHashMap<String, Entry>();
        Entry otherwise = null;
        Entry missing = null;
        List<Entry> entries = sheets.list(ListLayout.OUTCOMES);
        for (Entry entry : entries) {
            Optional<String> code = entry.required("outcome", Form.CODE);
            List<Call> calls = calls(entry, bound);
            Bilingual label = entry.requiredTexts("label");
            String note = entry.prose("note");
            if (calls.contains(new Call.Otherwise())) {
                if (otherwise != null) {
                    problems.add(Mistakes.otherwiseTwice(entry.at("calledForBy"), otherwise.at("calledForBy")));
                }
                otherwise = entry;
            }
            if (calls.contains(new Call.Missing())) {
                if (missing != null || !code.equals(Optional.of(DecisionDefinition.INSUFFICIENT_FACTS))) {
                    problems.add(Mistakes.missingMisplaced(entry.at("calledForBy"), code.orElse("")));
                }
                missing = entry;
            }
            code.ifPresent(outcome -> {
                Entry same = seen.putIfAbsent(outcome, entry);
                if (same != null) {
                    problems.add(Mistakes.duplicate(entry.at("outcome"), same.at("outcome"), outcome));
                }
                references.place("outcome:" + name + ":" + outcome, entry.at("outcome"));
                outcomes.add(new DecisionDefinition.Outcome(outcome, calls, label, note));
            });
        }
        if (otherwise == null && workbook.sheet(ListLayout.OUTCOMES.sheet()).isPresent()) {
            problems.add(Mistakes.otherwiseMissing(
                    new ismap.decision.Place.Cell(workbook.path(), ListLayout.OUTCOMES.sheet(), "B1")));
        }
        return List.copyOf(outcomes);
    }

    private List<Call> calls(Entry entry, List<Table> bound) {
        var calls = new ArrayList<Call>();
        for (String part : References.split(entry.required("calledForBy").orElse(""), ";")) {
            call(entry, part, bound).ifPresent(calls::add);
        }
        return List.copyOf(calls);
    }

    private Optional<Call> call(Entry entry, String part, List<Table> bound) {
        if (part.equals("missing")) {
            return Optional.of(new Call.Missing());
        }
        if (part.equals("otherwise")) {
            return Optional.of(new Call.Otherwise());
        }
        int colon = part.indexOf(':');
        if (colon >= 0) {
            return byStatus(entry, part.substring(0, colon).strip(), part.substring(colon + 1));
        }
        int slash = part.lastIndexOf('/');
        if (slash < 0) {
            problems.add(Mistakes.callUnreadable(entry.at("calledForBy"), part));
            return Optional.empty();
        }
        String rule = part.substring(0, slash);
        Optional<Table> table =
                bound.stream().filter(one -> one.id().equals(rule)).findFirst();
        if (!rules.contains(rule)) {
            problems.add(Mistakes.ruleUnknown(entry.at("calledForBy"), rule, rules));
        } else if (table.isPresent()
                && !references.withUnreadRows.contains(rule)
                && table.get().row(part).isEmpty()) {
            problems.add(Mistakes.rowUnknown(
                    entry.at("calledForBy"),
                    part,
                    table.get().rows().stream().map(Table.Row::id).toList()));
        }
        return Optional.of(new Call.ByRow(rule, part));
    }

    private Optional<Call> byStatus(Entry entry, String rule, String written) {
        var statuses = new ArrayList<Status>();
        for (String status : References.split(written, ",")) {
            if (TableBinder.STATUSES.contains(status)) {
                statuses.add(Status.valueOf(status));
            } else {
                problems.add(Mistakes.notInList(entry.at("calledForBy"), status, TableBinder.STATUSES));
            }
        }
        if (written.isBlank()) {
            problems.add(Mistakes.callUnreadable(entry.at("calledForBy"), rule + ":"));
        }
        if (rule.equals("any")) {
            return Optional.of(new Call.ByAny(List.copyOf(statuses)));
        }
        if (!rules.contains(rule)) {
            problems.add(Mistakes.ruleUnknown(entry.at("calledForBy"), rule, rules));
        }
        return Optional.of(new Call.ByStatus(rule, List.copyOf(statuses)));
    }

    private List<DecisionDefinition.Shown> values() {
        var values = new ArrayList<DecisionDefinition.Shown>();
        var seen = new LinkedHashMap<String, Entry>();
        for (Entry entry : sheets.optionalList(ListLayout.VALUES)) {
            Optional<String> value = entry.required("value", Form.FACT);
            Optional<String> fact = entry.optional("fact", Form.FACT);
            Bilingual label = entry.requiredTexts("label");
            value.ifPresent(shown -> {
                Entry same = seen.putIfAbsent(shown, entry);
                if (same != null) {
                    problems.add(Mistakes.duplicate(entry.at("value"), same.at("value"), shown));
                }
                references.type(entry.at(fact.isPresent() ? "fact" : "value"), fact.orElse(shown), Set.of());
                references.place("value:" + name + ":" + shown, entry.at("value"));
                values.add(new DecisionDefinition.Shown(shown, fact.orElse(shown), label));
            });
        }
        return List.copyOf(values);
    }

    private List<DecisionDefinition.Reading> readings() {
        var readings = new ArrayList<DecisionDefinition.Reading>();
        for (Entry entry : sheets.optionalList(ListLayout.READINGS)) {
            Optional<String> fact = entry.required("fact", Form.FACT);
            Optional<FactType> type = fact.flatMap(stated -> stated(entry, "fact", stated));
            if (entry.isBlank("value")) {
                problems.add(Mistakes.valueMissing(entry.at("value"), "value"));
            }
            Optional<UnaryTest> test = type.flatMap(known -> references.test(entry, "value", known));
            List<Condition> conditions =
                    references.conditions(entry, "condition", stated -> stated(entry, "condition", stated));
            Optional<String> readsAs = entry.oneOf("readsAs", List.of("none", "unknown"));
            String note = entry.prose("note");
            if (fact.isPresent() && test.isPresent() && readsAs.isPresent()) {
                readings.add(new DecisionDefinition.Reading(
                        fact.get(), test.get(), conditions, readsAs.get().equals("none"), note));
            }
        }
        return List.copyOf(readings);
    }

    /** The type of a fact that callers state. */
    private Optional<FactType> stated(Entry entry, String key, String fact) {
        Optional<FactType> type = references.vocabulary.fact(fact).map(FactDefinition::type);
        if (type.isEmpty() && references.mayBeJudged(fact)) {
            problems.add(Mistakes.nameUnknown(entry.at(key), fact, references.vocabulary.names()));
        }
        return type;
    }

    private List<DecisionDefinition.Unexamined> notExamined() {
        var unexamined = new ArrayList<DecisionDefinition.Unexamined>();
        for (Entry entry : sheets.optionalList(ListLayout.NOT_EXAMINED)) {
            Optional<String> rule = entry.required("rule", Form.RULE);
            Bilingual message = references.message(
                    entry.requiredTexts("message"), entry.at("message_ja"), entry.at("message_en"), rules);
            Optional<String> decidedBy = entry.required("decidedBy", Form.CODE);
            List<Condition> conditions = references.conditions(
                    entry, "condition", fact -> references.type(entry.at("condition"), fact, rules));
            if (rule.isPresent() && decidedBy.isPresent()) {
                references.place("notExamined:" + name + ":" + rule.get(), entry.at("rule"));
                unexamined.add(new DecisionDefinition.Unexamined(rule.get(), message, decidedBy.get(), conditions));
            }
        }
        return List.copyOf(unexamined);
    }
}
