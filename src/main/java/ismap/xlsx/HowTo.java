package ismap.xlsx;

import ismap.decision.Bilingual;
import java.util.ArrayList;
import java.util.List;

/** What the sheet 使い方 of each workbook tells its authors. */
enum HowTo {
    VOCABULARY(
            new Bilingual("用語（事実・コード・結果）", "Vocabulary: facts, codes, statuses"),
            new Bilingual(
                    "Facts: 一行が一つの事実です。type と domain が取り得る値を、absent_means が示されないときの意味（unknown＝分からない、none＝ない）を決めます。",
                    "Facts: one fact a row. type and domain say what values it may take, absent_means what its absence means (unknown or none)."),
            new Bilingual(
                    "happens_on: その日が対象日より後なら、まだ起きていないものとして扱う日付の事実です。",
                    "happens_on: the date fact on which it happens; after the day asked about it has not happened yet."),
            new Bilingual("Codes、Statuses: 画面や回答に示す表示です。", "Codes, Statuses: the words that pages and answers show.")),
    CLAUSES(
            new Bilingual("文書と条項", "Documents and clauses"),
            new Bilingual(
                    "規則が根拠として示せるのは、ここにある条項だけです。条項は文字列で書きます（3.10 を数にすると 3.1 になります）。",
                    "Rules may cite only what stands here. A clause is text (as a number, 3.10 becomes 3.1)."),
            new Bilingual(
                    "in_force_until は適用最終日（その日を含む）です。続いているときは空欄にします。",
                    "in_force_until is the last day, included. Leave it blank while it goes on."),
            new Bilingual(
                    "coverage は条項をどの方法で判定するか、rules は対応する規則です。NotEncoded: 表にしない規則と判断する者。Assumptions: ほかの読み方もあり得る解釈。",
                    "coverage: how a clause is decided; rules: by which. NotEncoded: rules without a table, and who decides. Assumptions: readings that could be others.")),
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
    ACKNOWLEDGEMENTS(
            new Bilingual("承認", "Acknowledgements"),
            new Bilingual(
                    "一行が、検査で示された問題点の一つを「これでよい」とする承認です。problem はその種類（SCENARIO_DECIDED_OTHERWISE など）です。",
                    "One row accepts one thing that the checks tell. problem is its code, such as SCENARIO_DECIDED_OTHERWISE."),
            new Bilingual(
                    "region は「判断の名前 シナリオの番号」（service-validity SV-001）か、ブック・シート・セル（parameters.xlsx Parameters!B3）です。シナリオは番号まで書きます。",
                    "region is a decision and a scenario (service-validity SV-001), or a workbook, sheet or cell (parameters.xlsx Parameters!B3). Scenarios are accepted by name."),
            new Bilingual(
                    "reason と who は必ず書きます。until は承認の最終日（その日を含む）で、過ぎると効力を失います。要らなくなった行は削除します。",
                    "reason and who are always given. until is the last day on which it counts. Delete rows that nothing needs any more.")),
    DECISION(
            new Bilingual("判断", "Decision"),
            new Bilingual(
                    "Decision: 何を判断するか。Outcomes: 結論を優先する順に。Values: 回答に示す値。Borrowed: ほかの判断から借りる規則。Readings: 事実の読替え。NotExamined: ここで判断しないもの。",
                    "Decision: the question. Outcomes: in order of precedence. Values: shown in the answer. Borrowed: rules of other decisions. Readings: facts read as none or unknown. NotExamined: what is not decided here."),
            new Bilingual(
                    "ほかのシートは一枚が一つの表です。上から、項目の欄、見出しの行、キーの行（左端が row）、規則の行と続きます。",
                    "Every other sheet is one table: title block, labels, keys (beginning with row), rows."),
            new Bilingual(
                    "until は適用最終日（その日を含む）です。行番号（BR-3.5-4/2 など）は記録に残るので、既にある行の番号は変えず、新しい行には新しい番号を付けます。",
                    "until is the last day, included. Row ids stay in records: never renumber a row, give a new one a new id.")),
    SCENARIOS(
            new Bilingual("シナリオ", "Scenarios"),
            new Bilingual(
                    "一行が一つの場面です。事実の列に示される事実を、outcome から右に期待する結果を書きます。",
                    "One scene a row: the facts as a request would state them, then, from outcome on, what is expected."));

    /** @param ground the colour that is explained, as {@code FDE3E3}; blank for none */
    record Line(String term, Bilingual text, String ground) {}

    record Section(Bilingual heading, List<Line> lines) {}

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

