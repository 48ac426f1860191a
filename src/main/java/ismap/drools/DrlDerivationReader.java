package ismap.drools;

import ismap.decision.Bilingual;
import ismap.decision.Place;
import ismap.decision.Problem;
import ismap.decision.Value;
import ismap.rulebook.ClauseRegister;
import ismap.rulebook.Derivation;
import ismap.rulebook.DerivationReader;
import ismap.rulebook.Expression;
import ismap.rulebook.Function;
import ismap.rulebook.RulebookFiles;
import ismap.rulebook.Vocabulary;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads {@code rules/*.drl}: derivations in a subset of Drools' own notation, see {@code docs/drl.md}. The rules that derive one name
 * become one derivation: the first whose conditions hold says the value, and none of them holding, it is none.
 */
public final class DrlDerivationReader implements DerivationReader {

    private static final int MOST_BYTES = 200_000;
    private static final int MOST_RULES_A_NAME = 20;
    private static final Expression TRUE = new Expression.Literal(Value.of(true));
    private static final Expression FALSE = new Expression.Literal(Value.of(false));
    private static final Expression NONE = new Expression.Literal(Value.NONE);

    @Override
    public Read read(RulebookFiles files, Vocabulary vocabulary, ClauseRegister clauses, Set<String> parameters) {
        var derivations = new LinkedHashMap<String, Derivation>();
        var places = new HashMap<String, Place>();
        var problems = new ArrayList<Problem>();
        files.contents().forEach((path, bytes) -> {
            if (path.startsWith("rules/") && path.endsWith(".drl")) {
                var found = new ArrayList<Problem>();
                text(path, bytes, found).ifPresent(text -> {
                    List<DrlRule> rules = new DrlRuleParser(path, text, vocabulary, clauses, parameters, found).rules();
                    derive(path, rules, derivations, places, found);
                });
                found.sort(Comparator.comparingInt(DrlDerivationReader::line));
                problems.addAll(found);
            }
        });
        return new Read(List.copyOf(derivations.values()), Map.copyOf(places), List.copyOf(problems));
    }

    private static int line(Problem problem) {
        return problem.places().get(0) instanceof Place.Line line ? line.line() : 0;
    }

    private static Optional<String> text(String path, byte[] bytes, List<Problem> problems) {
        if (bytes.length > MOST_BYTES) {
            problems.add(problem(
                    "DRL_TOO_LARGE",
                    path,
                    1,
                    "ファイルが大きすぎます（%d バイト、上限 %d）。".formatted(bytes.length, MOST_BYTES),
                    "The file is too large (%d bytes of at most %d).".formatted(bytes.length, MOST_BYTES),
                    "ファイルを分けてください。",
                    "Divide the file."));
            return Optional.empty();
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return Optional.of(text.startsWith("\uFEFF") ? text.substring(1) : text);
        } catch (CharacterCodingException notText) {
            problems.add(problem(
                    "DRL_ENCODING",
                    path,
                    1,
                    "UTF-8 の文字として読めません。",
                    "The file is not UTF-8 text.",
                    "UTF-8 で保存してください。",
                    "Save it as UTF-8."));
            return Optional.empty();
        }
    }

    private static void derive(
            String path,
            List<DrlRule> rules,
            Map<String, Derivation> derivations,
            Map<String, Place> places,
            List<Problem> problems) {
        var byName = new LinkedHashMap<String, List<DrlRule>>();
        rules.forEach(rule -> byName.computeIfAbsent(rule.derived(), name -> new ArrayList<>())
                .add(rule));
        byName.forEach((name, same) -> {
            int line = same.get(0).line();
            Place elsewhere = places.get("derivation:" + name);
            if (elsewhere != null) {
                problems.add(problem(
                                "DERIVED_TWICE",
                                path,
                                line,
                                "「%s」は別のファイルでも導出されています。".formatted(name),
                                "Another file derives \"%s\" too.".formatted(name),
                                "一つの名前の規則は一つのファイルにまとめてください。",
                                "Keep the rules of one name in one file.")
                        .also(elsewhere));
                return;
            }
            problems.addAll(unreachable(path, same));
            places.put("derivation:" + name, new Place.Line(path, line));
            derivations.put(
                    name,
                    new Derivation(
                            name,
                            together(same),
                            same.get(0).citation(),
                            same.stream()
                                    .flatMap(rule -> rule.assumption().stream())
                                    .findFirst(),
                            Bilingual.EMPTY,
                            String.join("; ", same.stream().map(DrlRule::name).toList())));
        });
    }

    /** Rules behind one that always applies, or behind one with the very same conditions; and more than can be followed. */
    private static List<Problem> unreachable(String path, List<DrlRule> rules) {
        var problems = new ArrayList<Problem>();
        for (int i = 1; i < rules.size(); i++) {
            DrlRule rule = rules.get(i);
            boolean covered = rules.subList(0, i).stream()
                    .map(DrlDerivationReader::condition)
                    .anyMatch(earlier -> earlier.isEmpty() || earlier.equals(condition(rule)));
            if (covered) {
                problems.add(problem(
                        "DRL_UNREACHABLE",
                        path,
                        rule.line(),
                        "規則「%s」が当てはまる前に、同じ事実を導出する規則が必ず当てはまります。".formatted(rule.name()),
                        "An earlier rule for the same fact applies wherever \"%s\" does.".formatted(rule.name()),
                        "条件を見直すか、規則を消してください。先に書かれた規則が優先します。",
                        "Change the conditions or remove the rule; the earlier rule wins."));
            }
        }
        if (rules.size() > MOST_RULES_A_NAME) {
            problems.add(problem(
                    "DRL_TOO_LARGE",
                    path,
                    rules.get(MOST_RULES_A_NAME).line(),
                    "「%s」を導出する規則が多すぎます（%d まで）。".formatted(rules.get(0).derived(), MOST_RULES_A_NAME),
                    "Too many rules derive \"%s\" (at most %d)."
                            .formatted(rules.get(0).derived(), MOST_RULES_A_NAME),
                    "判定表にしてください。",
                    "Make it a table."));
        }
        return problems;
    }

    // Rules as expressions -------------------------------------------------------------------------------------------

    private static Expression together(List<DrlRule> rules) {
        Optional<Expression> pair = rules.size() == 2 ? oppositePair(rules.get(0), rules.get(1)) : Optional.empty();
        if (pair.isPresent()) {
            return pair.get();
        }
        Expression otherwise = NONE;
        for (int i = rules.size() - 1; i >= 0; i--) {
            otherwise = choose(condition(rules.get(i)), rules.get(i).expression(), otherwise);
        }
        return otherwise;
    }

    /** Two rules that differ in {@code exists} against {@code not} alone: one of them applies, and it is enough to ask once. */
    private static Optional<Expression> oppositePair(DrlRule one, DrlRule other) {
        boolean opposite = one.exists().isPresent()
                && one.exists().equals(other.exists())
                && one.absent() != other.absent()
                && one.conditions().equals(other.conditions());
        if (!opposite) {
            return Optional.empty();
        }
        Expression exists = one.exists().get();
        Expression where = one.absent() ? other.expression() : one.expression();
        Expression elsewhere = one.absent() ? one.expression() : other.expression();
        Expression said = where.equals(TRUE) && elsewhere.equals(FALSE)
                ? exists
                : where.equals(FALSE) && elsewhere.equals(TRUE)
                        ? call(Function.NOT, exists)
                        : call(Function.CHOOSE, exists, where, elsewhere);
        return Optional.of(choose(all(one.conditions()), said, NONE));
    }

    private static Optional<Expression> condition(DrlRule rule) {
        var conditions = new ArrayList<>(rule.conditions());
        rule.exists().ifPresent(exists -> conditions.add(rule.absent() ? call(Function.NOT, exists) : exists));
        return all(conditions);
    }

    /** All of the conditions; empty where there is none. */
    private static Optional<Expression> all(List<Expression> conditions) {
        if (conditions.size() < 2) {
            return conditions.stream().findFirst();
        }
        return Optional.of(new Expression.Call(Function.ALL, conditions));
    }

    private static Expression choose(Optional<Expression> condition, Expression yes, Expression no) {
        return condition.map(asked -> call(Function.CHOOSE, asked, yes, no)).orElse(yes);
    }

    private static Expression call(Function function, Expression... arguments) {
        return new Expression.Call(function, List.of(arguments));
    }

    private static Problem problem(
            String code, String path, int line, String ja, String en, String adviceJa, String adviceEn) {
        return Problem.error(
                code, new Place.Line(path, line), new Bilingual(ja, en), new Bilingual(adviceJa, adviceEn));
    }
}
