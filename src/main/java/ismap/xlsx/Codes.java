package ismap.xlsx;

import ismap.decision.Bilingual;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The codes of the problems that a workbook may have, each with its meaning in one line. */
public final class Codes {

    private static final Map<String, Bilingual> MEANINGS = new LinkedHashMap<>();

    // The file as a whole
    public static final String WORKBOOK_TOO_LARGE =
            code("WORKBOOK_TOO_LARGE", "ファイルの大きさが上限を超えています。", "The file is larger than the limit.");
    public static final String ZIP_BOMB =
            code("ZIP_BOMB", "展開後の大きさや部品の数が上限を超えています。", "The file inflates to more than the limits allow.");
    public static final String TOO_MANY_CELLS = code(
            "TOO_MANY_CELLS",
            "シート、行、列又はセルの数が上限を超えています。",
            "There are more sheets, rows, columns or cells than allowed.");
    public static final String XLSX_UNREADABLE =
            code("XLSX_UNREADABLE", "Excelブック（.xlsx）として読めません。", "The file is not a readable workbook (.xlsx).");
    public static final String XLSX_ENCRYPTED =
            code("XLSX_ENCRYPTED", "パスワード又は秘密度ラベルで暗号化されています。", "The workbook is encrypted by a password or a label.");
    public static final String XLS_LEGACY =
            code("XLS_LEGACY", "古い形式（.xls）のブックです。", "The workbook is in the legacy format (.xls).");
    public static final String STRICT_OOXML =
            code("STRICT_OOXML", "「完全 Open XML」形式で保存されています。", "The workbook was saved as Strict Open XML.");
    public static final String MACRO_PRESENT =
            code("MACRO_PRESENT", "マクロ又は埋め込まれた部品があります。", "The workbook holds macros or embedded objects.");
    public static final String EXTERNAL_LINK =
            code("EXTERNAL_LINK", "外部のブック又はデータへのリンクがあります。", "The workbook links to other files or data.");
    public static final String DOCTYPE_PRESENT =
            code("DOCTYPE_PRESENT", "文書型宣言（DOCTYPE）を含む部品があります。", "A part of the file declares a document type.");
    public static final String DATE_1904 =
            code("DATE_1904", "1904年から計算する日付の設定になっています。", "The workbook counts its days from 1904.");
    public static final String WORKBOOK_MISSING =
            code("WORKBOOK_MISSING", "必要なブックがありません。", "A workbook that is needed is missing.");
    public static final String WORKBOOK_UNKNOWN =
            code("WORKBOOK_UNKNOWN", "何のブックか分かりません。", "It is not known what the workbook is for.");
    public static final String FILE_NOT_READ = code("FILE_NOT_READ", "このファイルは読み込まれません。", "The file is not read.");

    // Sheets
    public static final String SHEET_MISSING =
            code("SHEET_MISSING", "必要なシートがありません。", "A sheet that is needed is missing.");
    public static final String SHEET_UNKNOWN = code("SHEET_UNKNOWN", "知らない名前のシートです。", "The sheet's name is not known.");
    public static final String HIDDEN_SHEET = code("HIDDEN_SHEET", "シートが非表示です。", "The sheet is hidden.");
    public static final String HIDDEN_ROW = code(
            "HIDDEN_ROW", "内容のある行が非表示です（フィルターによるものを含む）。", "A row with contents is hidden, by a filter or otherwise.");
    public static final String HIDDEN_COLUMN =
            code("HIDDEN_COLUMN", "内容のある列が非表示です。", "A column with contents is hidden.");
    public static final String HIDDEN_CELL =
            code("HIDDEN_CELL", "表示形式（;;;）により値が見えません。", "A number format hides the cell's value.");
    public static final String MERGED_CELLS = code("MERGED_CELLS", "セルが結合されています。", "Cells are merged.");
    public static final String EMPTY_ROW =
            code("EMPTY_ROW", "表の途中に空の行があります。", "There is an empty row inside the table.");
    public static final String STRUCK_THROUGH =
            code("STRUCK_THROUGH", "取消線のある文字があります。", "There is struck-through text.");
    public static final String KEY_ROW_MISSING =
            code("KEY_ROW_MISSING", "キーの行が見つかりません。", "The row of machine keys was not found.");
    public static final String LABEL_ROW_MISSING =
            code("LABEL_ROW_MISSING", "見出しの行があるべき所に内容があります。", "There are contents where the row of labels belongs.");
    public static final String COLUMN_UNKNOWN = code("COLUMN_UNKNOWN", "知らないキーの列です。", "The column's key is not known.");
    public static final String COLUMN_MISSING =
            code("COLUMN_MISSING", "必要な列がありません。", "A column that is needed is missing.");
    public static final String COLUMN_DUPLICATE =
            code("COLUMN_DUPLICATE", "同じキーの列が二つあります。", "Two columns have the same key.");
    public static final String CELL_WITHOUT_COLUMN =
            code("CELL_WITHOUT_COLUMN", "キーのない列に内容があります。", "A cell has contents but its column has no key.");
    public static final String TITLE_KEY_UNKNOWN =
            code("TITLE_KEY_UNKNOWN", "知らない項目です。", "The key is not known in a title block.");
    public static final String TITLE_KEY_MISSING =
            code("TITLE_KEY_MISSING", "必要な項目がありません。", "A key that is needed is missing.");
    public static final String TITLE_KEY_DUPLICATE =
            code("TITLE_KEY_DUPLICATE", "同じ項目が二つあります。", "The same key is given twice.");

