package ismap.xlsx;

import ismap.decision.Bilingual;
import ismap.decision.Place;
import ismap.decision.Problem;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The words for what may be wrong with a workbook: what is wrong, then what to do, to its author, in both languages. */
final class Mistakes {

    private Mistakes() {}

    private static Problem error(String code, Place at, String ja, String en, String adviceJa, String adviceEn) {
        return Problem.error(code, at, new Bilingual(ja, en), new Bilingual(adviceJa, adviceEn));
    }

    private static Problem warning(String code, Place at, String ja, String en, String adviceJa, String adviceEn) {
        return Problem.warning(code, at, new Bilingual(ja, en), new Bilingual(adviceJa, adviceEn));
    }

    // ---- the file as a whole

    static Problem tooLarge(Place at, int bytes, int most) {
        return error(
                Codes.WORKBOOK_TOO_LARGE,
                at,
                "ファイルが大きすぎます（%,dバイト。上限は%,dバイト）。".formatted(bytes, most),
                "The file is too large (%,d bytes; at most %,d).".formatted(bytes, most),
                "画像や使わないシートを除いて保存し直してください。",
                "Remove pictures and unused sheets, and save it again.");
    }

    static Problem zipBomb(Place at, Limits limits) {
        return error(
                Codes.ZIP_BOMB,
                at,
                "展開すると上限（%,dバイト、部品%,d個）を超えるため、読み込みを中止しました。".formatted(limits.inflatedBytes(), limits.entries()),
                "Reading was stopped: inflated, the file exceeds the limits (%,d bytes, %,d parts)."
                        .formatted(limits.inflatedBytes(), limits.entries()),
                "新しいブックに必要な内容だけを貼り付けて保存してください。",
                "Paste what is needed into a new workbook and save that.");
    }

    static Problem tooManyCells(Place at, Limits limits) {
        return error(
                Codes.TOO_MANY_CELLS,
                at,
                "シート、行、列又はセルの数が上限（%,dシート、%,d行、%,d列、%,dセル）を超えています。"
                        .formatted(limits.sheets(), limits.rows(), limits.columns(), limits.cells()),
                "There are more sheets, rows, columns or cells than allowed (%,d sheets, %,d rows, %,d columns, %,d cells)."
                        .formatted(limits.sheets(), limits.rows(), limits.columns(), limits.cells()),
                "表の外にある内容や、書式だけのセルを行・列ごと削除してください。",
                "Delete the rows and columns outside of the table, also those that only have a format.");
    }

    static Problem unreadable(Place at, String reason) {
        return error(
                        Codes.XLSX_UNREADABLE,
                        at,
                        "Excelブック（.xlsx）として読めません。",
                        "This is not a readable workbook (.xlsx).",
                        "Excel又はLibreOfficeで開き、「Excelブック（.xlsx）」として保存し直してください。",
                        "Open it in Excel or LibreOffice and save it again as an Excel workbook (.xlsx).")
                .value(reason);
    }

    static Problem encrypted(Place at) {
        return error(
                Codes.XLSX_ENCRYPTED,
                at,
                "パスワード又は秘密度ラベルで暗号化されているため、読めません。",
                "The workbook is encrypted by a password or a sensitivity label and cannot be read.",
                "パスワード又はラベルを外して保存し直してください。",
                "Remove the password or the label and save it again.");
    }

    static Problem legacy(Place at) {
        return error(
                Codes.XLS_LEGACY,
                at,
                "古い形式（Excel 97-2003、.xls）のブックです。",
                "The workbook is in the legacy format (Excel 97-2003, .xls).",
                "「Excelブック（.xlsx）」として保存し直してください。",
                "Save it as an Excel workbook (.xlsx).");
    }

    static Problem strict(Place at) {
        return error(
                Codes.STRICT_OOXML,
                at,
                "「完全 Open XML スプレッドシート」形式で保存されています。",
                "The workbook was saved as \"Strict Open XML Spreadsheet\".",
                "「Excelブック（.xlsx）」を選んで保存し直してください。",
                "Save it again as \"Excel Workbook (.xlsx)\".");
    }

    static Problem macro(Place at, String part) {
        return error(
                        Codes.MACRO_PRESENT,
                        at,
                        "マクロ又は埋め込まれた部品を含んでいます。",
                        "The workbook holds macros or embedded objects.",
                        "マクロや埋め込みを除き、「Excelブック（.xlsx）」として保存し直してください。",
                        "Remove them and save it as an Excel workbook without macros (.xlsx).")
                .value(part);
    }

