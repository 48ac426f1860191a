package ismap.xlsx;

import java.util.Map;

/** What people call the keys of a title block. */
final class TableTitles {

    private static final Map<String, String> LABELS = Map.ofEntries(
            Map.entry("rule", "規則"),
            Map.entry("fact", "事実"),
            Map.entry("title", "名称"),
            Map.entry("clause", "条項"),
            Map.entry("hitPolicy", "行の選び方"),
            Map.entry("aggregation", "集計"),
            Map.entry("forEach", "要素ごと"),
            Map.entry("item", "要素の名前"),
            Map.entry("items", "示す要素"),
            Map.entry("discretion", "裁量"),
            Map.entry("from", "適用開始日"),
            Map.entry("until", "適用最終日"),
            Map.entry("referenceDay", "基準日"),
            Map.entry("assumption", "前提"),
            Map.entry("outsideDates", "期間外の文"),
            Map.entry("notEnoughFacts", "不足時の文"),
            Map.entry("noElements", "空のとき"),
            Map.entry("noElementsText", "空のときの文"));

    private TableTitles() {}

    /** Blank for a key that has none. */
    static String label(String key) {
        return LABELS.getOrDefault(key, "");
    }
}
