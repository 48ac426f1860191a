package ismap.xlsx;

import static ismap.xlsx.Column.code;
import static ismap.xlsx.Column.day;
import static ismap.xlsx.Column.prose;
import static ismap.xlsx.Column.value;

import java.util.List;

/** The list sheets of the format and their columns, as they are read and as they are written. */
enum ListLayout {
    FACTS(
            "Facts",
            code("fact", "事実", "Fact"),
            code("type", "型", "Type"),
            code("domain", "値の範囲", "Domain"),
            code("absent_means", "示されないときの意味", "Absent means"),
            code("kind", "種類", "Kind"),
            code("known_by", "知る者", "Known by"),
            code("changeable_by", "変更できる者", "Changeable by"),
            code("needs_attestation", "確認者の記録が必要", "Needs attestation"),
            prose("label_ja", "名称（日本語）", "Label (ja)"),
            prose("label_en", "名称（英語）", "Label (en)"),
            code("decisions", "判断", "Decisions"),
            code("happens_on", "起きる日", "Happens on").optional(),
            prose("question_ja", "質問（日本語）", "Question (ja)").optional(),
            prose("question_en", "質問（英語）", "Question (en)").optional(),
            prose("help_ja", "補足（日本語）", "Help (ja)").optional(),
            prose("help_en", "補足（英語）", "Help (en)").optional()),
    CODES(
            "Codes",
            code("fact", "事実又は型", "Fact or type"),
            code("code", "コード", "Code"),
            prose("label_ja", "表示（日本語）", "Label (ja)"),
            prose("label_en", "表示（英語）", "Label (en)")),
    STATUSES(
            "Statuses",
            code("status", "結果", "Status"),
            prose("label_ja", "表示（日本語）", "Label (ja)"),
            prose("label_en", "表示（英語）", "Label (en)")),
    DOCUMENTS(
            "Documents",
            code("document", "文書", "Document"),
            prose("title_ja", "名称（日本語）", "Title (ja)"),
            prose("title_en", "名称（英語）", "Title (en)"),
            day("edition", "版", "Edition"),
            prose("source", "出典", "Source")),
    CLAUSES(
            "Clauses",
            code("document", "文書", "Document"),
            code("clause", "条項", "Clause"),
            prose("title_ja", "見出し（日本語）", "Title (ja)"),
            prose("title_en", "見出し（英語）", "Title (en)"),
            day("in_force_from", "施行日", "In force from"),
            day("in_force_until", "適用最終日（その日を含む）", "In force until (last day)"),
            code("coverage", "判定の方法", "Coverage"),
            code("rules", "対応する規則", "Rules"),
            prose("reason_ja", "機械で判定しない理由（日本語）", "Reason (ja)"),
            prose("reason_en", "機械で判定しない理由（英語）", "Reason (en)"),
            code("certainty", "確度", "Certainty"),
            prose("source", "出典", "Source")),
    NOT_ENCODED(
            "NotEncoded",
            code("rule", "規則", "Rule"),
            code("document", "文書", "Document"),
            code("clause", "条項", "Clause"),
            prose("reason_ja", "規則としない理由（日本語）", "Reason (ja)"),
            prose("reason_en", "規則としない理由（英語）", "Reason (en)"),
            code("decidedBy", "判断する者", "Decided by"),
            code("certainty", "確度", "Certainty"),
            prose("source", "出典", "Source")),
    ASSUMPTIONS(
            "Assumptions",
            code("assumption", "解釈の番号", "Assumption"),
            prose("text_ja", "採った解釈（日本語）", "Reading (ja)"),
            prose("text_en", "採った解釈（英語）", "Reading (en)"),
            prose("other_ja", "ほかの解釈（日本語）", "Other readings (ja)"),
            prose("other_en", "ほかの解釈（英語）", "Other readings (en)"),
            prose("why_ja", "理由（日本語）", "Why (ja)"),
            prose("why_en", "理由（英語）", "Why (en)"),
            code("document", "文書", "Document"),
            code("clause", "条項", "Clause")),
    PARAMETERS(
            "Parameters",
            code("parameter", "パラメータ", "Parameter"),
            value("value", "値", "Value"),
            code("unit", "単位", "Unit"),
            day("from", "適用開始日", "From"),
            day("until", "適用最終日（その日を含む）", "Until (last day)"),
            code("referenceDay", "基準日", "Reference day"),
            code("clause", "条項", "Clause"),
            prose("label_ja", "名称（日本語）", "Label (ja)"),
            prose("label_en", "名称（英語）", "Label (en)"),
            prose("note", "備考", "Note").optional()),
    DERIVATIONS(
            "Derivations",
            code("fact", "事実", "Fact"),
            code("expression", "式", "Expression"),
            code("clause", "条項", "Clause"),
            code("assumption", "前提とした解釈", "Assumption").optional(),
            prose("label_ja", "名称（日本語）", "Label (ja)"),
            prose("label_en", "名称（英語）", "Label (en)"),
            prose("note", "備考", "Note").optional()),
    DECISION(
            "Decision",
            code("key", "項目", "Key"),
            prose("value_ja", "日本語", "Japanese"),
            prose("value_en", "英語", "English")),
    OUTCOMES(
            "Outcomes",
            code("outcome", "結論", "Outcome"),
            code("calledForBy", "導く規則と結果", "Called for by"),
            prose("label_ja", "表示（日本語）", "Label (ja)"),
            prose("label_en", "表示（英語）", "Label (en)"),
            prose("note", "備考", "Note").optional()),
    VALUES(
            "Values",
            code("value", "値", "Value"),
            code("fact", "事実", "Fact").optional(),
            prose("label_ja", "表示（日本語）", "Label (ja)"),
            prose("label_en", "表示（英語）", "Label (en)")),
    BORROWED(
            "Borrowed",
            code("rule", "規則", "Rule"),
            code("decision", "借りる元の判断", "Decision"),
            code("where", "適用する場合", "Where"),
            prose("message_ja", "適用しない場合の説明（日本語）", "Message elsewhere (ja)"),
            prose("message_en", "適用しない場合の説明（英語）", "Message elsewhere (en)"),
            prose("note", "備考", "Note").optional()),
    READINGS(
            "Readings",
            code("fact", "事実", "Fact"),
            code("value", "値", "Value"),
            code("condition", "条件", "Condition"),
            code("readsAs", "読替え", "Reads as"),
            prose("note", "備考", "Note").optional()),
    NOT_EXAMINED(
            "NotExamined",
            code("rule", "規則", "Rule"),
            prose("message_ja", "説明（日本語）", "Message (ja)"),
            prose("message_en", "説明（英語）", "Message (en)"),
            code("decidedBy", "判断する者", "Decided by"),
            code("condition", "条件", "Condition")),
    ACKNOWLEDGEMENTS(
            "Acknowledgements",
            code("problem", "承認する問題点", "Problem"),
            code("region", "シナリオ又は場所", "Scenario or place"),
            prose("reason", "理由", "Reason"),
            code("clause", "条項", "Clause"),
            prose("who", "承認した者", "Who"),
            day("until", "承認の最終日（その日を含む）", "Until (last day)"));

    /** For people; not read. */
    static final String HOW_TO = "使い方";

    /** What an annotated copy adds; not read either. */
    static final String PROBLEMS = "誤りの一覧";

    private final String sheet;
    private final List<Column> columns;

    ListLayout(String sheet, Column... columns) {
        this.sheet = sheet;
        this.columns = List.of(columns);
    }

    String sheet() {
        return sheet;
    }

    List<Column> columns() {
        return columns;
    }

    List<String> keys() {
        return columns.stream().map(Column::key).toList();
    }
}