    static Problem externalLink(Place at, String target) {
        return error(
                        Codes.EXTERNAL_LINK,
                        at,
                        "外部のブック又はデータへのリンクを含んでいます。",
                        "The workbook links to other files or data.",
                        "「データ」→「リンクの編集」でリンクを解除し、値に置き換えてください。",
                        "Break the links (Data, Edit Links) and keep the values.")
                .value(target);
    }

    static Problem doctype(Place at, String part) {
        return error(
                        Codes.DOCTYPE_PRESENT,
                        at,
                        "文書型宣言（DOCTYPE）又は実体参照を含むため、読み込みません。",
                        "A part declares a document type or refers to entities; such a file is not read.",
                        "Excel又はLibreOfficeで作り直したブックを使ってください。",
                        "Use a workbook that was written by Excel or LibreOffice.")
                .value(part);
    }

    static Problem date1904(Place at) {
        return error(
                Codes.DATE_1904,
                at,
                "「1904年から計算する」設定のブックです。日付が4年ずれて読まれるおそれがあります。",
                "The workbook counts days from 1904; its dates could be read four years off.",
                "Excelのオプション（詳細設定）でこの設定を外し、日付を確かめてください。",
                "Turn that option off (Options, Advanced) and check the dates.");
    }

    static Problem workbookMissing(String workbook) {
        return error(
                Codes.WORKBOOK_MISSING,
                new Place.Cell(workbook, "", ""),
                "%s がありません。".formatted(workbook),
                "%s is missing.".formatted(workbook),
                "フォルダーに %s を置いてください。".formatted(workbook),
                "Put %s into the folder.".formatted(workbook));
    }

    static Problem workbookUnknown(Place at) {
        return error(
                Codes.WORKBOOK_UNKNOWN,
                at,
                "何のブックか分かりません。Decision シートがなく、決まった名前のブックでもありません。",
                "It is not known what this workbook is for: it has no sheet Decision and its name is none of those known.",
                "判断のブックなら Decision シートを加え、そうでなければフォルダーから除いてください。",
                "Add a sheet Decision if it is a decision; otherwise take the file out of the folder.");
    }

    static Problem spreadsheetNotRead(Place at) {
        return error(
                Codes.WORKBOOK_UNKNOWN,
                at,
                "この形式の表は読み込まれません。",
                "A spreadsheet in this format is not read.",
                "「Excelブック（.xlsx）」として保存してください。",
                "Save it as an Excel workbook (.xlsx).");
    }

    static Problem fileNotRead(Place at) {
        return warning(
                Codes.FILE_NOT_READ,
                at,
                "このファイルは読み込まれません。",
                "This file is not read.",
                "不要であればフォルダーから除いてください。",
                "Take it out of the folder if it is not needed.");
    }

    // ---- sheets

    static Problem sheetMissing(Place.Cell workbook, String sheet) {
        return error(
                Codes.SHEET_MISSING,
                new Place.Cell(workbook.workbook(), sheet, ""),
                "シート %s がありません。".formatted(sheet),
                "The sheet %s is missing.".formatted(sheet),
                "シートを加えるか、名前を %s に戻してください。".formatted(sheet),
                "Add the sheet, or give it back its name %s.".formatted(sheet));
    }

    static Problem sheetUnknown(Grid grid, List<String> known) {
        return error(
                        Codes.SHEET_UNKNOWN,
                        grid.whole(),
                        "シート「%s」は、このブックにはないはずのシートです。".formatted(grid.sheet()),
                        "The sheet \"%s\" has no place in this workbook.".formatted(grid.sheet()),
                        "名前を確かめ、不要なら削除してください。説明だけのシートは「使い方」という名前にします。",
                        "Check its name, or delete it. A sheet for people only is named 使い方.")
                .value(grid.sheet())
                .expected(String.join("|", known));
    }

    static Problem hiddenSheet(Grid grid) {
        return error(
                Codes.HIDDEN_SHEET,
                grid.whole(),
                "シート「%s」が非表示です。見えない規則は読み込みません。".formatted(grid.sheet()),
                "The sheet \"%s\" is hidden; rules that nobody sees are not read.".formatted(grid.sheet()),
                "再表示するか、削除してください。",
                "Unhide it, or delete it.");
    }

    static Problem hiddenRow(Place at, int row) {
        return error(
                Codes.HIDDEN_ROW,
                at,
                "%d行目が非表示ですが、内容があります。".formatted(row + 1),
                "Row %d is hidden but holds something.".formatted(row + 1),
                "フィルターを解除するか、行を再表示してください。不要な行は削除してください。",
                "Clear the filter or unhide the row; delete it if it is not wanted.");
    }

