package ismap.xlsx;

import ismap.regression.Acknowledgement;
import ismap.rulebook.RulebookFiles;
import ismap.rulebook.Table;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code acknowledgements.xlsx}: what was accepted, by whom and why. Read as strictly as the other workbooks. */
public final class AcknowledgementSheet {

    public static final String PATH = "acknowledgements.xlsx";

    private AcknowledgementSheet() {}

    /** Whether a clause is one of the register is told by whoever reads the register. */
    public static Acknowledgement.Read read(RulebookFiles files) {
        byte[] bytes = files.contents().get(PATH);
        if (bytes == null) {
            return Acknowledgement.Read.NOTHING;
        }
        Problems problems = new Problems();
        OpenedWorkbook workbook = OpenedWorkbook.of(PATH, bytes, Limits.DEFAULT);
        problems.order(workbook);
        problems.addAll(workbook.problems());
        List<Acknowledgement> read = workbook.problems().isEmpty()
                ? bind(new Sheets(workbook, problems).only(ListLayout.ACKNOWLEDGEMENTS), problems, Optional.empty())
                : List.of();
        return new Acknowledgement.Read(read, problems.inSheetOrder());
    }

    /** @param references to check clauses with */
    static List<Acknowledgement> bind(Sheets sheets, Problems problems, Optional<References> references) {
        var read = new ArrayList<Acknowledgement>();
        var seen = new LinkedHashMap<String, Entry>();
        for (Entry entry : sheets.list(ListLayout.ACKNOWLEDGEMENTS)) {
            Optional<String> problem = entry.required("problem", Form.CODE);
            String region = entry.code("region").orElse("");
            Optional<String> reason = required(entry, "reason", problems);
            String clause = entry.code("clause").orElse("");
            references.ifPresent(known -> known.citation(entry, "clause"));
            Optional<String> who = required(entry, "who", problems);
            LocalDate until = entry.day("until").orElse(Table.FOREVER);
            if (problem.isPresent() && reason.isPresent() && who.isPresent()) {
                Entry same = seen.putIfAbsent(problem.get() + " " + region, entry);
                if (same != null) {
                    problems.add(
                            Mistakes.duplicate(entry.at("problem"), same.at("problem"), problem.get() + " " + region));
                }
                read.add(new Acknowledgement(
                        problem.get(), region, reason.get(), clause, who.get(), until, entry.at("problem")));
            }
        }
        return List.copyOf(read);
    }

    private static Optional<String> required(Entry entry, String key, Problems problems) {
        if (entry.isBlank(key)) {
            problems.add(Mistakes.valueMissing(entry.at(key), key));
        }
        return Optional.of(entry.prose(key)).filter(text -> !text.isBlank());
    }

    /** A workbook that {@link #read} reads back to equal acknowledgements, but for their places; equal ones give equal bytes. */
    public static byte[] write(List<Acknowledgement> acknowledgements) {
        var rows = new ArrayList<Map<String, Content>>();
        for (Acknowledgement each : acknowledgements) {
            var cells = new LinkedHashMap<String, Content>();
            cells.put("problem", new Content.Text(each.problem()));
            put(cells, "region", each.region());
            put(cells, "reason", each.reason());
            put(cells, "clause", each.clause());
            put(cells, "who", each.who());
            if (each.until().isBefore(Table.FOREVER)) {
                cells.put("until", new Content.Day(each.until()));
            }
            rows.add(cells);
        }
        try (Printer printer = new Printer(PATH)) {
            printer.howTo(HowTo.ACKNOWLEDGEMENTS, HowTo.ACKNOWLEDGEMENTS.heading());
            printer.list(ListLayout.ACKNOWLEDGEMENTS.sheet(), ListLayout.ACKNOWLEDGEMENTS.columns(), rows);
            return printer.bytes();
        }
    }

    private static void put(Map<String, Content> cells, String key, String text) {
        if (!text.isEmpty()) {
            cells.put(key, new Content.Text(text));
        }
    }

    /** Of a rulebook that is read as a whole. */
    static void check(OpenedWorkbook workbook, References references, Problems problems) {
        if (workbook.problems().isEmpty()) {
            bind(new Sheets(workbook, problems).only(ListLayout.ACKNOWLEDGEMENTS), problems, Optional.of(references));
        }
    }
}
