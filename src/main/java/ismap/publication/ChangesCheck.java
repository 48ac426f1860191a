package ismap.publication;

import ismap.analysis.Diff;
import ismap.decision.Bilingual;
import ismap.decision.Place;
import ismap.decision.Problem;
import ismap.regression.Acknowledgement;
import ismap.regression.Scenario;
import ismap.regression.ScenarioChange;
import ismap.rulebook.Plan;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Every scenario of the base that the draft decides otherwise, and every one that it has lost: each is an error until somebody acknowledges
 * it by name. A scenario that the draft adds says by itself what it expects. Warnings of the rulebook can be acknowledged too.
 */
public final class ChangesCheck implements Check {

    /** The codes that other checks look for in the acknowledgements. */
    private static final Set<String> ELSEWHERE = Set.of(MutantsCheck.SURVIVES, ImpactCheck.DIFFERENT);

    private static final String OTHERWISE = "SCENARIO_DECIDED_OTHERWISE";
    private static final String LOST = "SCENARIO_LOST";

    private final Acknowledgement.Reader acknowledgements;
    private final Supplier<LocalDate> today;

    /** @param today the day on which an acknowledgement has to count */
    public ChangesCheck(Acknowledgement.Reader acknowledgements, Supplier<LocalDate> today) {
        this.acknowledgements = acknowledgements;
        this.today = today;
    }

    @Override
    public String name() {
        return "changes";
    }

    @Override
    public Result run(Subject subject, Progress progress) {
        return new Running(
                        subject,
                        new Acknowledgements(
                                acknowledgements.read(subject.files()).acknowledgements(), today.get()),
                        progress)
                .result();
    }

    private static final class Running {
        private final Subject subject;
        private final Acknowledgements acknowledged;
        private final Progress progress;
        private final List<Problem> problems = new ArrayList<>();
        private final List<Map<String, @Nullable Object>> list = new ArrayList<>();
        private int scenarios;
        private int decidedOtherwise;
        private int lost;
        private int added;

        Running(Subject subject, Acknowledgements acknowledged, Progress progress) {
            this.subject = subject;
            this.acknowledged = acknowledged;
            this.progress = progress;
        }

        Result result() {
            boolean compared = false;
            if (subject.base().isEmpty()) {
                problems.add(baseUnreadable());
            } else if (subject.checked().rulebook().isPresent()) {
                compare(subject.base().get(), subject.checked());
                compared = true;
            }
            int warnings = 0;
            int accepted = 0;
            for (Problem problem : subject.checked().problems()) {
                if (problem.severity() == Problem.Severity.WARNING) {
                    warnings++;
                    accepted += acknowledged.of(problem).isPresent() ? 1 : 0;
                }
            }
            if (compared) {
                problems.addAll(acknowledged.leftOver(ELSEWHERE));
            }
            var details = new LinkedHashMap<String, @Nullable Object>();
            details.put("compared", compared);
            details.put("scenarios", scenarios);
            details.put("decidedOtherwise", decidedOtherwise);
            details.put("lost", lost);
            details.put("added", added);
            details.put("warnings", warnings);
            details.put("warningsAcknowledged", accepted);
            details.put("acknowledgementsUsed", acknowledged.used());
            details.put("changes", List.copyOf(list));
            return new Result(problems, details);
        }

        private void compare(CheckedRulebook base, CheckedRulebook draft) {
            long total =
                    base.scenarios().values().stream().mapToLong(List::size).sum();
            base.scenarios().forEach((decision, all) -> {
                Plan before = base.plans().get(decision);
                Plan after = draft.plans().get(decision);
                Map<String, Scenario> now = byId(draft.scenarios().getOrDefault(decision, List.of()));
                boolean same = before != null && after != null && Diff.sameAnswers(before, after);
                for (Scenario scenario : all) {
                    scenarios++;
                    Optional<Scenario> kept = Optional.ofNullable(now.get(scenario.id()));
                    lost(decision, scenario, kept);
                    if (before != null && after != null && !same) {
                        otherwise(decision, scenario, kept, ScenarioChange.between(before, after, scenario));
                    }
                    progress.at(scenarios, total);
                }
            });
            draft.scenarios().forEach((decision, all) -> {
                Map<String, Scenario> before = byId(base.scenarios().getOrDefault(decision, List.of()));
                for (Scenario scenario : all) {
                    if (!before.containsKey(scenario.id())) {
                        added++;
                        list.add(form("ADDED", decision, scenario, Optional.empty(), List.of()));
                    }
                }
            });
        }

        private static Map<String, Scenario> byId(List<Scenario> scenarios) {
            var byId = new LinkedHashMap<String, Scenario>();
            scenarios.forEach(scenario -> byId.put(scenario.id(), scenario));
            return byId;
        }

