package ismap.xlsx;

import ismap.decision.Bilingual;
import ismap.decision.Citation;
import ismap.decision.Value;
import ismap.decision.WrittenDates;
import ismap.rulebook.ClauseRegister;
import ismap.rulebook.Derivation;
import ismap.rulebook.Expression;
import ismap.rulebook.ExpressionReader;
import ismap.rulebook.FactDefinition;
import ismap.rulebook.FactType;
import ismap.rulebook.Parameter;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Binds {@code clauses.xlsx}, {@code parameters.xlsx} and {@code derivations.xlsx}. */
final class ListSheets {

    private static final List<String> COVERAGES = java.util.Arrays.stream(ClauseRegister.Coverage.values())
            .map(Enum::name)
            .toList();

    private final References references;
    private final Problems problems;
    private final Map<Entry, Expression> expressions = new LinkedHashMap<>();
    private final List<Runnable> later = new ArrayList<>();

    ListSheets(References references, Problems problems) {
        this.references = references;
        this.problems = problems;
    }

    ClauseRegister clauses(Sheets sheets) {
        var documents = new LinkedHashMap<String, ClauseRegister.Document>();
        var seen = new LinkedHashMap<String, Entry>();
        for (Entry entry : sheets.list(ListLayout.DOCUMENTS)) {
            Optional<String> id = entry.required("document", Form.DOCUMENT);
            Bilingual title = entry.requiredTexts("title");
            String edition = entry.day("edition").map(LocalDate::toString).orElse("");
            String source = entry.prose("source");
            id.ifPresent(name -> {
                unique(seen, name, entry, "document");
                documents.putIfAbsent(name, new ClauseRegister.Document(name, title, edition, source));
            });
        }
        var clauses = new ArrayList<ClauseRegister.Clause>();
        var unlisted = new HashSet<String>();
        for (Entry entry : sheets.list(ListLayout.CLAUSES)) {
            Optional<String> document = entry.required("document", Form.DOCUMENT);
            Optional<String> clause = entry.required("clause");
            Bilingual title = entry.requiredTexts("title");
            Entry.Period period = entry.period("in_force_from", "in_force_until");
            Optional<ClauseRegister.Coverage> coverage =
                    entry.oneOf("coverage", COVERAGES).map(ClauseRegister.Coverage::valueOf);
            List<String> rules = References.split(entry.code("rules").orElse(""), ",");
            rules.stream()
                    .filter(rule -> !Form.RULE.fits(rule))
                    .forEach(rule -> problems.add(Mistakes.nameMalformed(entry.at("rules"), rule, Form.RULE)));
            Bilingual reason = entry.texts("reason");
            String certainty = entry.code("certainty").orElse("");
            String source = entry.prose("source");
            document.filter(name -> !documents.containsKey(name) && unlisted.add(name))
                    .ifPresent(
                            name -> problems.add(Mistakes.notInList(entry.at("document"), name, documents.keySet())));
            if (document.isPresent() && clause.isPresent()) {
                unique(seen, document.get() + " " + clause.get(), entry, "clause");
                references.place("clause:" + document.get() + " " + clause.get(), entry.at("clause"));
                clauses.add(new ClauseRegister.Clause(
                        document.get(),
                        clause.get(),
                        title,
                        period.from(),
                        period.until(),
                        coverage.orElse(ClauseRegister.Coverage.RULES),
                        rules,
                        reason,
                        certainty,
                        source));
            }
        }
        return new ClauseRegister(documents, clauses, notEncoded(sheets, documents), assumptions(sheets, documents));
    }

    private List<ClauseRegister.NotEncoded> notEncoded(Sheets sheets, Map<String, ClauseRegister.Document> documents) {
        var notEncoded = new ArrayList<ClauseRegister.NotEncoded>();
        var seen = new LinkedHashMap<String, Entry>();
        for (Entry entry : sheets.optionalList(ListLayout.NOT_ENCODED)) {
            Optional<String> rule = entry.required("rule", Form.RULE);
            String document = document(entry, documents);
            String clause = entry.code("clause").orElse("");
            Bilingual reason = entry.requiredTexts("reason");
            String decidedBy = entry.required("decidedBy", Form.CODE).orElse("");
            String certainty = entry.code("certainty").orElse("");
            String source = entry.prose("source");
            rule.ifPresent(id -> {
                unique(seen, id, entry, "rule");
                references.place("notEncoded:" + id, entry.at("rule"));
                notEncoded.add(
                        new ClauseRegister.NotEncoded(id, document, clause, reason, decidedBy, certainty, source));
            });
        }
        return notEncoded;
    }

