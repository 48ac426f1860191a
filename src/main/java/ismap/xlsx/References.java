package ismap.xlsx;

import ismap.decision.Bilingual;
import ismap.decision.Characters;
import ismap.decision.Citation;
import ismap.decision.Place;
import ismap.decision.Value;
import ismap.decision.WrittenDates;
import ismap.rulebook.ClauseRegister;
import ismap.rulebook.Condition;
import ismap.rulebook.Derivation;
import ismap.rulebook.FactDefinition;
import ismap.rulebook.FactType;
import ismap.rulebook.Names;
import ismap.rulebook.Parameter;
import ismap.rulebook.UnaryTest;
import ismap.rulebook.UnaryTests;
import ismap.rulebook.Vocabulary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What cells refer to, filled workbook by workbook in the order in which they depend on each other. Where a workbook could not be read
 * at all, what it would have defined is not reported as unknown.
 */
final class References {

    private static final Pattern PLACEHOLDER = Pattern.compile("[{｛]([^{}｛｝]*)[}｝]");

    private final Problems problems;
    final Map<String, Place> places = new LinkedHashMap<>();

    /** Names that are defined in a cell that could not be read; what uses them is not to blame. */
    final Set<String> broken = new LinkedHashSet<>();

    /** Tables with a row whose id could not be read. */
    final Set<String> withUnreadRows = new LinkedHashSet<>();

    /** Decisions whose workbook could not be read. */
    final Set<String> unreadDecisions = new LinkedHashSet<>();

    Vocabulary vocabulary = new Vocabulary(Map.of(), Map.of(), Map.of());
    ClauseRegister clauses = new ClauseRegister(Map.of(), List.of());
    final Map<String, Parameter> parameters = new LinkedHashMap<>();
    final Map<String, Derivation> derivations = new LinkedHashMap<>();
    boolean namesComplete = true;
    boolean clausesComplete = true;

    References(Problems problems) {
        this.problems = problems;
    }

    Names names(Set<String> rules) {
        return new Names(vocabulary, derivations, parameters, rules);
    }

    /** Everything that a column may be named, for suggestions. */
    Set<String> known(Set<String> rules) {
        var known = new LinkedHashSet<String>(List.of(Names.AS_OF, Names.APPLICABLE_DAY));
        for (FactDefinition fact : vocabulary.facts().values()) {
            known.add(fact.name());
            if (fact.type() instanceof FactType.ListOf list) {
                (list.element() instanceof FactType.RecordOf fields
                                ? fields.fields().keySet()
                                : Set.of(Names.PLAIN_ELEMENT))
                        .forEach(field -> known.add(fact.name() + "." + field));
            }
        }
        known.addAll(derivations.keySet());
        known.addAll(rules);
        return known;
    }

    boolean isKnown(String name, Set<String> rules) {
        return derivations.containsKey(name) || names(rules).typeOf(name).isPresent();
    }

    /** Whether a name that is not known is its user's mistake; it is not where its definition could not be read. */
    boolean mayBeJudged(String name) {
        int dot = name.indexOf('.');
        return namesComplete && !broken.contains(name) && (dot < 0 || !broken.contains(name.substring(0, dot)));
    }

    /** Says that {@code name} stands for nothing, unless its definition is what could not be read. */
    void unknown(Place at, String name, Set<String> rules) {
        if (mayBeJudged(name)) {
            problems.add(Mistakes.nameUnknown(at, name, known(rules)));
        }
    }

    /** The type of a name in a cell; a problem where there is none. */
    Optional<FactType> type(Place at, String name, Set<String> rules) {
        Optional<FactType> type = names(rules).typeOf(name);
        // An expression without a type is told once, where it stands, by the checker.
        if (type.isEmpty() && !derivations.containsKey(name)) {
            unknown(at, name, rules);
        }
        return type;
    }