        /** Gone, or another case under the same name. */
        private void lost(String decision, Scenario scenario, Optional<Scenario> kept) {
            boolean replaced = kept.isPresent()
                    && !(kept.get().facts().equals(scenario.facts())
                            && kept.get().asOf().equals(scenario.asOf()));
            if (kept.isPresent() && !replaced) {
                return;
            }
            lost++;
            String name = decision + " " + scenario.id();
            Optional<Acknowledgement> accepted = acknowledged.byName(LOST, name);
            list.add(form(replaced ? "REPLACED" : "DELETED", decision, scenario, accepted, List.of()));
            if (accepted.isEmpty()) {
                problems.add(Problem.error(
                                LOST,
                                place(decision, kept),
                                replaced
                                        ? new Bilingual(
                                                "シナリオ「%s」の事実又は対象日が、元の改定版のものと異なります。".formatted(title(scenario)),
                                                "The scenario %s is not the case that the base has under its name."
                                                        .formatted(title(scenario)))
                                        : new Bilingual(
                                                "元の改定版にあるシナリオ「%s」がありません。".formatted(title(scenario)),
                                                "The scenario %s of the base is gone.".formatted(title(scenario))),
                                replaced
                                        ? new Bilingual(
                                                "元に戻して新しい番号で加えるか、acknowledgements.xlsx で「%s」を承認してください。".formatted(name),
                                                "Restore it and give the new case a new id, or acknowledge \"%s\" in acknowledgements.xlsx."
                                                        .formatted(name))
                                        : new Bilingual(
                                                "元に戻すか、acknowledgements.xlsx で「%s」を承認してください。".formatted(name),
                                                "Restore it, or acknowledge \"%s\" in acknowledgements.xlsx."
                                                        .formatted(name)))
                        .value(name));
            }
        }

        private void otherwise(
                String decision, Scenario scenario, Optional<Scenario> kept, List<ScenarioChange> changes) {
            if (changes.isEmpty()) {
                return;
            }
            decidedOtherwise++;
            String name = decision + " " + scenario.id();
            Optional<Acknowledgement> accepted = acknowledged.byName(OTHERWISE, name);
            list.add(form("DECIDED_OTHERWISE", decision, scenario, accepted, changes));
            if (accepted.isEmpty()) {
                String said = String.join(
                        "; ", changes.stream().map(ScenarioChange::toString).toList());
                problems.add(Problem.error(
                                OTHERWISE,
                                place(decision, kept),
                                new Bilingual(
                                        "シナリオ「%s」の答えが変わります（%s）。".formatted(title(scenario), said),
                                        "The scenario %s is answered otherwise (%s).".formatted(title(scenario), said)),
                                new Bilingual(
                                        "意図した変更なら、acknowledgements.xlsx で「%s」を承認してください。".formatted(name),
                                        "If that is meant, acknowledge \"%s\" in acknowledgements.xlsx."
                                                .formatted(name)))
                        .value(name));
            }
        }

        private static String title(Scenario scenario) {
            return scenario.title();
        }

        private static Place place(String decision, Optional<Scenario> kept) {
            return kept.map(scenario -> scenario.places().get("id"))
                    .orElse(new Place.Cell("scenarios/" + decision + ".xlsx", "Scenarios", ""));
        }

        private static Map<String, @Nullable Object> form(
                String what,
                String decision,
                Scenario scenario,
                Optional<Acknowledgement> accepted,
                List<ScenarioChange> changes) {
            var form = new LinkedHashMap<String, @Nullable Object>();
            form.put("what", what);
            form.put("decision", decision);
            form.put("scenario", scenario.id());
            var sentence = new LinkedHashMap<String, @Nullable Object>();
            sentence.put("ja", scenario.sentence().ja());
            sentence.put("en", scenario.sentence().en());
            form.put("sentence", sentence);
            form.put("acknowledgedBy", accepted.map(Acknowledgement::who).orElse(null));
            form.put("reason", accepted.map(Acknowledgement::reason).orElse(null));
            form.put(
                    "differences",
                    changes.stream()
                            .map(change -> {
                                var difference = new LinkedHashMap<String, @Nullable Object>();
                                difference.put("kind", change.kind().name());
                                difference.put("about", change.about().isEmpty() ? null : change.about());
                                difference.put("before", change.before());
                                difference.put("after", change.after());
                                return difference;
                            })
                            .toList());
            return form;
        }

        private static Problem baseUnreadable() {
            return Problem.warning(
                    "BASE_UNREADABLE",
                    new Place.Cell("scenarios", "", ""),
                    new Bilingual(
                            "元の改定版を読み込めないため、変わるシナリオを調べられませんでした。",
                            "The base cannot be read any more; what becomes of its scenarios was not looked at."),
                    new Bilingual(
                            "公表中の改定版を元にして下書きを作り直してください（rebase）。", "Take the revision in force as the base (rebase)."));
        }
    }
}