    static Problem hiddenColumn(Place.Cell at) {
        return error(
                Codes.HIDDEN_COLUMN,
                at,
                "%s列が非表示ですが、内容があります。".formatted(at.cell()),
                "Column %s is hidden but holds something.".formatted(at.cell()),
                "列を再表示してください。不要な列は削除してください。",
                "Unhide the column; delete it if it is not wanted.");
    }

    static Problem hiddenCell(Place at, String value) {
        return error(
                        Codes.HIDDEN_CELL,
                        at,
                        "表示形式「;;;」のため、値があるのに見えません。",
                        "The number format \";;;\" hides the value of this cell.",
                        "表示形式を「文字列」又は「標準」にしてください。",
                        "Set the number format to Text or General.")
                .value(value);
    }

    static Problem merged(Place at, String range) {
        return error(
                        Codes.MERGED_CELLS,
                        at,
                        "セル %s が結合されています。結合した範囲では左上の値しか残りません。".formatted(range),
                        "The cells %s are merged; only the top left one keeps its value.".formatted(range),
                        "結合を解除し、必要な値を各セルに書いてください。",
                        "Unmerge them and write the value into every cell that needs it.")
                .value(range);
    }

    static Problem emptyRow(Place at, int row) {
        return error(
                Codes.EMPTY_ROW,
                at,
                "表の途中の%d行目が空です。".formatted(row + 1),
                "Row %d, inside the table, is empty.".formatted(row + 1),
                "空の行を削除してください。",
                "Delete the empty row.");
    }

    static Problem struck(Place at) {
        return error(
                Codes.STRUCK_THROUGH,
                at,
                "取消線のある文字があります。取消線を引いた行も規則として残ってしまうため、読み込みません。",
                "There is struck-through text. A struck-through row would still be a rule, so it is not read.",
                "行を削除するか、取消線を外してください。変更の経過は改訂の比較で見られます。",
                "Delete the row, or remove the strike-through. Changes are shown by comparing revisions.");
    }

    static Problem keyRowMissing(Place at, String first) {
        return error(
                        Codes.KEY_ROW_MISSING,
                        at,
                        "キーの行が見つかりません。左端が「%s」の行が必要です。".formatted(first),
                        "The row of machine keys was not found; it begins with \"%s\".".formatted(first),
                        "キーの行を元の位置に戻してください。",
                        "Put the key row back where it belongs.")
                .expected(first);
    }

    static Problem labelRowMissing(Place at, String found) {
        return error(
                        Codes.LABEL_ROW_MISSING,
                        at,
                        "見出しの行があるべき所に「%s」と書かれています。このままでは読み飛ばされます。".formatted(found),
                        "\"%s\" stands where the row of labels belongs and would be skipped.".formatted(found),
                        "見出しの行を入れてください。",
                        "Insert the row of labels.")
                .value(found);
    }

    static Problem columnUnknown(Place at, String key, Collection<String> known) {
        return error(
                        Codes.COLUMN_UNKNOWN,
                        at,
                        "列のキー「%s」は知られていません。".formatted(key) + suggestionJa(key, known),
                        "The column key \"%s\" is not known.".formatted(key) + suggestionEn(key, known),
                        "キーのつづりを確かめてください。事実であれば vocabulary.xlsx 又は derivations.xlsx に加えます。",
                        "Check the spelling. A fact has to be in vocabulary.xlsx or derivations.xlsx.")
                .value(key)
                .expected(Nearest.to(key, known).orElse(""));
    }

    static Problem columnMissing(Place at, String key) {
        return error(
                        Codes.COLUMN_MISSING,
                        at,
                        "列「%s」がありません。".formatted(key),
                        "The column \"%s\" is missing.".formatted(key),
                        "キーの行に「%s」の列を加えてください。".formatted(key),
                        "Add the column \"%s\" to the key row.".formatted(key))
                .expected(key);
    }

    static Problem columnDuplicate(Place at, Place first, String key) {
        return error(
                        Codes.COLUMN_DUPLICATE,
                        at,
                        "列「%s」が二つあります。".formatted(key),
                        "There are two columns \"%s\".".formatted(key),
                        "一つにまとめてください。一つの事実への二つの条件は [1..3] のように一つのセルに書けます。",
                        "Make them one. Two bounds on one fact fit into one cell, like [1..3].")
                .value(key)
                .also(first);
    }