    /** The name of a date in a cell. */
    Optional<String> dayFact(Entry entry, String key) {
        Optional<String> name = entry.code(key);
        name.flatMap(day -> type(entry.at(key), day, Set.of()))
                .filter(type -> !(type instanceof FactType.Day))
                .ifPresent(type -> problems.add(
                        Mistakes.wrongType(entry.at(key), name.orElse(""), type.describe(), FactType.DAY.describe())));
        return name;
    }

    Optional<Citation> citation(Entry entry, String key) {
        Optional<String> written = entry.code(key);
        if (written.isEmpty()) {
            return Optional.empty();
        }
        String[] parts = written.get().split("\\s+", 2);
        String clause = parts.length > 1 ? parts[1] : "";
        ClauseRegister.Document document = clauses.documents().get(parts[0]);
        if (document != null && clauses.find(parts[0], clause).isPresent()) {
            return Optional.of(new Citation(parts[0], clause, document.edition()));
        }
        if (clausesComplete && clauses.find(parts[0], clause).isEmpty()) {
            problems.add(Mistakes.clauseUnknown(
                    entry.at(key),
                    written.get(),
                    clauses.clauses().stream()
                            .map(known -> known.document() + " " + known.clause())
                            .toList()));
        }
        return Optional.empty();
    }

    /** The test in a cell of a column of {@code type}; empty where it cannot be read. A blank cell is any. */
    Optional<UnaryTest> test(Entry entry, String key, FactType type) {
        Optional<Content> content = entry.content(key);
        if (content.isEmpty()) {
            return entry.isBlank(key) ? Optional.of(UnaryTest.ANY) : Optional.empty();
        }
        if (content.get() instanceof Content.Text text) {
            return test(entry.at(key), text.text(), type);
        }
        return constant(entry, key, content.get(), type).map(value -> new UnaryTest.OneOf(List.of(value)));
    }

    /** The test that a part of a cell states. */
    Optional<UnaryTest> test(Place at, String text, FactType type) {
        try {
            return Optional.of(new UnaryTests(type, parameters.keySet()).read(isoDays(text, type)));
        } catch (UnaryTests.Unreadable unreadable) {
            problems.add(Mistakes.unreadableCell(
                    Codes.CONDITION_UNREADABLE, at, text, unreadable.message(), unreadable.advice(), type.describe()));
        } catch (WrittenDates.NoSuchDay impossible) {
            problems.add(Mistakes.dateInvalid(at, text));
        }
        return Optional.empty();
    }

    private static String isoDays(String text, FactType type) throws WrittenDates.NoSuchDay {
        FactType element = type instanceof FactType.ListOf list ? list.element() : type;
        return element instanceof FactType.Day ? WrittenDates.withIsoDays(text) : text;
    }

    /** The value in a cell; {@code none} is none. Empty where it is blank or cannot be read. */
    Optional<Value> value(Entry entry, String key, FactType type) {
        Optional<Content> content = entry.content(key);
        if (content.isEmpty() || !(content.get() instanceof Content.Text text)) {
            return content.flatMap(found -> constant(entry, key, found, type));
        }
        if (List.of("none", "なし").contains(Characters.code(text.text()))) {
            return Optional.of(Value.NONE);
        }
        try {
            return Optional.of(new UnaryTests(type, Set.of()).constant(isoDays(text.text(), type)));
        } catch (UnaryTests.Unreadable unreadable) {
            problems.add(Mistakes.unreadableCell(
                    Codes.VALUE_UNREADABLE,
                    entry.at(key),
                    text.text(),
                    unreadable.message(),
                    unreadable.advice(),
                    type.describe()));
        } catch (WrittenDates.NoSuchDay impossible) {
            problems.add(Mistakes.dateInvalid(entry.at(key), text.text()));
        }
        return Optional.empty();
    }

