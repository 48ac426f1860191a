package ismap.publication;

import ismap.TinyRulebook;
import ismap.decision.Bilingual;
import ismap.decision.Place;
import ismap.decision.Status;
import ismap.drools.DrlDerivationReader;
import ismap.regression.ScenarioText;
import ismap.rulebook.LoadedRulebook;
import ismap.rulebook.Rulebook;
import ismap.rulebook.RulebookFiles;
import ismap.rulebook.Table;
import ismap.xlsx.RulebookWriter;
import ismap.xlsx.ScenarioRow;
import ismap.xlsx.ScenarioSheetReader;
import ismap.xlsx.ScenarioSheetWriter;
import ismap.xlsx.WorkbookRulebookReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The workbooks of {@link TinyRulebook}, small enough to be read, checked and compiled in no time. */
public final class SmallWorkbooks {

    public static final String TABLE = "tiny.xlsx";
    public static final String SCENARIOS = "scenarios/tiny.xlsx";

    private SmallWorkbooks() {}

    public static RulebookFiles files() {
        return files(Status.WARNING);
    }

    /** @param ofC what the rule says of things of the kind C */
    public static RulebookFiles files(Status ofC) {
        Rulebook rulebook = rulebook(ofC);
        var files = new TreeMap<>(new RulebookWriter().write(rulebook, Set.of()));
        files.put(SCENARIOS, scenarios(rulebook, "SATISFIED"));
        return new RulebookFiles(files);
    }

    public static Rulebook rulebook(Status ofC) {
        return TinyRulebook.rulebook(
                Map.of(),
                Optional.empty(),
                TinyRulebook.row("T-1/1", Status.SATISFIED, TinyRulebook.test("kind", "A")),
                TinyRulebook.row("T-1/2", Status.NOT_SATISFIED, TinyRulebook.test("kind", "B")),
                TinyRulebook.row("T-1/3", ofC, TinyRulebook.test("kind", "C")));
    }

    public static Rulebook rulebook(Table.Row... rows) {
        return TinyRulebook.rulebook(Map.of(), Optional.empty(), rows);
    }

    /** One, and what it expects of a thing of the kind A. */
    public static byte[] scenarios(Rulebook rulebook, String expected) {
        var cells = new LinkedHashMap<String, String>();
        cells.put("asOf", "2022-10-01");
        cells.put("kind", "A");
        cells.put("outcome", "YES");
        cells.put("findings", "T-1: " + expected);
        var places = new LinkedHashMap<String, Place.Cell>();
        for (String column : List.of("id", "scenario_ja", "scenario_en", "asOf", "kind", "outcome", "findings")) {
            places.put(column, new Place.Cell(SCENARIOS, "Scenarios", "A3"));
        }
        return ScenarioSheetWriter.write(
                SCENARIOS,
                List.of(new ScenarioRow("S-1", new Bilingual("甲は満たす。", "A is satisfied."), cells, places)),
                Optional.of(rulebook));
    }

    public static CheckRulebook check() {
        return new CheckRulebook(SmallWorkbooks::read, SmallWorkbooks::sheets);
    }

    public static LoadedRulebook read(RulebookFiles files) {
        return new WorkbookRulebookReader(new DrlDerivationReader()).read(files);
    }

    private static Map<String, ScenarioText.Sheet> sheets(RulebookFiles files) {
        var sheets = new TreeMap<String, ScenarioText.Sheet>();
        files.contents().forEach((path, content) -> {
            if (path.startsWith("scenarios/")) {
                ScenarioSheetReader.Read read = new ScenarioSheetReader().read(path, content);
                sheets.put(
                        path.replaceAll("^scenarios/|\\.xlsx$", ""),
                        new ScenarioText.Sheet(
                                read.rows().stream()
                                        .map(row -> new ScenarioText(
                                                row.id(), row.name(), row.cells(), new TreeMap<>(row.places())))
                                        .toList(),
                                read.problems()));
            }
        });
        return sheets;
    }
}