    static Problem cellWithoutColumn(Place at, String value) {
        return error(
                        Codes.CELL_WITHOUT_COLUMN,
                        at,
                        "キーのない列に内容があります。",
                        "This cell has contents, but its column has no key.",
                        "正しい列に移すか、削除してください。メモは note の列に書けます。",
                        "Move it to the right column or delete it. Remarks go into the column note.")
                .value(value);
    }

    static Problem titleKeyUnknown(Place at, String key, Collection<String> known) {
        return error(
                        Codes.TITLE_KEY_UNKNOWN,
                        at,
                        "項目「%s」は知られていません。".formatted(key) + suggestionJa(key, known),
                        "The key \"%s\" is not known here.".formatted(key) + suggestionEn(key, known),
                        "つづりを確かめてください。",
                        "Check the spelling.")
                .value(key)
                .expected(String.join("|", known));
    }

    static Problem titleKeyMissing(Place at, String key) {
        return error(
                        Codes.TITLE_KEY_MISSING,
                        at,
                        "項目「%s」がありません。".formatted(key),
                        "The key \"%s\" is missing.".formatted(key),
                        "「%s」の行を加えて値を書いてください。".formatted(key),
                        "Add a row \"%s\" with its value.".formatted(key))
                .expected(key);
    }

    static Problem titleKeyDuplicate(Place at, Place first, String key) {
        return error(
                        Codes.TITLE_KEY_DUPLICATE,
                        at,
                        "項目「%s」が二つあります。".formatted(key),
                        "The key \"%s\" is given twice.".formatted(key),
                        "一つを削除してください。",
                        "Delete one of them.")
                .value(key)
                .also(first);
    }

    // ---- single cells

    static Problem formula(Place at, String formula) {
        return error(
                        Codes.FORMULA,
                        at,
                        "数式が入っています。計算結果は開く場所や時によって変わり得るため、読み込みません。",
                        "The cell holds a formula. Its result may change with place and time, so it is not read.",
                        "「値の貼り付け」で値に置き換えてください。計算は derivations.xlsx の式で書けます。",
                        "Replace it by its value (Paste Values). Computations belong in derivations.xlsx.")
                .value(formula);
    }

    static Problem cellError(Place at, String error) {
        return error(
                        Codes.CELL_ERROR,
                        at,
                        "セルがエラー値（%s）です。".formatted(error),
                        "The cell holds the error value %s.".formatted(error),
                        "正しい値を書くか、空欄にしてください。",
                        "Write the right value, or leave the cell blank.")
                .value(error);
    }

    static Problem controlCharacter(Place at, String character, String text) {
        return error(
                        Codes.CONTROL_CHARACTER,
                        at,
                        "見えない制御文字（%s）が含まれています。".formatted(character),
                        "The text holds an invisible control character (%s).".formatted(character),
                        "文字を入力し直してください。",
                        "Type the text again.")
                .value(text.replaceAll("\\p{Cntrl}", "?"));
    }

    static Problem textExpected(Place at, String found) {
        return error(
                        Codes.TEXT_EXPECTED,
                        at,
                        "文字列であるべきセルに、数、日付又は論理値「%s」が入っています。".formatted(found),
                        "Text is due here, but the cell holds the number, date or truth value \"%s\".".formatted(found),
                        "表示形式を「文字列」にしてから入力し直してください（3.10 は数にすると 3.1 になります）。",
                        "Set the cell's format to Text and type it again (as a number, 3.10 becomes 3.1).")
                .value(found)
                .expected("text");
    }

    static Problem numberExpected(Place at, String found) {
        return error(
                        Codes.NUMBER_EXPECTED,
                        at,
                        "「%s」は数ではありません。".formatted(found),
                        "\"%s\" is not a number.".formatted(found),
                        "数字だけを書いてください。",
                        "Write a number and nothing else.")
                .value(found)
                .expected("number");
    }

    static Problem dateExpected(Place at, String found) {
        return error(
                        Codes.DATE_EXPECTED,
                        at,
                        "「%s」は日付として読めません。".formatted(found),
                        "\"%s\" is not a date.".formatted(found),
                        "2024-04-01、2024年4月1日、令和6年4月1日のように書いてください。",
                        "Write it like 2024-04-01; year first, always.")
                .value(found)
                .expected("date");
    }

    static Problem dateInvalid(Place at, String found) {
        return error(
                        Codes.DATE_INVALID,
                        at,
                        "「%s」という日はありません（月末、元号の期間又は曜日を確かめてください）。".formatted(found),
                        "There is no such day as \"%s\" (check the end of the month, the era or the weekday)."
                                .formatted(found),
                        "正しい日付を書いてください。",
                        "Write the right date.")
                .value(found)
                .expected("date");
    }

