package ismap.app;

import ismap.decision.Place;
import ismap.decision.Problem;
import ismap.drools.DrlDerivationReader;
import ismap.regression.Scenario;
import ismap.regression.ScenarioParser;
import ismap.regression.ScenarioText;
import ismap.rulebook.LoadedRulebook;
import ismap.rulebook.Plan;
import ismap.rulebook.RulebookChecker;
import ismap.rulebook.RulebookFiles;
import ismap.xlsx.ScenarioRow;
import ismap.xlsx.ScenarioSheetReader;
import ismap.xlsx.WorkbookRulebookReader;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The notations in which rulebooks and scenarios are written here. */
final class Rulebooks {

    private static final String SCENARIOS = "scenarios/";
    private static final String WORKBOOK = ".xlsx";

    private Rulebooks() {}

    /** Reads and checks; a rulebook with an error is none. */
    static LoadedRulebook checked(RulebookFiles files) {
        LoadedRulebook loaded = read(files);
        var problems = new LinkedHashSet<>(loaded.problems()); // the reader may have asked the checker too
        loaded.rulebook().ifPresent(rulebook -> problems.addAll(RulebookChecker.check(rulebook, loaded.sources())));
        return new LoadedRulebook(
                loaded.rulebook().filter(rulebook -> problems.stream().noneMatch(Problem::isError)),
                loaded.sources(),
                List.copyOf(problems));
    }

    static LoadedRulebook read(RulebookFiles files) {
        return new WorkbookRulebookReader(new DrlDerivationReader()).read(files);
    }

    /** The scenarios of each decision: {@code scenarios/service-validity.xlsx}. */
    static Map<String, ScenarioText.Sheet> scenarios(RulebookFiles files) {
        var sheets = new LinkedHashMap<String, ScenarioText.Sheet>();
        files.contents().forEach((path, content) -> {
            if (path.startsWith(SCENARIOS) && path.endsWith(WORKBOOK)) {
                ScenarioSheetReader.Read read = new ScenarioSheetReader().read(path, content);
                sheets.put(
                        path.substring(SCENARIOS.length(), path.length() - WORKBOOK.length()),
                        new ScenarioText.Sheet(
                                read.rows().stream().map(Rulebooks::text).toList(), read.problems()));
            }
        });
        return sheets;
    }

    /** Those of a rulebook that was published; what is wrong with one was said before it was. */
    static Map<String, List<Scenario>> scenarios(RulebookFiles files, Map<String, Plan> plans) {
        Map<String, ScenarioText.Sheet> sheets = scenarios(files);
        var scenarios = new LinkedHashMap<String, List<Scenario>>();
        plans.forEach((decision, plan) -> Optional.ofNullable(sheets.get(decision))
                .ifPresent(sheet -> scenarios.put(
                        decision, ScenarioParser.parse(plan, sheet.lines()).scenarios())));
        return scenarios;
    }

    private static ScenarioText text(ScenarioRow row) {
        return new ScenarioText(row.id(), row.name(), row.cells(), new LinkedHashMap<String, Place>(row.places()));
    }
}