    private List<ClauseRegister.Assumption> assumptions(Sheets sheets, Map<String, ClauseRegister.Document> documents) {
        var assumptions = new ArrayList<ClauseRegister.Assumption>();
        var seen = new LinkedHashMap<String, Entry>();
        for (Entry entry : sheets.optionalList(ListLayout.ASSUMPTIONS)) {
            Optional<String> id = entry.required("assumption", Form.ASSUMPTION);
            Bilingual text = entry.requiredTexts("text");
            Bilingual other = entry.texts("other");
            Bilingual why = entry.requiredTexts("why");
            String document = document(entry, documents);
            String clause = entry.code("clause").orElse("");
            id.ifPresent(name -> {
                unique(seen, name, entry, "assumption");
                references.place("assumption:" + name, entry.at("assumption"));
                assumptions.add(new ClauseRegister.Assumption(name, text, other, why, document, clause));
            });
        }
        return assumptions;
    }

    /** A document may be left out where none is meant. */
    private String document(Entry entry, Map<String, ClauseRegister.Document> documents) {
        Optional<String> document = entry.optional("document", Form.DOCUMENT);
        document.filter(name -> !documents.containsKey(name))
                .ifPresent(name -> problems.add(Mistakes.notInList(entry.at("document"), name, documents.keySet())));
        return document.orElse("");
    }

    private void unique(Map<String, Entry> seen, String name, Entry entry, String key) {
        Entry same = seen.putIfAbsent(name, entry);
        if (same != null) {
            problems.add(Mistakes.duplicate(entry.at(key), same.at(key), name));
        }
    }

    /** One parameter while its rows are read. */
    private record Rows(
            Entry first,
            List<String> referenceDays,
            Bilingual label,
            List<Entry> entries,
            List<Parameter.Dated> values) {}

    void parameters(Sheets sheets) {
        var rows = new LinkedHashMap<String, Rows>();
        for (Entry entry : sheets.list(ListLayout.PARAMETERS)) {
            entry.required("parameter", Form.PARAMETER).ifPresent(name -> parameter(name, entry, rows));
        }
        rows.forEach((name, row) -> {
            row.values()
                    .forEach(one -> row.values().subList(0, row.values().indexOf(one)).stream()
                            .filter(other -> one.from().isBefore(other.until())
                                    && other.from().isBefore(one.until()))
                            .findFirst()
                            .ifPresent(other -> problems.add(Mistakes.periodsOverlap(
                                    row.entries().get(row.values().indexOf(one)).at("from"),
                                    row.entries()
                                            .get(row.values().indexOf(other))
                                            .at("from"),
                                    name))));
            references.parameters.put(name, new Parameter(name, row.referenceDays(), row.label(), row.values()));
        });
    }

    private void parameter(String name, Entry entry, Map<String, Rows> rows) {
        boolean isNew = !rows.containsKey(name);
        List<String> referenceDays = referenceDays(entry);
        Bilingual label =
                isNew ? entry.requiredTexts("label") : new Bilingual(entry.prose("label_ja"), entry.prose("label_en"));
        Rows row = rows.computeIfAbsent(
                name, none -> new Rows(entry, referenceDays, label, new ArrayList<>(), new ArrayList<>()));
        if (isNew) {
            references.place("parameter:" + name, entry.at("parameter"));
            references
                    .vocabulary
                    .fact(name)
                    .ifPresent(fact -> problems.add(Mistakes.definedTwice(
                            entry.at("parameter"),
                            references.places.getOrDefault("fact:" + name, entry.at("parameter")),
                            name)));
        } else {
            same(
                    entry,
                    row.first(),
                    "referenceDay",
                    String.join("; ", referenceDays),
                    String.join("; ", row.referenceDays()));
            same(entry, row.first(), "label_ja", label.ja(), row.label().ja());
            same(entry, row.first(), "label_en", label.en(), row.label().en());
        }
        Value value = value(entry);
        String unit = entry.code("unit").orElse("");
        Entry.Period period = entry.period("from", "until");
        references.place("parameter:" + name + "@" + period.from(), entry.at("value"));
        Optional<Citation> citation = references.citation(entry, "clause");
        if (entry.isBlank("clause")) {
            problems.add(Mistakes.citationMissing(entry.at("clause")));
        }
        String note = entry.prose("note");
        row.entries().add(entry);
        row.values()
                .add(new Parameter.Dated(
                        value, unit, period.from(), period.until(), citation.orElse(new Citation("", "", "")), note));
    }

    private List<String> referenceDays(Entry entry) {
        List<String> days = References.split(entry.code("referenceDay").orElse(""), ";");
        later.add(() -> days.forEach(day -> references
                .type(entry.at("referenceDay"), day, Set.of())
                .filter(type -> !(type instanceof FactType.Day))
                .ifPresent(type -> problems.add(
                        Mistakes.wrongType(entry.at("referenceDay"), day, type.describe(), FactType.DAY.describe())))));
        return days;
    }

