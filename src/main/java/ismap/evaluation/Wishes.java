package ismap.evaluation;

import static ismap.evaluation.RequestProblems.escaped;
import static ismap.evaluation.RequestProblems.shown;

import ismap.decision.Bilingual;
import ismap.decision.Problem;
import ismap.rulebook.Plan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a request may say beside the case, where more is asked than a decision: who asks, and what they have said they do not know.
 *
 * @param who the code as it was sent; empty where it was left out
 * @param rest the request without these fields
 */
record Wishes(Optional<Object> who, @Nullable Object unknown, @Nullable Object rest) {

    private static final String FOR = "for";
    private static final String UNKNOWN = "unknown";

    static Wishes of(@Nullable Object json) {
        if (!(json instanceof Map<?, ?> fields)) {
            return new Wishes(Optional.empty(), null, json);
        }
        var rest = new LinkedHashMap<Object, @Nullable Object>();
        fields.forEach((name, value) -> {
            if (!FOR.equals(name) && !UNKNOWN.equals(name)) {
                rest.put(name, value);
            }
        });
        return new Wishes(Optional.ofNullable(fields.get(FOR)), fields.get(UNKNOWN), rest);
    }

    /** Who asks, where it was said and no problem. */
    Optional<String> asker() {
        return who.filter(String.class::isInstance).map(String.class::cast);
    }

    /** What they do not know, where no problem was found. */
    Set<String> notKnown() {
        var names = new LinkedHashSet<String>();
        if (unknown instanceof List<?> list) {
            list.forEach(name -> names.add(String.valueOf(name)));
        }
        return names;
    }

    /** @param codes of a vocabulary: who may ask */
    List<Problem> problems(Plan plan, Function<Plan, Set<String>> codes) {
        var problems = new ArrayList<Problem>();
        Set<String> known = new TreeSet<>(codes.apply(plan));
        who.filter(code -> !(code instanceof String text && known.contains(text)))
                .ifPresent(code -> problems.add(RequestProblems.wrongValue(
                        "/" + FOR,
                        code instanceof Map ? "{…}" : code instanceof List ? "[…]" : code.toString(),
                        String.join("|", known))));
        if (unknown instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                String name = String.valueOf(list.get(i));
                if (!(list.get(i) instanceof String)
                        || plan.rulebook().vocabulary().fact(name).isEmpty()) {
                    problems.add(unknownFact(plan, i, name));
                }
            }
        } else if (unknown != null) {
            problems.add(RequestProblems.wrongValue("/" + UNKNOWN, shown(unknown.toString()), "a list of names of facts"));
        }
        return problems;
    }

    private static Problem unknownFact(Plan plan, int index, String name) {
        return RequestProblems.of(
                "UNKNOWN_FACT",
                "/" + UNKNOWN + "/" + escaped(String.valueOf(index)),
                name,
                "a fact of the vocabulary",
                new Bilingual(
                        "「%s」という事実は語彙にありません。".formatted(shown(name)),
                        "There is no fact \"%s\" in the vocabulary.".formatted(shown(name))),
                new Bilingual(
                        "使える名前は GET /api/v1/decisions/%s/schema にあります。"
                                .formatted(plan.decision().name()),
                        "See GET /api/v1/decisions/%s/schema for the names."
                                .formatted(plan.decision().name())));
    }
}
