package ismap.selfcheck;

import io.micronaut.http.HttpStatus;
import ismap.decision.Bilingual;
import ismap.decision.Place;
import ismap.decision.Problem;
import ismap.evaluation.ActiveRulebook;
import ismap.evaluation.Planner;
import ismap.evaluation.Planning;
import ismap.evaluation.Schedule;
import ismap.pages.PlannerPage;
import ismap.pages.QuestionField;
import ismap.pages.QuestionField.Kind;
import ismap.pages.QuestionField.Option;
import ismap.pages.Said;
import ismap.rulebook.FactDefinition;
import ismap.rulebook.FactType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was entered for one of the two plans, and what came of it. */
final class PlanForm {

    static final List<String> KEYS = List.of("a", "b");

    private static final String NAME = "name";
    private static final List<String> CHOICES = List.of("scheme", "applicationKind");
    private static final Map<String, String> CHOSEN = Map.of("scheme", "ISMAP", "applicationKind", "NEW");
    private static final int LONGEST_NAME = 100;

    private final String key;
    private final ActiveRulebook by;
    private final Map<String, String> typed;
    private final Map<String, Bilingual> wrong = new LinkedHashMap<>();
    private Optional<Schedule> schedule = Optional.empty();

    private PlanForm(String key, ActiveRulebook by, Map<String, String> typed) {
        this.key = key;
        this.by = by;
        this.typed = typed;
    }

    static PlanForm blank(String key, ActiveRulebook by) {
        return new PlanForm(key, by, new LinkedHashMap<>(CHOSEN));
    }

    static PlanForm of(String key, FormBody form, ActiveRulebook by) {
        var typed = new LinkedHashMap<>(CHOSEN);
        for (String fact : CHOICES) {
            if (!form.get(key + "." + fact).isBlank()) {
                typed.put(fact, form.get(key + "." + fact));
            }
        }
        String name = form.get(key + "." + NAME);
        typed.put(NAME, name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name);
        for (String fact : Planner.DAYS) {
            typed.put(fact, form.get(key + "." + fact));
        }
        return new PlanForm(key, by, typed);
    }

    String key() {
        return key;
    }

    /** Whether no day was entered. */
    boolean isBlank() {
        return Planner.DAYS.stream().allMatch(fact -> typed(fact).isBlank());
    }

    private String typed(String name) {
        return typed.getOrDefault(name, "");
    }

    Bilingual title() {
        String letter = key.toUpperCase(java.util.Locale.ROOT);
        String name = typed(NAME);
        return new Bilingual(
                "計画" + letter + (name.isBlank() ? "" : "：" + name),
                "Plan " + letter + (name.isBlank() ? "" : ": " + name));
    }

    /** As the planner takes it; a day that cannot be read stands as it was typed, so that all mistakes come back at once. */
    Map<String, Object> request() {
        var facts = new LinkedHashMap<String, Object>();
        CHOICES.forEach(fact -> facts.put(fact, typed(fact)));
        for (String fact : Planner.DAYS) {
            String text = typed(fact);
            Optional<String> day = Questions.day(fact, text, wrong);
            if (!text.isBlank()) {
                facts.put(fact, day.orElse(text));
            }
        }
        return Map.of("facts", facts, "reference", Map.of("service", typed(NAME)));
    }

    PlanForm with(Planning planning) {
        planning.as(new Reading());
        return this;
    }

    Optional<Schedule> schedule() {
        return schedule;
    }

    List<PlannerPage.Mistake> mistakes() {
        var mistakes = new ArrayList<PlannerPage.Mistake>();
        wrong.forEach((fact, message) -> {
            Bilingual label = label(fact);
            mistakes.add(new PlannerPage.Mistake(
                    field(fact).target(),
                    new Bilingual(
                            title().ja() + "「" + label.ja() + "」：" + message.ja(),
                            title().en() + ", " + label.en() + ": " + message.en())));
        });
        return mistakes;
    }

    PlannerPage.Side side() {
        var fields = new ArrayList<QuestionField>();
        fields.add(field(NAME));
        CHOICES.forEach(fact -> fields.add(field(fact)));
        Planner.DAYS.forEach(fact -> fields.add(field(fact)));
        return new PlannerPage.Side(
                key,
                new Bilingual(key.equals("a") ? "計画A" : "計画B（任意）", key.equals("a") ? "Plan A" : "Plan B (optional)"),
                fields);
    }

    private QuestionField field(String name) {
        boolean chosen = CHOICES.contains(name);
        boolean day = Planner.DAYS.contains(name);
        return new QuestionField(
                chosen ? Kind.RADIOS : day ? Kind.DAY : Kind.TEXT,
                key + "." + name,
                label(name),
                !chosen,
                chosen ? options(name) : List.of(),
                List.of(typed(name)),
                Optional.ofNullable(wrong.get(name)),
                day ? Questions.echo(typed(name)) : Optional.empty());
    }

    private List<Option> options(String fact) {
        var said = new Said(by.rulebook());
        return by.rulebook()
                .vocabulary()
                .fact(fact)
                .map(FactDefinition::type)
                .filter(FactType.Code.class::isInstance)
                .map(type -> ((FactType.Code) type)
                        .codes().stream()
                                .map(code -> new Option(code, said.label(fact, code), false))
                                .toList())
                .orElse(List.of());
    }

    private Bilingual label(String name) {
        return name.equals(NAME)
                ? new Bilingual("計画の名前（サービスの名称など）", "Name of the plan (such as that of the service)")
                : new Said(by.rulebook()).name(name);
    }

    /** What came of planning, beside the fields that it is about. */
    private final class Reading implements Planning.Cases<Boolean> {
        @Override
        public Boolean planned(Schedule planned) {
            schedule = Optional.of(planned);
            return true;
        }

        @Override
        public Boolean invalid(List<Problem> problems) {
            problems.stream().filter(Problem::isError).forEach(problem -> {
                String pointer = problem.places().get(0) instanceof Place.Pointer at ? at.pointer() : "";
                String fact = pointer.substring(pointer.lastIndexOf('/') + 1);
                wrong.putIfAbsent(
                        Planner.DAYS.contains(fact) || CHOICES.contains(fact) ? fact : NAME,
                        new Bilingual(
                                problem.message().ja() + problem.advice().ja(),
                                problem.message().en() + " " + problem.advice().en()));
            });
            return false;
        }

        @Override
        public Boolean failed() {
            throw new Refused(HttpStatus.SERVICE_UNAVAILABLE, Refused.FAILED, 5);
        }

        @Override
        public Boolean noRulebook() {
            throw new Refused(HttpStatus.SERVICE_UNAVAILABLE, Refused.NO_RULEBOOK, 5);
        }
    }
}
