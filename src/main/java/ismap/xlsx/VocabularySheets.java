package ismap.xlsx;

import ismap.decision.Bilingual;
import ismap.decision.Status;
import ismap.rulebook.Condition;
import ismap.rulebook.FactDefinition;
import ismap.rulebook.FactDefinition.Absence;
import ismap.rulebook.FactDefinition.Kind;
import ismap.rulebook.FactType;
import ismap.rulebook.UnaryTest;
import ismap.rulebook.Vocabulary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Binds {@code vocabulary.xlsx}. */
final class VocabularySheets {

    private static final Pattern ABSENCE = Pattern.compile("(unknown|none)(?:\\s*;\\s*unknown where (.+))?");
    private static final Pattern IS = Pattern.compile("(\\S+) is (\\S+(?: or \\S+)*)");
    private static final Pattern HAPPENS = Pattern.compile("(\\S+)(?: for (\\S+))?");

    private final References references;
    private final Problems problems;
    private final Map<String, FactType> types = new LinkedHashMap<>();
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    VocabularySheets(References references, Problems problems) {
        this.references = references;
        this.problems = problems;
    }

    Vocabulary bind(Sheets sheets) {
        List<Entry> rows = sheets.list(ListLayout.FACTS);
        rows.forEach(this::type);
        var facts = new LinkedHashMap<String, FactDefinition>();
        entries.forEach((name, entry) -> fact(name, entry).ifPresent(fact -> facts.put(name, fact)));
        return new Vocabulary(facts, codes(sheets.list(ListLayout.CODES)), statuses(sheets.list(ListLayout.STATUSES)));
    }

    private void type(Entry entry) {
        Optional<String> name = entry.required("fact", Form.FACT);
        Optional<String> written = entry.required("type");
        String domain = entry.code("domain").orElse("");
        Optional<FactType> type = written.flatMap(text -> FactType.parse(text, domain));
        if (written.isPresent() && type.isEmpty()) {
            problems.add(Mistakes.typeUnreadable(entry.at("type"), written.get(), domain));
        }
        if (name.isEmpty()) {
            return;
        }
        Entry same = entries.putIfAbsent(name.get(), entry);
        if (same != null) {
            problems.add(Mistakes.duplicate(entry.at("fact"), same.at("fact"), name.get()));
            return;
        }
        references.place("fact:" + name.get(), entry.at("fact"));
        type.ifPresentOrElse(known -> types.put(name.get(), known), () -> references.broken.add(name.get()));
    }

    private Optional<FactDefinition> fact(String name, Entry entry) {
        Optional<Kind> kind = entry.oneOf(
                        "kind",
                        Arrays.stream(Kind.values())
                                .map(one -> one.name().toLowerCase(Locale.ROOT))
                                .toList())
                .map(text -> Kind.valueOf(text.toUpperCase(Locale.ROOT)));
        Absence absence = absence(entry);
        HappensOn happens = happensOn(name, entry);
        Bilingual label = entry.requiredTexts("label");
        Bilingual question = entry.texts("question");
        Bilingual help = entry.texts("help");
        boolean attested = attested(entry);
        FactType type = types.get(name);
        if (type == null) {
            return Optional.empty();
        }
        return Optional.of(new FactDefinition(
                name,
                type,
                absence,
                kind.orElse(Kind.INPUT),
                entry.code("known_by").orElse(""),
                entry.code("changeable_by").orElse(""),
                attested,
                happens.day(),
                happens.codes(),
                label,
                question,
                help,
                References.split(entry.code("decisions").orElse(""), ";")));
    }

    private boolean attested(Entry entry) {
        if (entry.content("needs_attestation").orElse(null) instanceof Content.Truth truth) {
            return truth.value();
        }
        String written = entry.code("needs_attestation").orElse("");
        if (!Set.of("", "yes", "no", "true", "false", "はい", "いいえ", "○", "-").contains(written)) {
            problems.add(Mistakes.notInList(entry.at("needs_attestation"), written, List.of("yes", "no")));
        }
        return Set.of("yes", "true", "はい", "○").contains(written);
    }

    private Absence absence(Entry entry) {
        Optional<String> written = entry.required("absent_means");
        if (written.isEmpty()) {
            return Absence.UNKNOWN;
        }
        Matcher absence = ABSENCE.matcher(written.get());
        if (!absence.matches() || (absence.group(1).equals("unknown") && absence.group(2) != null)) {
            problems.add(Mistakes.absenceUnreadable(entry.at("absent_means"), written.get()));
            return Absence.UNKNOWN;
        }
        var unknownWhere = new ArrayList<Condition>();
        for (String part : References.split(absence.group(2) == null ? "" : absence.group(2), " and ")) {
            Matcher is = IS.matcher(part);
            if (!is.matches()) {
                problems.add(Mistakes.absenceUnreadable(entry.at("absent_means"), written.get()));
                continue;
            }
            condition(entry, is.group(1), is.group(2)).ifPresent(unknownWhere::add);
        }
        return new Absence(absence.group(1).equals("none"), List.copyOf(unknownWhere));
    }