    private void same(Entry entry, Entry first, String key, String found, String expected) {
        if (!entry.isBlank(key) && !found.equals(expected)) {
            problems.add(Mistakes.definitionDiffers(entry.at(key), first.at(key), key, found, expected));
        }
    }

    /** A number, a day, or nothing that anybody has set yet. */
    private Value value(Entry entry) {
        Optional<Content> content = entry.content("value");
        if (content.isEmpty()) {
            return Value.UNKNOWN;
        }
        if (content.get() instanceof Content.Day day) {
            return Value.of(day.day());
        }
        try {
            Optional<LocalDate> day = WrittenDates.read(content.get().toString());
            return day.isPresent()
                    ? Value.of(day.get())
                    : references.value(entry, "value", FactType.NUMBER).orElse(Value.UNKNOWN);
        } catch (WrittenDates.NoSuchDay impossible) {
            problems.add(Mistakes.dateInvalid(entry.at("value"), content.get().toString()));
            return Value.UNKNOWN;
        }
    }

    void derivations(Sheets sheets) {
        var seen = new LinkedHashMap<String, Entry>();
        for (Entry entry : sheets.list(ListLayout.DERIVATIONS)) {
            Optional<String> fact = entry.required("fact", Form.FACT);
            Optional<Expression> expression = entry.required("expression").flatMap(text -> expression(entry, text));
            Optional<Citation> citation = references.citation(entry, "clause");
            Optional<String> assumption = entry.code("assumption");
            Bilingual label = entry.requiredTexts("label");
            String note = entry.prose("note");
            if (fact.isEmpty()) {
                continue;
            }
            unique(seen, fact.get(), entry, "fact");
            references.place("derivation:" + fact.get(), entry.at("fact"));
            if (references.parameters.containsKey(fact.get())) {
                problems.add(Mistakes.definedTwice(
                        entry.at("fact"),
                        references.places.getOrDefault("parameter:" + fact.get(), entry.at("fact")),
                        fact.get()));
            }
            references
                    .vocabulary
                    .fact(fact.get())
                    .filter(known -> known.kind() == FactDefinition.Kind.INPUT)
                    .ifPresent(known -> problems.add(Mistakes.notDerived(entry.at("fact"), fact.get())));
            if (expression.isEmpty()) {
                references.broken.add(fact.get());
            } else {
                expressions.put(entry, expression.get());
                references.derivations.putIfAbsent(
                        fact.get(), new Derivation(fact.get(), expression.get(), citation, assumption, label, note));
            }
        }
    }

    /** A circle has no type, and so everything that uses it would seem to be at fault. */
    private void circle(Entry entry) {
        String fact = entry.code("fact").orElse("");
        var path = new LinkedHashSet<String>();
        if (!references.broken.contains(fact) && leadsBack(fact, fact, path, new HashSet<>())) {
            var circle = new ArrayList<>(path);
            circle.add(fact);
            problems.add(Mistakes.circular(entry.at("expression"), circle));
            references.broken.addAll(circle);
        }
    }

    /** Only names without a type of their own can lose it in a circle; what else goes round in one, the checker finds. */
    private boolean leadsBack(String from, String to, Set<String> path, Set<String> seen) {
        Derivation derivation = references.derivations.get(from);
        if (derivation == null || references.vocabulary.fact(from).isPresent() || !seen.add(from)) {
            return false;
        }
        path.add(from);
        for (String name : derivation.expression().reads()) {
            if (name.equals(to) || leadsBack(name, to, path, seen)) {
                return true;
            }
        }
        path.remove(from);
        return false;
    }

    private Optional<Expression> expression(Entry entry, String text) {
        try {
            return Optional.of(ExpressionReader.read(text, references.parameters.keySet()));
        } catch (ExpressionReader.Unreadable unreadable) {
            problems.add(Mistakes.unreadableCell(
                    Codes.EXPRESSION_UNREADABLE,
                    entry.at("expression"),
                    text,
                    new Bilingual(
                            "%s（%d文字目）".formatted(unreadable.problem().ja(), unreadable.position() + 1),
                            "%s (character %d)".formatted(unreadable.problem().en(), unreadable.position() + 1)),
                    new Bilingual(
                            "使える関数は docs/rulebook-format.md の表にあります。",
                            "The functions are listed in docs/rulebook-format.md."),
                    "expression"));
            return Optional.empty();
        }
    }

    /** What may name a derived fact is checked once all of them are known, those in DRL included. */
    void checkNames() {
        expressions.forEach((entry, expression) -> references
                .names(Set.of())
                .unknownIn(expression)
                .forEach(name -> references.unknown(entry.at("expression"), name, Set.of())));
        expressions.keySet().forEach(this::circle);
        later.forEach(Runnable::run);
    }
}
