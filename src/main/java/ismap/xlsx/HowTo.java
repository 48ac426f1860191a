package ismap.xlsx;

import ismap.decision.Bilingual;
import java.util.List;

/** What the sheet 使い方 of each workbook tells its authors. */
enum HowTo {
    VOCABULARY(
            new Bilingual("用語（事実・コード・結果）", "Vocabulary: facts, codes, statuses"),
            new Bilingual(
                    "Facts: 一行が一つの事実です。type と domain が取り得る値を、absent_means が示されないときの意味（unknown＝分からない、none＝ない）を決めます。",
                    "Facts: one fact a row. type and domain say what values it may take, absent_means what its absence means (unknown or none)."),
            new Bilingual(
                    "happens_on: その日が判断の基準日より後なら、まだ起きていないものとして扱う日付の事実です。",
                    "happens_on: the date fact on which it happens; after the day asked about it has not happened yet."),
            new Bilingual("Codes、Statuses: 画面や回答に示す表示です。", "Codes, Statuses: the words that pages and answers show.")),
    CLAUSES(
            new Bilingual("文書と条項", "Documents and clauses"),
            new Bilingual(
                    "規則が根拠として示せるのは、ここにある条項だけです。条項は文字列で書きます（3.10 を数にすると 3.1 になります）。",
                    "Rules may cite only what stands here. A clause is text (as a number, 3.10 becomes 3.1)."),
            new Bilingual(
                    "in_force_until は適用最終日（その日を含む）です。続いているときは空欄にします。",
                    "in_force_until is the last day, included. Leave it blank while it goes on.")),
    PARAMETERS(
            new Bilingual("日付のある値", "Dated values"),
            new Bilingual(
                    "値が変わるときは、前の行の until に最終日（その日を含む）を書き、新しい行を加えます。",
                    "When a value changes, write the last day (included) into until of the old row and add a new row."),
            new Bilingual(
                    "referenceDay: どの日の値を使うかを決める日付の事実。空欄なら適用日です。",
                    "referenceDay: the date fact whose day decides which value is used. Blank: the applicable day."),
            new Bilingual("value が空欄の行は「まだ定められていない」ことを表します。", "A blank value says that nobody has set it yet.")),
    DERIVATIONS(
            new Bilingual("導出される事実", "Derived facts"),
            new Bilingual(
                    "一行が一つの事実です。expression には docs/rulebook-format.md にある関数だけを使えます。数式（=）ではありません。",
                    "One fact a row. An expression uses the functions of docs/rulebook-format.md; it is no spreadsheet formula.")),
    REGISTERS(
            new Bilingual("台帳", "Registers"),
            new Bilingual(
                    "一枚のシートが一つの台帳で、シート名は vocabulary.xlsx のリストの事実の名前です。一行が一つの要素です。",
                    "One register a sheet, named after a list fact of vocabulary.xlsx. One element a row.")),
    DECISION(
            new Bilingual("判断", "Decision"),
            new Bilingual(
                    "Decision: 何を判断するか。Outcomes: 結論を優先する順に。Values: 回答に示す値。Readings: 事実の読替え。NotExamined: ここで判断しないもの。",
                    "Decision: the question. Outcomes: in order of precedence. Values: shown in the answer. Readings: facts read as none or unknown. NotExamined: what is not decided here."),
            new Bilingual(
                    "ほかのシートは一枚が一つの表です。上から、項目の欄、見出しの行、キーの行（左端が row）、規則の行と続きます。キーは変えないでください。見出しは自由に変えられます。",
                    "Every other sheet is one table: title block, labels, keys (beginning with row), rows. Never change keys; labels are free."),
            new Bilingual(
                    "条件: 空欄又は - は何でもよい／APPROVED／SAAS, PAAS（いずれか）／not(IAAS)／>= 16、16以上／[1..3]／< 2021-06-04／missing（不明）／none（なし）／given（値あり）／はい・いいえ／パラメータの名前。",
                    "Conditions: blank or - is any · APPROVED · SAAS, PAAS (one of them) · not(IAAS) · >= 16 · [1..3] · < 2021-06-04 · missing · none · given · true, false · the name of a parameter."),
            new Bilingual(
                    "until は適用最終日（その日を含む）です。行番号（BR-3.5-4/2 など）は記録に残るので、既にある行の番号は変えず、新しい行には新しい番号を付けます。",
                    "until is the last day, included. Row ids stay in records: never renumber a row, give a new one a new id."),
            new Bilingual(
                    "数式、結合セル、非表示の行・列・シート、取消線、表の途中の空行は読み込まれず、誤りとして場所とともに示されます。",
                    "Formulas, merged cells, hidden rows, columns or sheets, struck-through text and empty rows inside a table are refused, each with its place."));

    private final Bilingual heading;
    private final List<Bilingual> lines;

    HowTo(Bilingual heading, Bilingual... lines) {
        this.heading = heading;
        this.lines = List.of(lines);
    }

    Bilingual heading() {
        return heading;
    }

    List<Bilingual> lines() {
        return lines;
    }
}