    private Optional<Condition> condition(Entry entry, String fact, String values) {
        FactType type = types.get(fact);
        if (type == null) {
            unknownFact(entry, "absent_means", fact);
            return Optional.empty();
        }
        Optional<UnaryTest> test =
                references.test(entry.at("absent_means"), String.join(", ", values.split(" or ")), type);
        return test.map(known -> new Condition(fact, known));
    }

    private void unknownFact(Entry entry, String key, String fact) {
        if (!references.broken.contains(fact)) {
            problems.add(Mistakes.nameUnknown(entry.at(key), fact, types.keySet()));
        }
    }

    private record HappensOn(Optional<String> day, List<String> codes) {}

    private HappensOn happensOn(String name, Entry entry) {
        Matcher happens = HAPPENS.matcher(entry.code("happens_on").orElse(""));
        if (!happens.matches()) {
            entry.code("happens_on")
                    .ifPresent(written ->
                            problems.add(Mistakes.nameMalformed(entry.at("happens_on"), written, Form.FACT)));
            return new HappensOn(Optional.empty(), List.of());
        }
        String day = happens.group(1);
        FactType type = types.get(day);
        if (type == null) {
            unknownFact(entry, "happens_on", day);
        } else if (!(type instanceof FactType.Day)) {
            problems.add(Mistakes.wrongType(entry.at("happens_on"), day, type.describe(), FactType.DAY.describe()));
        }
        List<String> codes = happens.group(2) == null ? List.of() : References.split(happens.group(2), "\\|");
        if (types.get(name) instanceof FactType.Code domain) {
            codes.stream()
                    .filter(code -> !domain.codes().contains(code))
                    .forEach(code -> problems.add(Mistakes.notInList(entry.at("happens_on"), code, domain.codes())));
        }
        return new HappensOn(Optional.of(day), codes);
    }

    /** Words of the service itself that people read: who knows a fact, units, the ways in which a clause is covered. */
    private static final Set<String> OF_THE_SERVICE = Set.of(
            "absent_means",
            "aggregation",
            "boolean",
            "certainty",
            "changeable_by",
            "coverage",
            "decidedBy",
            "hitPolicy",
            "kind",
            "known_by",
            "revisionState",
            "role",
            "severity",
            "type",
            "unit",
            "value");

    /** The codes that labels may be given to: of a fact, of a field of a list, of a type; for a list, the names of its fields. */
    private Map<String, List<String>> codesByName() {
        var codes = new LinkedHashMap<String, List<String>>();
        codes.put("RegistrationStatus", ((FactType.Code) FactType.REGISTRATION_STATUS).codes());
        types.forEach((name, type) -> {
            FactType element = type instanceof FactType.ListOf list ? list.element() : type;
            if (element instanceof FactType.Code code) {
                codes.put(name, code.codes());
            } else if (element instanceof FactType.RecordOf fields) {
                codes.put(name, List.copyOf(fields.fields().keySet()));
                fields.fields().forEach((field, of) -> {
                    if (of.type() instanceof FactType.Code code) {
                        codes.put(name + "." + field, code.codes());
                    }
                });
            } else if (element instanceof FactType.Text || element instanceof FactType.Numeric) {
                codes.put(name, List.of());
            }
        });
        return codes;
    }

    private Map<String, Map<String, Bilingual>> codes(List<Entry> rows) {
        var labels = new LinkedHashMap<String, Map<String, Bilingual>>();
        var seen = new LinkedHashMap<String, Entry>();
        Map<String, List<String>> domains = codesByName();
        for (Entry entry : rows) {
            Optional<String> fact = entry.required("fact");
            Optional<String> code = entry.required("code");
            Bilingual label = entry.requiredTexts("label");
            if (fact.isEmpty() || code.isEmpty()) {
                continue;
            }
            List<String> domain = domains.get(fact.get());
            boolean free =
                    fact.get().equals("*") || OF_THE_SERVICE.contains(fact.get()) || Form.ATTRIBUTE.fits(fact.get());
            if (domain == null && !free && references.mayBeJudged(fact.get())) {
                problems.add(Mistakes.nameUnknown(entry.at("fact"), fact.get(), domains.keySet()));
            } else if (domain != null && !domain.isEmpty() && !domain.contains(code.get())) {
                problems.add(Mistakes.notInList(entry.at("code"), code.get(), domain));
            }
            Entry same = seen.putIfAbsent(fact.get() + " " + code.get(), entry);
            if (same != null) {
                problems.add(Mistakes.duplicate(entry.at("code"), same.at("code"), code.get()));
            }
            labels.computeIfAbsent(fact.get(), none -> new LinkedHashMap<>()).putIfAbsent(code.get(), label);
        }
        return labels;
    }

    private Map<String, Bilingual> statuses(List<Entry> rows) {
        var labels = new LinkedHashMap<String, Bilingual>();
        var seen = new LinkedHashMap<String, Entry>();
        List<String> statuses = Arrays.stream(Status.values()).map(Enum::name).toList();
        for (Entry entry : rows) {
            Optional<String> status = entry.oneOf("status", statuses);
            Bilingual label = entry.requiredTexts("label");
            status.ifPresent(name -> {
                Entry same = seen.putIfAbsent(name, entry);
                if (same != null) {
                    problems.add(Mistakes.duplicate(entry.at("status"), same.at("status"), name));
                }
                labels.putIfAbsent(name, label);
            });
        }
        return labels;
    }
}