    static Problem dateWithTime(Place at, String found) {
        return error(
                        Codes.DATE_WITH_TIME,
                        at,
                        "時刻の付いた日付又は時刻です。",
                        "The cell holds a time of day.",
                        "日付だけを書いてください。時刻を含む値は 2022-07-31T14:59:59Z のように文字列で書きます。",
                        "Write the date only. A moment is written as text, 2022-07-31T14:59:59Z.")
                .value(found)
                .expected("date");
    }

    static Problem dateSerial(Place at, String found) {
        return error(
                        Codes.DATE_SERIAL_UNFORMATTED,
                        at,
                        "日付であるべきセルに、日付の書式のない数「%s」が入っています。".formatted(found),
                        "A date is due here, but the cell holds the number \"%s\" without a date format."
                                .formatted(found),
                        "表示形式を日付にして、意図した日か確かめてください。",
                        "Give the cell a date format and check that it is the day you mean.")
                .value(found)
                .expected("date");
    }

    static Problem dateShownInPart(Place at, String day) {
        return warning(
                        Codes.DATE_SHOWN_IN_PART,
                        at,
                        "年月又は月日だけが表示されています。%s として読みました。".formatted(day),
                        "Only part of the date is shown. It was read as %s.".formatted(day),
                        "表示形式を yyyy-mm-dd にしてください。",
                        "Use the format yyyy-mm-dd.")
                .value(day);
    }

    /** No mistake: said in an annotated copy, so that nobody has to count years. */
    static Problem dayRead(Place at, String found, String iso) {
        return new Problem(
                "DATE_READ",
                Problem.Severity.INFO,
                List.of(at),
                new Bilingual("「%s」を %s と読みました。".formatted(found, iso), "\"%s\" was read as %s.".formatted(found, iso)),
                Bilingual.EMPTY,
                found,
                iso);
    }

    static Problem valueMissing(Place at, String key) {
        return error(
                        Codes.VALUE_MISSING,
                        at,
                        "「%s」が空欄です。".formatted(key),
                        "\"%s\" is blank.".formatted(key),
                        "値を書いてください。",
                        "Write a value.")
                .expected(key);
    }

    static Problem valueNotUsed(Place at, String value, String whyJa, String whyEn) {
        return error(
                        Codes.VALUE_NOT_USED,
                        at,
                        "ここに書いた値は使われません。" + whyJa,
                        "What is written here is not used: " + whyEn,
                        "空欄にしてください。",
                        "Leave it blank.")
                .value(value);
    }

    static Problem notInList(Place at, String found, Collection<String> allowed) {
        return error(
                        Codes.NOT_IN_LIST,
                        at,
                        "「%s」は選択肢にありません。".formatted(found) + suggestionJa(found, allowed),
                        "\"%s\" is not one of the values allowed here.".formatted(found) + suggestionEn(found, allowed),
                        "次のいずれかにしてください: " + String.join(" | ", allowed),
                        "Write one of: " + String.join(" | ", allowed))
                .value(found)
                .expected(String.join("|", allowed));
    }

    static Problem nameMalformed(Place at, String found, Form form) {
        return error(
                        Codes.NAME_MALFORMED,
                        at,
                        "「%s」は%sの形ではありません。".formatted(found, form.ja()),
                        "\"%s\" does not have the form of %s.".formatted(found, form.en()),
                        "%s のように書いてください。".formatted(form.example()),
                        "Write it like %s.".formatted(form.example()))
                .value(found)
                .expected(form.pattern());
    }

    static Problem typeUnreadable(Place at, String type, String domain) {
        return error(
                        Codes.TYPE_UNREADABLE,
                        at,
                        "型「%s」と値の範囲「%s」を読めません。".formatted(type, domain),
                        "The type \"%s\" with the domain \"%s\" cannot be read.".formatted(type, domain),
                        "enum（A|B の形の範囲）、boolean、date、moment、integer、number、string、days、list<…> のいずれかです。",
                        "Use enum (with a domain A|B), boolean, date, moment, integer, number, string, days or list<…>.")
                .value(type)
                .expected("enum|boolean|date|moment|integer|number|string|days|list<…>");
    }

    static Problem absenceUnreadable(Place at, String found) {
        return error(
                        Codes.ABSENCE_UNREADABLE,
                        at,
                        "「%s」を読めません。".formatted(found),
                        "\"%s\" cannot be read.".formatted(found),
                        "unknown、none、又は none; unknown where renewalDecision is APPROVED or NOT_APPROVED と書いてください。",
                        "Write unknown, none, or: none; unknown where renewalDecision is APPROVED or NOT_APPROVED.")
                .value(found)
                .expected("unknown|none|none; unknown where … is … or …");
    }

