package ismap.xlsx;

import ismap.decision.Bilingual;
import ismap.decision.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A table sheet taken apart: title block, key row, rows; not yet read as a table.
 *
 * @param id the rule id or the name of the fact
 * @param titles title key → its row; the value stands in the column {@code value}, its English text in {@code value_en}
 * @param facts keys of the columns that look at something, in order
 * @param attributes keys of the columns for what a finding shows beside its status, in order
 */
record TableSheet(
        String decision,
        String id,
        boolean decidesRule,
        Map<String, Entry> titles,
        Body body,
        List<String> facts,
        List<String> attributes) {

    static final List<String> TITLE_KEYS = List.of(
            "rule",
            "fact",
            "title",
            "clause",
            "hitPolicy",
            "aggregation",
            "forEach",
            "item",
            "items",
            "from",
            "until",
            "referenceDay",
            "assumption",
            "discretion",
            "outsideDates",
            "notEnoughFacts",
            "noElements",
            "noElementsText");

    static final Column ROW = Column.code("row", "行", "Row");
    static final Column FROM = Column.day("from", "適用開始日", "From").optional();
    static final Column UNTIL =
            Column.day("until", "適用最終日（その日を含む）", "Until (last day)").optional();
    static final Column REFERENCE_DAY =
            Column.code("referenceDay", "基準日", "Reference day").optional();
    static final Column STATUS = Column.code("status", "結果", "Status");
    static final Column CONCLUSION = Column.code("conclusion", "結論", "Conclusion");
    static final Column CLAUSE = Column.code("clause", "条項", "Clause").optional();
    static final Column ASSUMPTION =
            Column.code("assumption", "前提とした解釈", "Assumption").optional();
    static final Column MESSAGE_JA = Column.prose("message_ja", "説明（日本語）", "Message (ja)");
    static final Column MESSAGE_EN = Column.prose("message_en", "説明（英語）", "Message (en)");
    static final Column NOTE = Column.prose("note", "備考", "Note").optional();

    /** What the key of a column begins with whose cells findings show: {@code finding:urgency}. */
    static final String ATTRIBUTE = "finding:";

    private static final Map<String, Integer> TITLE_COLUMNS = Map.of("key", 0, "value", 1, "value_en", 2);

    /** Empty where the sheet does not say what it decides or has no key row. */
    static Optional<TableSheet> of(Grid grid, String decision, Problems problems) {
        int keyRow = keyRow(grid);
        if (keyRow < 0) {
            problems.add(Mistakes.keyRowMissing(grid.at(0, 0), "row"));
            return Optional.empty();
        }
        boolean labelled = keyRow > 0 && !TITLE_KEYS.contains(grid.code(keyRow - 1, 0));
        if (keyRow > 0 && !labelled) {
            problems.add(Mistakes.labelRowMissing(grid.at(keyRow - 1, 0), grid.code(keyRow - 1, 0)));
        }
        Map<String, Entry> titles = titles(grid, labelled ? keyRow - 1 : keyRow, problems);
        Entry rule = titles.get("rule");
        Entry fact = titles.get("fact");
        if (rule != null && fact != null) {
            problems.add(Mistakes.titleKeyDuplicate(fact.at("key"), rule.at("key"), "rule | fact"));
        }
        if (rule == null && fact == null) {
            problems.add(Mistakes.titleKeyMissing(grid.at(0, 0), "rule"));
        }
        boolean decidesRule = fact == null;
        List<Column> known = decidesRule
                ? List.of(ROW, FROM, UNTIL, REFERENCE_DAY, STATUS, CLAUSE, ASSUMPTION, MESSAGE_JA, MESSAGE_EN, NOTE)
                : List.of(
                        ROW,
                        FROM,
                        UNTIL,
                        REFERENCE_DAY,
                        CONCLUSION.optional(),
                        CLAUSE,
                        ASSUMPTION,
                        MESSAGE_JA.optional(),
                        MESSAGE_EN.optional(),
                        NOTE);
        List<String> fixed = known.stream().map(Column::key).toList();
        Body body = Body.of(grid, keyRow, keyRow + 1, known, key -> !fixed.contains(key), problems);
        Optional<String> id = rule != null
                ? rule.required("value", Form.RULE)
                : Optional.ofNullable(fact).flatMap(named -> named.required("value", Form.FACT));
        var facts = new ArrayList<>(body.columns().keySet());
        facts.removeAll(fixed);
        List<String> attributes = decidesRule
                ? facts.stream().filter(key -> key.startsWith(ATTRIBUTE)).toList()
                : List.of();
        facts.removeAll(attributes);
        return id.map(
                name -> new TableSheet(decision, name, decidesRule, titles, body, List.copyOf(facts), attributes));
    }

    /** The rule that a sheet says it decides, also where the sheet cannot be read any further. */
    static Optional<String> ruleOf(Grid grid) {
        return grid.rows().keySet().stream()
                .filter(row -> grid.code(row, 0).equals("rule"))
                .map(row -> grid.code(row, 1))
                .filter(Form.RULE::fits)
                .findFirst();
    }

    /** The row of keys, or -1. */
    static int keyRow(Grid grid) {
        for (int row : grid.rows().keySet()) {
            if (grid.code(row, 0).equals("row")) {
                return row;
            }
        }
        return -1;
    }

    private static Map<String, Entry> titles(Grid grid, int labelRow, Problems problems) {
        var titles = new LinkedHashMap<String, Entry>();
        Body.sweep(grid, 0, labelRow - 1, false, problems);
        for (int row : grid.rows().headMap(Math.max(labelRow, 0)).keySet()) {
            String key = grid.code(row, 0);
            Entry same = titles.get(key);
            if (!TITLE_KEYS.contains(key)) {
                problems.add(Mistakes.titleKeyUnknown(
                        grid.at(row, 0), grid.cell(row, 0).map(Object::toString).orElse(""), TITLE_KEYS));
            } else if (same != null) {
                problems.add(Mistakes.titleKeyDuplicate(grid.at(row, 0), same.at("key"), key));
            } else {
                titles.put(key, new Entry(grid, row, TITLE_COLUMNS, problems));
            }
            grid.row(row).tailMap(3).forEach((column, content) -> {
                if (!(content instanceof Content.Refused)) {
                    problems.add(Mistakes.cellWithoutColumn(grid.at(row, column), content.toString()));
                }
            });
        }
        return titles;
    }

    Optional<Entry> title(String key) {
        return Optional.ofNullable(titles.get(key)).filter(entry -> !entry.isBlank("value"));
    }

    Optional<String> code(String key) {
        return title(key).flatMap(entry -> entry.code("value"));
    }

    /** A text of the title block in both languages. */
    Bilingual texts(String key) {
        Entry entry = titles.get(key);
        return entry == null ? Bilingual.EMPTY : entry.texts("value", "value_en");
    }

    /** The cell of a title's value; where the title is missing, the first cell of the sheet. */
    Place.Cell at(String key) {
        Entry entry = titles.get(key);
        return entry == null ? body.grid().at(0, 0) : entry.at("value");
    }
}