    // Single cells
    public static final String FORMULA = code("FORMULA", "セルに数式があります。", "The cell holds a formula.");
    public static final String CELL_ERROR = code("CELL_ERROR", "セルがエラー値です。", "The cell holds an error value.");
    public static final String CONTROL_CHARACTER =
            code("CONTROL_CHARACTER", "見えない制御文字があります。", "The cell holds an invisible control character.");
    public static final String TEXT_EXPECTED =
            code("TEXT_EXPECTED", "文字列であるべきセルが数又は日付です。", "A cell that should be text is a number or a date.");
    public static final String NUMBER_EXPECTED = code("NUMBER_EXPECTED", "数ではありません。", "The cell is not a number.");
    public static final String DATE_EXPECTED = code("DATE_EXPECTED", "日付ではありません。", "The cell is not a date.");
    public static final String DATE_INVALID =
            code("DATE_INVALID", "存在しない日付です。", "There is no such day in the calendar.");
    public static final String DATE_WITH_TIME =
            code("DATE_WITH_TIME", "日付に時刻が付いています。", "The date carries a time of day.");
    public static final String DATE_SERIAL_UNFORMATTED =
            code("DATE_SERIAL_UNFORMATTED", "日付の書式のない数です。", "The number may be a date, but has no date format.");
    public static final String DATE_SHOWN_IN_PART =
            code("DATE_SHOWN_IN_PART", "日付の一部だけが表示されています。", "Only part of the date is shown.");
    public static final String VALUE_MISSING = code("VALUE_MISSING", "空欄にできないセルです。", "The cell may not be blank.");
    public static final String VALUE_NOT_USED =
            code("VALUE_NOT_USED", "ここに書いた値は使われません。", "What is written here is not used.");
    public static final String NOT_IN_LIST =
            code("NOT_IN_LIST", "選択肢にない値です。", "The value is not one of those allowed.");
    public static final String NAME_MALFORMED =
            code("NAME_MALFORMED", "名前の形が決まりに合いません。", "The name does not have the form that is due.");
    public static final String TYPE_UNREADABLE =
            code("TYPE_UNREADABLE", "型又は値の範囲を読めません。", "The type or its domain cannot be read.");
    public static final String ABSENCE_UNREADABLE =
            code("ABSENCE_UNREADABLE", "「示されないときの意味」を読めません。", "The meaning of absence cannot be read.");
    public static final String CONDITION_UNREADABLE =
            code("CONDITION_UNREADABLE", "条件を読めません。", "The condition cannot be read.");
    public static final String VALUE_UNREADABLE = code("VALUE_UNREADABLE", "値を読めません。", "The value cannot be read.");
    public static final String EXPRESSION_UNREADABLE =
            code("EXPRESSION_UNREADABLE", "式を読めません。", "The expression cannot be read.");
    public static final String CALL_UNREADABLE =
            code("CALL_UNREADABLE", "結論を導く条件（calledForBy）を読めません。", "What calls for the outcome cannot be read.");
    public static final String ENGLISH_MISSING = code("ENGLISH_MISSING", "英語の文が空欄です。", "The English text is blank.");
    public static final String JAPANESE_MISSING =
            code("JAPANESE_MISSING", "日本語の文が空欄です。", "The Japanese text is blank.");