    /** A cell that is a number, a day or a truth value by itself stands for it where the column is of that type. */
    private Optional<Value> constant(Entry entry, String key, Content content, FactType type) {
        if (content instanceof Content.Number number && type instanceof FactType.Numeric) {
            return Optional.of(new Value.Number(number.value()));
        }
        if (content instanceof Content.Day day && type instanceof FactType.Day) {
            return Optional.of(Value.of(day.day()));
        }
        if (content instanceof Content.Truth truth && type instanceof FactType.Truth) {
            return Optional.of(Value.of(truth.value()));
        }
        if (type instanceof FactType.Day) {
            problems.add(
                    content instanceof Content.Number number && Entry.looksLikeDay(number)
                            ? Mistakes.dateSerial(entry.at(key), content.toString())
                            : Mistakes.dateExpected(entry.at(key), content.toString()));
        } else if (type instanceof FactType.Numeric) {
            problems.add(Mistakes.numberExpected(entry.at(key), content.toString()));
        } else {
            problems.add(Mistakes.textExpected(entry.at(key), content.toString()));
        }
        return Optional.empty();
    }

    /** {@code fact: test; fact: test}; blank is no condition. */
    List<Condition> conditions(Entry entry, String key, Function<String, Optional<FactType>> types) {
        var conditions = new ArrayList<Condition>();
        Optional<String> written = entry.code(key);
        for (String part : written.orElse("").split(";")) {
            if (part.isBlank()) {
                continue;
            }
            int colon = part.indexOf(':');
            if (colon < 0) {
                problems.add(Mistakes.unreadableCell(
                        Codes.CONDITION_UNREADABLE,
                        entry.at(key),
                        part.strip(),
                        new Bilingual("条件に「:」がありません。", "The condition has no \":\"."),
                        new Bilingual(
                                "scheme: ISMAP_LIU のように、事実の名前と条件を : で区切って書いてください。",
                                "Write the fact, a colon and the test: scheme: ISMAP_LIU."),
                        "fact: test"));
                continue;
            }
            String fact = part.substring(0, colon).strip();
            types.apply(fact)
                    .flatMap(type ->
                            test(entry.at(key), part.substring(colon + 1).strip(), type))
                    .ifPresent(test -> conditions.add(new Condition(fact, test)));
        }
        return List.copyOf(conditions);
    }

    /** The texts with {@code ｛name｝} as {@code {name}}; a problem for every placeholder that names nothing. */
    Bilingual message(Bilingual texts, Place ja, Place en, Set<String> rules) {
        return new Bilingual(placeholders(texts.ja(), ja, rules), placeholders(texts.en(), en, rules));
    }

    private String placeholders(String text, Place at, Set<String> rules) {
        Matcher placeholder = PLACEHOLDER.matcher(text);
        return placeholder.replaceAll(found -> {
            String name = Characters.code(found.group(1));
            if (!isKnown(name, rules) && mayBeJudged(name)) {
                problems.add(Mistakes.placeholderUnknown(at, name, known(rules)));
            }
            return Matcher.quoteReplacement("{" + name + "}");
        });
    }

    /** The places of a rule's table in the decision that lends it are those in the one that borrows it. */
    void lend(String lender, String borrower, String rule) {
        for (String kind : List.of("table", "text", "row", "cell")) {
            String home = kind + ":" + lender + ":" + rule;
            List.copyOf(places.entrySet()).stream()
                    .filter(entry -> entry.getKey().equals(home)
                            || entry.getKey().startsWith(home + "/")
                            || entry.getKey().startsWith(home + ":"))
                    .forEach(entry -> place(
                            kind + ":" + borrower + entry.getKey().substring(kind.length() + 1 + lender.length()),
                            entry.getValue()));
        }
    }

    void place(String key, Place at) {
        places.putIfAbsent(key, at);
    }

    /** Splits at {@code separator}; blank parts are left out. */
    static List<String> split(String text, String separator) {
        return Stream.of(text.split(separator))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }
}
