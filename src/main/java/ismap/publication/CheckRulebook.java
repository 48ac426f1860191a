package ismap.publication;

import ismap.decision.Bilingual;
import ismap.decision.Place;
import ismap.decision.Problem;
import ismap.regression.Scenario;
import ismap.regression.ScenarioParser;
import ismap.regression.ScenarioText;
import ismap.rulebook.LoadedRulebook;
import ismap.rulebook.Plan;
import ismap.rulebook.Rulebook;
import ismap.rulebook.RulebookChecker;
import ismap.rulebook.RulebookFiles;
import ismap.rulebook.SourceMap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads the files of a rulebook and looks for everything that is wrong with it and with its scenarios, all at once. */
public final class CheckRulebook {

    private final Function<RulebookFiles, LoadedRulebook> rulebooks;
    private final ScenarioText.Reader scenarios;

    public CheckRulebook(Function<RulebookFiles, LoadedRulebook> rulebooks, ScenarioText.Reader scenarios) {
        this.rulebooks = rulebooks;
        this.scenarios = scenarios;
    }

    public CheckedRulebook check(RulebookFiles files) {
        LoadedRulebook loaded = rulebooks.apply(files);
        // A reader may have asked the checker too.
        var problems = new LinkedHashSet<>(loaded.problems());
        loaded.rulebook().ifPresent(rulebook -> problems.addAll(RulebookChecker.check(rulebook, loaded.sources())));
        Optional<Rulebook> rulebook =
                loaded.rulebook().filter(read -> problems.stream().noneMatch(Problem::isError));
        Map<String, Plan> plans = new LinkedHashMap<>();
        rulebook.ifPresent(read ->
                read.decisions().values().forEach(decision -> plans.put(decision.name(), Plan.of(read, decision))));
        var parsed = new LinkedHashMap<String, List<Scenario>>();
        scenarios.read(files).forEach((decision, sheet) -> {
            problems.addAll(sheet.problems());
            Plan plan = plans.get(decision);
            if (plan != null) {
                ScenarioParser.Parsed read = ScenarioParser.parse(plan, sheet.lines());
                parsed.put(decision, read.scenarios());
                problems.addAll(read.problems());
            } else if (rulebook.isPresent()) {
                problems.add(noSuchDecision(decision, sheet, loaded.sources()));
            }
        });
        return new CheckedRulebook(rulebook, loaded.sources(), plans, parsed, new ArrayList<>(problems));
    }

    private static Problem noSuchDecision(String decision, ScenarioText.Sheet sheet, SourceMap sources) {
        Place place = sheet.lines().stream()
                .flatMap(line -> line.places().values().stream())
                .findFirst()
                .orElse(sources.of("scenarios:" + decision));
        return Problem.error(
                        "SCENARIOS_WITHOUT_DECISION",
                        place instanceof Place.Cell cell ? new Place.Cell(cell.workbook(), "", "") : place,
                        new Bilingual(
                                "シナリオの対象となる判断「%s」がありません。".formatted(decision),
                                "There is no decision \"%s\" for these scenarios.".formatted(decision)),
                        new Bilingual(
                                "ファイル名を判断のワークブックと同じ名前にしてください。", "Give the file the name of the decision's workbook."))
                .value(decision);
    }
}
