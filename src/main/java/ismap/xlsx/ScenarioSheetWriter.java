package ismap.xlsx;

import ismap.decision.Bilingual;
import ismap.rulebook.DecisionDefinition;
import ismap.rulebook.Derivation;
import ismap.rulebook.FactDefinition;
import ismap.rulebook.FactType;
import ismap.rulebook.Rulebook;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes scenarios as a workbook that {@link ScenarioSheetReader} reads back to the same rows, every cell as the text it was. */
public final class ScenarioSheetWriter {

    private ScenarioSheetWriter() {}

    /**
     * @param path as in the rulebook, {@code scenarios/service-validity.xlsx}
     * @param rulebook gives columns their labels and cells their choices; without it they have none
     * @return equal rows give equal bytes
     */
    public static byte[] write(String path, List<ScenarioRow> rows, Optional<Rulebook> rulebook) {
        Map<String, Column> known = ScenarioSheetReader.columns();
        Optional<Choices> choices = rulebook.map(Choices::new);
        var columns = new ArrayList<Column>();
        var offered = new LinkedHashMap<String, Choice>();
        if (!rows.isEmpty()) {
            for (String key : rows.get(0).places().keySet()) {
                Column column = known.get(key);
                columns.add(column != null ? column : new Column(key, label(key, rulebook), Column.Kind.CODE, true));
                if (column == null) {
                    choices.ifPresent(of -> offered.put(key, of.stated(key)));
                }
            }
        }
        Optional<DecisionDefinition> decision =
                rulebook.map(book -> book.decisions().get(decision(path)));
        decision.ifPresent(of -> offered.put(
                "outcome",
                Choice.only(of.outcomes().stream()
                        .map(DecisionDefinition.Outcome::code)
                        .toList())));
        var cells = new ArrayList<Map<String, Content>>();
        for (ScenarioRow row : rows) {
            var written = new LinkedHashMap<String, Content>();
            written.put("id", new Content.Text(row.id()));
            written.put("scenario_ja", new Content.Text(row.name().ja()));
            written.put("scenario_en", new Content.Text(row.name().en()));
            row.cells().forEach((column, text) -> written.put(column, content(column, text, choices)));
            cells.add(written);
        }
        try (Printer printer = new Printer(path)) {
            printer.howTo(
                    HowTo.SCENARIOS, decision.map(DecisionDefinition::title).orElse(HowTo.SCENARIOS.heading()));
            printer.list(ScenarioSheetReader.SHEET, columns, cells, offered);
            return printer.bytes();
        }
    }

    /** A day is a real date where one is due, so that people see it in both calendars. */
    private static Content content(String column, String text, Optional<Choices> choices) {
        boolean day = column.equals("asOf")
                || choices.flatMap(of -> of.typeOf(column)).orElse(FactType.NOTHING) instanceof FactType.Day;
        return day && text.matches("\\d{4}-\\d{2}-\\d{2}")
                ? new Content.Day(LocalDate.parse(text))
                : new Content.Text(text);
    }

    private static String decision(String path) {
        return path.substring(path.lastIndexOf('/') + 1).replaceFirst("\\.xlsx$", "");
    }

    private static Bilingual label(String fact, Optional<Rulebook> rulebook) {
        return rulebook.flatMap(book -> book.vocabulary()
                        .fact(fact)
                        .map(FactDefinition::label)
                        .or(() -> Optional.ofNullable(book.derivations().get(fact))
                                .map(Derivation::label)))
                .orElse(new Bilingual(fact, ""));
    }
}
