package ismap.publication;

import ismap.analysis.Mutant;
import ismap.analysis.MutationScore;
import ismap.analysis.MutationScore.Survivor;
import ismap.analysis.Region;
import ismap.decision.Bilingual;
import ismap.decision.Place;
import ismap.decision.Problem;
import ismap.regression.Acknowledgement;
import ismap.rulebook.SourceMap;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How many small mistakes in the tables the scenarios would notice: a sample, the same each time. A bar only where a threshold is set. */
public final class MutantsCheck implements Check {

    static final String SURVIVES = "MUTANT_SURVIVES";

    /** So many mistakes are made in a check: about ten seconds. */
    public static final int SAMPLE = 300;

    private final int sample;
    private final OptionalInt threshold;
    private final Acknowledgement.Reader acknowledgements;
    private final Supplier<LocalDate> today;

    /** @param threshold the least score, in percent; empty for none */
    public MutantsCheck(
            int sample, OptionalInt threshold, Acknowledgement.Reader acknowledgements, Supplier<LocalDate> today) {
        this.sample = sample;
        this.threshold = threshold;
        this.acknowledgements = acknowledgements;
        this.today = today;
    }

    @Override
    public String name() {
        return "mutants";
    }

    @Override
    public Result run(Subject subject, Progress progress) {
        CheckedRulebook checked = subject.checked();
        if (checked.rulebook().isEmpty()) {
            return new Result(java.util.List.of(), Map.of("tried", 0));
        }
        MutationScore.Result score = new MutationScore(checked.rulebook().get(), checked.plans(), checked.scenarios())
                .run(sample, progress::at);
        var accepted =
                new Acknowledgements(acknowledgements.read(subject.files()).acknowledgements(), today.get());
        var problems = new ArrayList<Problem>();
        int acknowledged = 0;
        for (Survivor survivor : score.survivors()) {
            Problem problem = survives(survivor, checked.sources());
            boolean isAccepted =
                    accepted.byName(SURVIVES, survivor.mutant().id()).isPresent()
                            || accepted.of(problem).isPresent();
            acknowledged += isAccepted ? 1 : 0;
            if (!isAccepted) {
                problems.add(problem);
            }
        }
        if (threshold.isPresent() && score.percent() < threshold.getAsInt()) {
            problems.add(0, low(score.percent(), threshold.getAsInt()));
        }
        Map<String, @Nullable Object> details = form(score);
        details.put("acknowledged", acknowledged);
        return new Result(problems, details);
    }

    /** Counts first. */
    public static Map<String, @Nullable Object> form(MutationScore.Result score) {
        var details = new LinkedHashMap<String, @Nullable Object>();
        details.put("percent", score.percent());
        details.put("possible", score.possible());
        details.put("tried", score.tried());
        details.put("killed", score.killed());
        details.put("survived", score.survivors().size());
        details.put("equivalent", score.equivalent().size());
        details.put(
                "survivors",
                score.survivors().stream().map(MutantsCheck::survivor).toList());
        details.put(
                "undistinguished", score.equivalent().stream().map(Mutant::id).toList());
        return details;
    }

    private static Map<String, @Nullable Object> survivor(Survivor survivor) {
        var form = new LinkedHashMap<String, @Nullable Object>();
        form.put("mutant", survivor.mutant().id());
        form.put("decision", survivor.decision());
        form.put("row", survivor.mutant().row());
        form.put("kind", survivor.mutant().kind().name());
        form.put("example", survivor.example().map(MutantsCheck::example).orElse(null));
        return form;
    }

    private static Map<String, @Nullable Object> example(Region region) {
        var form = new LinkedHashMap<String, @Nullable Object>();
        form.put("asOf", region.example().asOf().toString());
        form.put("facts", region.example().facts());
        form.put("what", (region.name() + " " + region.before() + " → " + region.after()).strip());
        return form;
    }

    private static Problem survives(Survivor survivor, SourceMap sources) {
        Mutant mutant = survivor.mutant();
        String decision = survivor.decision();
        Place row = sources.of("row:" + decision + ":" + mutant.row(), "table:" + decision + ":" + mutant.table());
        Place cell = mutant.column().isEmpty()
                ? row
                : Optional.ofNullable(
                                sources.places().get("cell:" + decision + ":" + mutant.row() + ":" + mutant.column()))
                        .orElse(row);
        String example = survivor.example()
                .map(region -> "asOf %s, %s"
                        .formatted(
                                region.example().asOf(),
                                DiffMarkdown.json(region.example().facts())))
                .orElse("");
        return Problem.warning(
                        SURVIVES,
                        cell,
                        new Bilingual(
                                "ここが誤っていても、気付くシナリオがありません: %s".formatted(mutant.id()),
                                "No scenario would notice this mistake: %s".formatted(mutant.id())),
                        new Bilingual(
                                "この事実のシナリオを加えてください: %s".formatted(example),
                                "Add a scenario with these facts: %s".formatted(example)))
                .value(mutant.id());
    }

    private static Problem low(int percent, int threshold) {
        return Problem.error(
                        "MUTATION_SCORE_LOW",
                        new Place.Cell("scenarios", "", ""),
                        new Bilingual(
                                "シナリオが気付く誤りの割合は %d%% で、定められた %d%% に届きません。".formatted(percent, threshold),
                                "The scenarios notice %d %% of mistakes; %d %% are due.".formatted(percent, threshold)),
                        new Bilingual("示された例をシナリオに加えてください。", "Make scenarios of the examples that are given."))
                .value(percent + "%")
                .expected("at least " + threshold + "%");
    }
}