    List<Section> sections() {
        var sections = new ArrayList<Section>();
        if (this == DECISION) {
            sections.add(CONDITIONS);
        }
        if (this == SCENARIOS) {
            sections.add(STATED);
        }
        sections.add(EDITING);
        sections.add(COLOURS);
        sections.add(QUESTIONS);
        sections.add(FOR_MACHINES);
        return List.copyOf(sections);
    }

    private static Section section(String ja, String en, Line... lines) {
        return new Section(new Bilingual(ja, en), List.of(lines));
    }

    private static Line line(String term, String ja, String en) {
        return new Line(term, new Bilingual(ja, en), "");
    }

    private static Line tinted(String ground, String term, String ja, String en) {
        return new Line(term, new Bilingual(ja, en), ground);
    }

    private static final Section CONDITIONS = section(
            "条件のセル",
            "Cells of conditions",
            line("（空欄） -", "何でもよい", "anything"),
            line("APPROVED", "そのコード", "that code"),
            line("SAAS, PAAS", "いずれか", "one of them"),
            line("not(IAAS)", "それ以外", "anything known but that"),
            line("はい いいえ", "はい・いいえの事実", "yes or no"),
            line(">= 16  16以上  [1..3]", "数の範囲（以上・以下・未満・超も書けます）", "numbers; (1..3] leaves out the 1"),
            line("< 2021-06-04", "その日より前（令和3年6月4日未満とも書けます）", "before that day"),
            line(">= threshold", "パラメータの名前も書けます", "the name of a parameter"),
            line("none  なし", "ないと分かっている", "known not to be"),
            line("missing  不明", "誰にも分からない", "nobody knows"),
            line("given  値あり", "値が分かっている", "a known value"));

    private static final Section STATED = section(
            "事実のセル",
            "Cells of facts",
            line("（空欄）", "示されない", "left out"),
            line("なし", "ないと示される", "known not to be"),
            line("不明", "分からないと示される", "said to be unknown"),
            line("はい いいえ", "はい・いいえの事実", "yes or no"),
            line("DESIGN, OPERATIONAL", "コードの列挙", "a list of codes"),
            line("client: A; from: 2021-01-01", "項目を持つ要素（一行に一つ）", "an element with fields, one a line"));

    private static final Section EDITING = section(
            "書き方",
            "Editing",
            line(
                    "新しい行",
                    "最後の行のすぐ下に書くか、行の下に挿入します（キーの行のすぐ下には挿入しないでください）。途中に空の行を残さないでください。",
                    "Write right below the last row, or insert below a row (not right below the keys). Leave no empty row between."),
            line(
                    "保護",
                    "灰色のキーと規則の番号は保護されています（パスワードなし）。列や項目を加えるときは「校閲」→「シート保護の解除」。見出しは自由に変えられます。",
                    "Grey keys and rule ids are locked, without a password. To add a column or a title: Review, Unprotect Sheet. Labels are free."),
            line(
                    "日付",
                    "2024-04-01、令和6年4月1日、R6.4.1 と入力すると 2024-04-01 (R6.4.1) と表示されます。年を先に書きます。",
                    "Type 2024-04-01; it shows as 2024-04-01 (R6.4.1). Year first, always."),
            line(
                    "読み込めないもの",
                    "数式、結合セル、非表示の行・列・シート（フィルターで隠れた行を含む）、取消線。場所とともに誤りとして示されます。",
                    "Formulas, merged cells, hidden rows (filtered ones too), columns and sheets, struck-through text: each is told with its place."));

    private static final Section COLOURS = section(
            "色",
            "Colours",
            tinted(Tints.TO_BE_FILLED, "破線の枠 / dashed", "空欄にできないセル", "a cell that may not be blank"),
            tinted(Tints.REFUSING, "NOT_SATISFIED …", "満たさない・禁止・受理しない結果の行", "a row that decides against"),
            tinted(Tints.REFERRING, "REFER_TO_…", "人の判断を求める結果の行", "a row that refers to people"),
            tinted(Tints.OVER, "斜体 / italics", "最終日（until）を過ぎた行", "a row whose last day is past"));

    private static final Section QUESTIONS = section(
            "困ったとき",
            "Questions",
            line(
                    "",
                    "このサービスの運用者（画面の下部に連絡先があります）に尋ねてください。書き方の全体は docs/rulebook-format.md にあります。",
                    "Ask whoever operates the service (see the foot of its pages). The whole format: docs/rulebook-format.md."));

    private static final Section FOR_MACHINES = section(
            "このブックの印",
            "Stamp",
            line("", "名前が変わってもどのブックか分かるように、機械が読みます。", "Read by machines, so that a renamed file is recognised."));
}