    static Problem unreadableCell(
            String code, Place at, String found, Bilingual message, Bilingual advice, String expected) {
        return Problem.error(code, at, message, advice).value(found).expected(expected);
    }

    static Problem englishMissing(Place at, String ja) {
        return warning(
                        Codes.ENGLISH_MISSING,
                        at,
                        "英語の文が空欄です（差し支えはありません）。",
                        "The English text is blank (this is no bar).",
                        "英語の文を書いてください。",
                        "Write the English text.")
                .value(ja);
    }

    static Problem japaneseMissing(Place at, String en) {
        return error(
                        Codes.JAPANESE_MISSING,
                        at,
                        "日本語の文が空欄です。",
                        "The Japanese text is blank; it is the one that governs.",
                        "日本語の文を書いてください。",
                        "Write the Japanese text.")
                .value(en);
    }

    // ---- what cells say together

    static Problem duplicate(Place at, Place first, String what) {
        return error(
                        Codes.DUPLICATE,
                        at,
                        "「%s」が二度書かれています。".formatted(what),
                        "\"%s\" is entered twice.".formatted(what),
                        "一つを削除するか、別の名前にしてください。",
                        "Delete one, or give it another name.")
                .value(what)
                .also(first);
    }

    static Problem definedTwice(Place at, Place first, String name) {
        return error(
                        Codes.DERIVED_TWICE,
                        at,
                        "「%s」が二か所で定義されています。".formatted(name),
                        "\"%s\" is defined in two places.".formatted(name),
                        "一つだけを残してください（表、derivations.xlsx、DRL、パラメータのいずれか）。",
                        "Keep one of them (a table, derivations.xlsx, DRL or a parameter).")
                .value(name)
                .also(first);
    }

    static Problem definitionDiffers(Place at, Place first, String key, String found, String expected) {
        return error(
                        Codes.DEFINITION_DIFFERS,
                        at,
                        "同じ名前の行で「%s」が違います。".formatted(key),
                        "Rows of the same name differ in \"%s\".".formatted(key),
                        "同じ内容にするか、二行目以降を空欄にしてください。",
                        "Make them the same, or leave it blank from the second row on.")
                .value(found)
                .expected(expected)
                .also(first);
    }

    static Problem rowIdForeign(Place at, String found, String table) {
        return error(
                        Codes.ROW_ID_FOREIGN,
                        at,
                        "行番号「%s」は「%s/」で始まり、番号が続く形ではありません。".formatted(found, table),
                        "The row id \"%s\" does not consist of \"%s/\" and a number.".formatted(found, table),
                        "%s/1 のように書いてください。既にある行の番号は変えないでください。".formatted(table),
                        "Write it like %s/1. Never change the id of an existing row.".formatted(table))
                .value(found)
                .expected(table + "/1");
    }

    static Problem nameUnknown(Place at, String name, Collection<String> known) {
        return error(
                        Codes.NAME_UNKNOWN,
                        at,
                        "「%s」という名前はありません。".formatted(name) + suggestionJa(name, known),
                        "Nothing is named \"%s\".".formatted(name) + suggestionEn(name, known),
                        "つづりを確かめるか、vocabulary.xlsx 又は derivations.xlsx に加えてください。",
                        "Check the spelling, or add it to vocabulary.xlsx or derivations.xlsx.")
                .value(name)
                .expected(Nearest.to(name, known).orElse(""));
    }

    static Problem ruleUnknown(Place at, String rule, Collection<String> known) {
        return error(
                        Codes.RULE_UNKNOWN,
                        at,
                        "規則「%s」はこの判断にありません。".formatted(rule) + suggestionJa(rule, known),
                        "This decision has no rule \"%s\".".formatted(rule) + suggestionEn(rule, known),
                        "規則の番号を確かめるか、その規則の表を加えてください。",
                        "Check the rule id, or add the rule's table.")
                .value(rule)
                .expected(Nearest.to(rule, known).orElse(""));
    }

    static Problem rowUnknown(Place at, String row, Collection<String> known) {
        return error(
                        Codes.ROW_UNKNOWN,
                        at,
                        "行「%s」はありません。".formatted(row) + suggestionJa(row, known),
                        "There is no row \"%s\".".formatted(row) + suggestionEn(row, known),
                        "行番号を確かめてください。",
                        "Check the row id.")
                .value(row)
                .expected(Nearest.to(row, known).orElse(""));
    }

