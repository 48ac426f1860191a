package ismap;

import ismap.decision.Problem;
import ismap.decision.Value;
import ismap.drools.DrlDerivationReader;
import ismap.drools.DroolsCompiler;
import ismap.publication.CheckRulebook;
import ismap.publication.CheckedRulebook;
import ismap.publication.RulebookFolder;
import ismap.regression.Scenario;
import ismap.regression.ScenarioResult;
import ismap.regression.ScenarioRunner;
import ismap.regression.ScenarioText;
import ismap.rulebook.LoadedRulebook;
import ismap.rulebook.Parameter;
import ismap.rulebook.Plan;
import ismap.rulebook.RuleCompiler.CompiledRules;
import ismap.rulebook.Rulebook;
import ismap.rulebook.RulebookFiles;
import ismap.xlsx.RulebookWriter;
import ismap.xlsx.ScenarioSheetReader;
import ismap.xlsx.WorkbookRulebookReader;
import java.nio.file.Path;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The rulebook of this repository, read and compiled once for all tests. */
public final class Shipped {

    /** The folder that holds {@code decision-tables/}; another one by {@code -Dismap.rulebook=DIR}. */
    public static final Path FOLDER = Path.of(System.getProperty("ismap.rulebook", "."));

    private static @Nullable CheckedRulebook checked;
    private static @Nullable CompiledRules compiled;
    private static final Map<Scenario, ScenarioResult> RESULTS = new IdentityHashMap<>();

    private Shipped() {}

    /** @throws AssertionError with all errors, where there is no rulebook; what is wrong with scenarios stops nobody here */
    public static synchronized CheckedRulebook checked() {
        if (checked == null) {
            checked = check().check(RulebookFolder.read(FOLDER).files());
        }
        if (checked.rulebook().isEmpty()) {
            throw new AssertionError(String.join("\n", errors()));
        }
        return checked;
    }

    /** What is wrong with the folder, its rulebook and its scenarios, one a line. */
    public static synchronized List<String> errors() {
        RulebookFolder folder = RulebookFolder.read(FOLDER);
        if (checked == null) {
            checked = check().check(folder.files());
        }
        return Stream.concat(folder.problems().stream(), checked.problems().stream())
                .filter(Problem::isError)
                .map(problem -> problem.places() + " " + problem.code() + " "
                        + problem.message().en())
                .toList();
    }

    /** In the notations in which rulebooks are written here. */
    public static CheckRulebook check() {
        return new CheckRulebook(
                files -> new WorkbookRulebookReader(new DrlDerivationReader()).read(files), Shipped::scenarioSheets);
    }

    private static Map<String, ScenarioText.Sheet> scenarioSheets(RulebookFiles files) {
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

    /** What a reader makes of its files. */
    public static LoadedRulebook loaded() {
        return new LoadedRulebook(checked().rulebook(), checked().sources(), List.of());
    }

    /** Its files with another number of months for which a registration is valid (3.5), in every dated value. */
    public static RulebookFiles withMonths(long months) {
        Rulebook shipped = checked().rulebook().orElseThrow();
        String name = "serviceValidityMonths";
        var parameters = new TreeMap<>(shipped.parameters());
        parameters.computeIfPresent(
                name,
                (any, before) -> new Parameter(
                        name,
                        before.referenceDays(),
                        before.label(),
                        before.values().stream()
                                .map(value -> new Parameter.Dated(
                                        Value.of(months),
                                        value.unit(),
                                        value.from(),
                                        value.until(),
                                        value.citation(),
                                        value.note()))
                                .toList()));
        var changed = new Rulebook(
                shipped.formatVersion(),
                shipped.vocabulary(),
                shipped.clauses(),
                parameters,
                shipped.derivations(),
                shipped.concluded(),
                shipped.decisions());
        var files = new TreeMap<>(RulebookFolder.read(FOLDER).files().contents());
        files.put(
                "parameters.xlsx",
                java.util.Objects.requireNonNull(
                        new RulebookWriter().write(changed, checked().sources()).get("parameters.xlsx")));
        return new RulebookFiles(files);
    }

    public static synchronized CompiledRules compiled() {
        if (compiled == null) {
            compiled = new DroolsCompiler().compile(checked().plans());
        }
        return compiled;
    }

    public static List<String> decisions() {
        return List.copyOf(checked().plans().keySet());
    }

    public static Plan plan(String decision) {
        return java.util.Objects.requireNonNull(checked().plans().get(decision), decision);
    }

    /** How a scenario of {@link #scenarios} went, in both engines. Looking for what is missing takes its time, so each is run once for all tests. */
    public static ScenarioResult result(Scenario scenario) {
        synchronized (RESULTS) {
            return RESULTS.computeIfAbsent(
                    scenario,
                    each -> new ScenarioRunner(plan(each.decision()), checked().sources(), compiled()).run(each));
        }
    }

    public static List<Scenario> scenarios(String decision) {
        return checked().scenarios().getOrDefault(decision, List.of());
    }
}