    // What cells say together
    public static final String DUPLICATE = code("DUPLICATE", "同じものが二度書かれています。", "The same thing is entered twice.");
    public static final String DERIVED_TWICE =
            code("DERIVED_TWICE", "一つの名前が二通りに定義されています。", "One name is defined in two ways.");
    public static final String DEFINITION_DIFFERS =
            code("DEFINITION_DIFFERS", "同じ名前の行で書かれていることが違います。", "Rows of one name disagree.");
    public static final String ROW_ID_FOREIGN =
            code("ROW_ID_FOREIGN", "行番号が表の番号で始まっていません。", "The row's id does not begin with that of its table.");
    public static final String NAME_UNKNOWN =
            code("NAME_UNKNOWN", "その名前の事実、規則又はパラメータはありません。", "No fact, rule or parameter has that name.");
    public static final String RULE_UNKNOWN =
            code("RULE_UNKNOWN", "その規則はこの判断にありません。", "The decision has no such rule.");
    public static final String ROW_UNKNOWN = code("ROW_UNKNOWN", "その行は規則にありません。", "The rule has no such row.");
    public static final String TYPE_MISFIT =
            code("TYPE_MISFIT", "ここでは使えない型の事実です。", "The fact is not of the type that is due here.");
    public static final String INPUT_IS_DERIVED =
            code("INPUT_IS_DERIVED", "入力の事実を導出することはできません。", "An input fact cannot be derived.");
    public static final String CIRCULAR =
            code("CIRCULAR", "導出が互いに参照し合っています。", "Derivations refer to each other in a circle.");
    public static final String PLACEHOLDER_UNKNOWN =
            code("PLACEHOLDER_UNKNOWN", "文中の { } の名前がありません。", "A {placeholder} in a text names nothing.");
    public static final String CITATION_MISSING = code("CITATION_MISSING", "根拠の条項がありません。", "No clause is cited.");
    public static final String CLAUSE_UNKNOWN =
            code("CLAUSE_UNKNOWN", "条項一覧（clauses.xlsx）にない条項です。", "The clause is not in clauses.xlsx.");
    public static final String PERIOD_REVERSED =
            code("PERIOD_REVERSED", "最終日が開始日より前です。", "The last day is before the first.");
    public static final String PARAMETER_PERIODS_OVERLAP =
            code("PARAMETER_PERIODS_OVERLAP", "適用期間が重なっています。", "Periods of validity overlap.");
    public static final String OTHERWISE_ONCE = code(
            "OTHERWISE_ONCE", "otherwise の結論は一つでなければなりません。", "Exactly one outcome must be called for by otherwise.");
    public static final String MISSING_MISPLACED = code(
            "MISSING_MISPLACED",
            "missing は INSUFFICIENT_FACTS だけに書けます。",
            "Only INSUFFICIENT_FACTS may be called for by missing.");
    public static final String DECISION_NAME_DIFFERS =
            code("DECISION_NAME_DIFFERS", "判断の名前がファイル名と違います。", "The decision's name differs from the file's.");
    public static final String HIT_POLICY_MISUSED = code(
            "HIT_POLICY_MISUSED", "ヒットポリシー又は集計がこの表に合いません。", "The hit policy or aggregation does not fit the table.");
    public static final String ELEMENT_OUTSIDE_LIST = code(
            "ELEMENT_OUTSIDE_LIST",
            "要素ごとに調べない表で、リストの要素を使っています。",
            "A table that is not asked for each element looks at one.");
    public static final String NO_ELEMENTS_MISSING =
            code("NO_ELEMENTS_MISSING", "リストが空のときの結果がありません。", "It is not said what holds of an empty list.");
    public static final String TABLE_EMPTY = code("TABLE_EMPTY", "表に行がありません。", "The table has no rows.");

    public static final String BORROWED_RULE_UNKNOWN = code(
            "BORROWED_RULE_UNKNOWN", "借りようとした規則が、相手の判断にありません。", "The other decision has no rule of that id to lend.");

    private Codes() {}

    /** Every code with its meaning, in the order of this class. */
    public static Map<String, Bilingual> meanings() {
        return Collections.unmodifiableMap(MEANINGS);
    }

    private static String code(String code, String ja, String en) {
        if (MEANINGS.put(code, new Bilingual(ja, en)) != null) {
            throw new IllegalStateException("two meanings of " + code);
        }
        return code;
    }
}