    static Problem wrongType(Place at, String name, String type, String due) {
        return error(
                        Codes.TYPE_MISFIT,
                        at,
                        "「%s」の型は %s ですが、ここには %s が必要です。".formatted(name, type, due),
                        "\"%s\" is of type %s, but %s is due here.".formatted(name, type, due),
                        "別の事実を書いてください。",
                        "Name another fact.")
                .value(name)
                .expected(due);
    }

    static Problem notDerived(Place at, String name) {
        return error(
                        Codes.INPUT_IS_DERIVED,
                        at,
                        "「%s」は入力の事実（kind: input）なので、導出できません。".formatted(name),
                        "\"%s\" is an input (kind: input) and cannot be derived.".formatted(name),
                        "vocabulary.xlsx の kind を derived 又は either にするか、別の名前にしてください。",
                        "Make its kind derived or either in vocabulary.xlsx, or use another name.")
                .value(name);
    }

    static Problem circular(Place at, List<String> circle) {
        String shown = String.join(" → ", circle);
        return error(
                        Codes.CIRCULAR,
                        at,
                        "互いに参照し合っています: " + shown,
                        "They refer to each other in a circle: " + shown,
                        "どれか一つの参照をなくしてください。",
                        "Remove one of the references.")
                .value(shown);
    }

    static Problem placeholderUnknown(Place at, String name, Collection<String> known) {
        return error(
                        Codes.PLACEHOLDER_UNKNOWN,
                        at,
                        "文中の {%s} に当たる事実がありません。".formatted(name) + suggestionJa(name, known),
                        "{%s} in the text names no fact.".formatted(name) + suggestionEn(name, known),
                        "名前を確かめてください。",
                        "Check the name.")
                .value(name)
                .expected(Nearest.to(name, known).orElse(""));
    }

    static Problem citationMissing(Place at) {
        return error(
                        Codes.CITATION_MISSING,
                        at,
                        "根拠の条項がありません。",
                        "No clause is cited.",
                        "表の clause 又はこの行の clause に、basic-regulations 3.5 のように書いてください。",
                        "Name the clause here or in the title block, like basic-regulations 3.5.")
                .expected("basic-regulations 3.5");
    }

    static Problem clauseUnknown(Place at, String found, Collection<String> known) {
        return error(
                        Codes.CLAUSE_UNKNOWN,
                        at,
                        "条項「%s」は clauses.xlsx にありません。".formatted(found) + suggestionJa(found, known),
                        "The clause \"%s\" is not in clauses.xlsx.".formatted(found) + suggestionEn(found, known),
                        "文書と条項を空白で区切って書き、なければ clauses.xlsx に加えてください。",
                        "Write the document, a space and the clause; add it to clauses.xlsx if it is not there.")
                .value(found)
                .expected(Nearest.to(found, known).orElse("document clause"));
    }

    static Problem periodReversed(Place at, Place from, String fromDay, String untilDay) {
        return error(
                        Codes.PERIOD_REVERSED,
                        at,
                        "最終日（%s）が開始日（%s）より前です。".formatted(untilDay, fromDay),
                        "The last day (%s) is before the first (%s).".formatted(untilDay, fromDay),
                        "until には、適用する最後の日（その日を含む）を書いてください。",
                        "Write into until the last day, included.")
                .value(untilDay)
                .also(from);
    }

    static Problem periodsOverlap(Place at, Place first, String name) {
        return error(
                        Codes.PARAMETER_PERIODS_OVERLAP,
                        at,
                        "「%s」の適用期間が、別の行と重なっています。".formatted(name),
                        "Two rows of \"%s\" are in force on the same day.".formatted(name),
                        "前の行の最終日を、次の行の開始日の前日にしてください。",
                        "End the earlier row on the day before the later one begins.")
                .value(name)
                .also(first);
    }

    static Problem otherwiseMissing(Place at) {
        return error(
                        Codes.OTHERWISE_ONCE,
                        at,
                        "otherwise の結論がありません。",
                        "No outcome is called for by otherwise.",
                        "どれにも当たらないときの結論を一つ、otherwise としてください。",
                        "Give the one outcome that holds when nothing else does the call otherwise.")
                .expected("otherwise");
    }

    static Problem otherwiseTwice(Place at, Place first) {
        return error(
                        Codes.OTHERWISE_ONCE,
                        at,
                        "otherwise の結論が二つあります。",
                        "Two outcomes are called for by otherwise.",
                        "一つだけにしてください。",
                        "Keep one.")
                .also(first);
    }

    static Problem missingMisplaced(Place at, String outcome) {
        return error(
                        Codes.MISSING_MISPLACED,
                        at,
                        "missing は、結論 INSUFFICIENT_FACTS に一度だけ書けます。",
                        "Only the outcome INSUFFICIENT_FACTS may be called for by missing, and only once.",
                        "この結論は、規則とその結果で書いてください。",
                        "Name rules and statuses for this outcome.")
                .value(outcome)
                .expected("INSUFFICIENT_FACTS");
    }

    static Problem callUnreadable(Place at, String found) {
        return error(
                        Codes.CALL_UNREADABLE,
                        at,
                        "「%s」を読めません。".formatted(found),
                        "\"%s\" cannot be read.".formatted(found),
                        "BR-3.5-4: SATISFIED, ALLOWED、BR-5.4-4/1、any: NOT_SATISFIED、missing、otherwise のいずれかを ; で区切って書いてください。",
                        "Write, separated by ;, any of: BR-3.5-4: SATISFIED, ALLOWED · BR-5.4-4/1 · any: NOT_SATISFIED · missing · otherwise.")
                .value(found);
    }

    static Problem decisionNameDiffers(Place at, String found, String file) {
        return error(
                        Codes.DECISION_NAME_DIFFERS,
                        at,
                        "判断の名前「%s」が、ファイル名「%s」と違います。".formatted(found, file),
                        "The decision is named \"%s\", the file \"%s\".".formatted(found, file),
                        "同じ名前にしてください。",
                        "Give them the same name.")
                .value(found)
                .expected(file);
    }

    static Problem hitPolicyMisused(Place at, String found, String ja, String en) {
        return error(
                        Codes.HIT_POLICY_MISUSED,
                        at,
                        ja,
                        en,
                        "規則の表は UNIQUE、ANY、FIRST、事実の表はこれらと COLLECT（aggregation を伴う）です。",
                        "A rule takes UNIQUE, ANY or FIRST; a fact these, or COLLECT with an aggregation.")
                .value(found);
    }

    static Problem elementOutsideList(Place at, String name, String list) {
        return error(
                        Codes.ELEMENT_OUTSIDE_LIST,
                        at,
                        "「%s」はリスト「%s」の一つの要素についての値ですが、この表は要素ごとに調べる表ではありません。".formatted(name, list),
                        "\"%s\" is of one element of \"%s\", but this table is not asked for each of them."
                                .formatted(name, list),
                        "表の上部に forEach = %s を加えるか、リスト全体についての導出を使ってください。".formatted(list),
                        "Add forEach = %s to the title block, or derive something of the whole list.".formatted(list))
                .value(name)
                .expected("forEach " + list);
    }

    static Problem noElementsMissing(Place at) {
        return error(
                        Codes.NO_ELEMENTS_MISSING,
                        at,
                        "リストが空のときの結果（noElements）がありません。",
                        "It is not said what holds where the list is empty (noElements).",
                        "noElements に結果（NOT_APPLICABLE など）又は規則の番号を書いてください。",
                        "Write a status (such as NOT_APPLICABLE) or a rule id into noElements.")
                .expected("noElements");
    }

    static Problem borrowedRuleUnknown(Place at, String rule, String decision, Collection<String> known) {
        return error(
                        Codes.BORROWED_RULE_UNKNOWN,
                        at,
                        "判断「%s」のブックに規則「%s」の表はありません。".formatted(decision, rule) + suggestionJa(rule, known),
                        "The workbook of \"%s\" has no table of the rule \"%s\".".formatted(decision, rule)
                                + suggestionEn(rule, known),
                        "規則の表が書かれている判断を decision に書いてください。借りた規則をさらに借りることはできません。",
                        "Name the decision in whose workbook the table stands; what is borrowed there cannot be borrowed again.")
                .value(rule)
                .expected(Nearest.to(rule, known).orElse(""));
    }

    static Problem tableEmpty(Place at) {
        return error(
                Codes.TABLE_EMPTY,
                at,
                "表に行がありません。",
                "The table has no rows.",
                "行を加えるか、シートを削除してください。",
                "Add rows, or delete the sheet.");
    }

    private static String suggestionJa(String found, Collection<String> known) {
        Optional<String> nearest = Nearest.to(found, known);
        return nearest.map("「%s」のことですか。"::formatted).orElse("");
    }

    private static String suggestionEn(String found, Collection<String> known) {
        Optional<String> nearest = Nearest.to(found, known);
        return nearest.map(name -> String.format(Locale.ROOT, " Did you mean \"%s\"?", name))
                .orElse("");
    }
}
