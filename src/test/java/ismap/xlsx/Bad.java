package ismap.xlsx;

import ismap.rulebook.RulebookFiles;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.apache.poi.poifs.crypt.EncryptionInfo;
import org.apache.poi.poifs.crypt.EncryptionMode;
import org.apache.poi.poifs.crypt.Encryptor;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.apache.poi.ss.usermodel.SheetVisibility;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.ss.util.CellReference;
import org.apache.poi.xssf.usermodel.XSSFCell;
import org.apache.poi.xssf.usermodel.XSSFCellStyle;
import org.apache.poi.xssf.usermodel.XSSFFont;
import org.apache.poi.xssf.usermodel.XSSFRow;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

/** Every kind of mistake: a change to the sample, and the problem that it is. */
final class Bad {

    private Bad() {}

    /**
     * @param code of the one error (or warning) that comes of it
     * @param place where it says so
     * @param also codes of what follows from it
     */
    record Mistake(String name, Supplier<RulebookFiles> files, String code, String place, Set<String> also) {
        Mistake(String name, Supplier<RulebookFiles> files, String code, String place) {
            this(name, files, code, place, Set.of());
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static final String LICENCE = "licence.xlsx";
    private static final List<Mistake> ALL = new ArrayList<>();

    /** A change of one workbook; the place is written {@code Sheet!Cell}. */
    private static void in(
            String path, String name, Consumer<XSSFWorkbook> edit, String code, String place, String... also) {
        ALL.add(new Mistake(
                name, () -> Sample.with(path, edit), code, path + (place.isEmpty() ? "" : " " + place), Set.of(also)));
    }

    private static void bytes(String name, UnaryOperator<byte[]> edit, String code, String place) {
        ALL.add(new Mistake(
                name,
                () -> Sample.with(LICENCE, edit.apply(Sample.bytesOf(LICENCE))),
                code,
                LICENCE + (place.isEmpty() ? "" : " " + place)));
    }

    static List<Mistake> all() {
        return List.copyOf(ALL);
    }

    // ---- what may be done to a workbook

    static XSSFCell at(XSSFWorkbook workbook, String place) {
        int bang = place.lastIndexOf('!');
        CellReference cell = new CellReference(place.substring(bang + 1));
        XSSFSheet sheet = workbook.getSheet(place.substring(0, bang));
        XSSFRow row = sheet.getRow(cell.getRow());
        return (row == null ? sheet.createRow(cell.getRow()) : row)
                .getCell(cell.getCol(), org.apache.poi.ss.usermodel.Row.MissingCellPolicy.CREATE_NULL_AS_BLANK);
    }

    static Consumer<XSSFWorkbook> set(String place, String text) {
        return workbook -> {
            if (text.isEmpty()) {
                at(workbook, place).setBlank();
            } else {
                at(workbook, place).setCellValue(text);
            }
        };
    }

    static Consumer<XSSFWorkbook> number(String place, double number) {
        return workbook -> at(workbook, place).setCellValue(number);
    }

    static Consumer<XSSFWorkbook> truth(String place, boolean truth) {
        return workbook -> at(workbook, place).setCellValue(truth);
    }

    static Consumer<XSSFWorkbook> formatted(String place, double number, String format) {
        return workbook -> {
            at(workbook, place).setCellValue(number);
            at(workbook, place)
                    .setCellStyle(style(workbook, workbook.createDataFormat().getFormat(format)));
        };
    }

    static Consumer<XSSFWorkbook> formatted(String place, double number, int builtIn) {
        return workbook -> {
            at(workbook, place).setCellValue(number);
            at(workbook, place).setCellStyle(style(workbook, (short) builtIn));
        };
    }

    private static XSSFCellStyle style(XSSFWorkbook workbook, short format) {
        XSSFCellStyle style = workbook.createCellStyle();
        style.setDataFormat(format);
        return style;
    }

    static double serial(LocalDate day) {
        return day.toEpochDay() - LocalDate.of(1899, 12, 30).toEpochDay();
    }

    private static Consumer<XSSFWorkbook> struck(String place) {
        return workbook -> {
            XSSFFont font = workbook.createFont();
            font.setStrikeout(true);
            XSSFCellStyle style = workbook.createCellStyle();
            style.setFont(font);
            at(workbook, place).setCellStyle(style);
        };
    }

    private static Consumer<XSSFWorkbook> partlyStruck(String place) {
        return workbook -> {
            XSSFFont font = workbook.createFont();
            font.setStrikeout(true);
            var text = workbook.getCreationHelper().createRichTextString("満たします。");
            text.applyFont(0, 2, font);
            at(workbook, place).setCellValue(text);
        };
    }

    private static Consumer<XSSFWorkbook> sheet(String name, Consumer<XSSFSheet> edit) {
        return workbook -> edit.accept(workbook.getSheet(name));
    }

    @SafeVarargs
    static Consumer<XSSFWorkbook> all(Consumer<XSSFWorkbook>... edits) {
        return workbook -> List.of(edits).forEach(edit -> edit.accept(workbook));
    }

    /** What people type where plain text was: cells of other types, eras, full-width characters, marks that take no room. */
    static Consumer<XSSFWorkbook> typed() {
        return all(
                formatted("BR-1!B5", serial(LocalDate.of(2020, 6, 3)), "[$-411]ggge\"年\"m\"月\"d\"日\";@"),
                formatted("BR-1!B6", serial(LocalDate.of(2030, 3, 31)), 57),
                set("BR-1!C13", "令和６年３月３１日"),
                formatted("BR-1!B15", serial(LocalDate.of(2024, 4, 1)), 31),
                set("BR-1!E13", "ＡＰＰＲＯＶＥＤ\u200B"),
                set("BR-1!E14", "not（APPROVED）"),
                set("BR-1!F13", "令和3年6月4日以上"),
                set("BR-1!F14", "＜ startDay"),
                set("BR-1!G13", "［１..３］"),
                set("BR-1!G14", "１６以上"),
                truth("BR-1!H13", true),
                truth("BR-1!H15", false),
                set("BR-1!J13", "faq\u3000KB0011399 "),
                set("BR-1!L13", "期限は｛expiresOn｝です。_x000D_\n次の行\u3000"),
                truth("BR-2!B12", true),
                set("BR-2!B13", "いいえ"),
                set("Readings!C3", "scheme: ISMAP; staff: ３以上"));
    }

    // ---- what may be done to a package

    private static byte[] parts(byte[] zip, Consumer<Map<String, byte[]>> edit) {
        try {
            var parts = new LinkedHashMap<String, byte[]>();
            try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
                for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                    parts.put(entry.getName(), in.readAllBytes());
                }
            }
            edit.accept(parts);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (ZipOutputStream zipped = new ZipOutputStream(out)) {
                for (Map.Entry<String, byte[]> part : parts.entrySet()) {
                    zipped.putNextEntry(new ZipEntry(part.getKey()));
                    zipped.write(part.getValue());
                    zipped.closeEntry();
                }
            }
            return out.toByteArray();
        } catch (IOException inMemory) {
            throw new UncheckedIOException(inMemory);
        }
    }

    static byte[] part(byte[] zip, String name, UnaryOperator<String> edit) {
        return parts(zip, parts -> {
            String old = new String(parts.getOrDefault(name, new byte[0]), StandardCharsets.UTF_8);
            parts.put(name, edit.apply(old).getBytes(StandardCharsets.UTF_8));
        });
    }

    private static byte[] encrypted(byte[] bytes) {
        try (POIFSFileSystem file = new POIFSFileSystem()) {
            Encryptor encryptor = new EncryptionInfo(EncryptionMode.agile).getEncryptor();
            encryptor.confirmPassword("secret");
            try (var out = encryptor.getDataStream(file)) {
                out.write(bytes);
            }
            ByteArrayOutputStream written = new ByteArrayOutputStream();
            file.writeFilesystem(written);
            return written.toByteArray();
        } catch (IOException | java.security.GeneralSecurityException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private static byte[] legacy() {
        try (POIFSFileSystem file = new POIFSFileSystem()) {
            file.createDocument(new ByteArrayInputStream(new byte[512]), "Workbook");
            ByteArrayOutputStream written = new ByteArrayOutputStream();
            file.writeFilesystem(written);
            return written.toByteArray();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    static {
        // The file as a whole
        bytes("a file that is too large", bytes -> new byte[5 << 20], Codes.WORKBOOK_TOO_LARGE, "");
        bytes(
                "a file that is no package",
                bytes -> "row,status".getBytes(StandardCharsets.UTF_8),
                Codes.XLSX_UNREADABLE,
                "");
        bytes("a package that is cut short", bytes -> java.util.Arrays.copyOf(bytes, 900), Codes.XLSX_UNREADABLE, "");
        bytes("a workbook with a password", Bad::encrypted, Codes.XLSX_ENCRYPTED, "");
        bytes("a workbook of Excel 97", bytes -> legacy(), Codes.XLS_LEGACY, "");
        bytes(
                "a workbook saved as Strict Open XML",
                bytes -> part(
                        bytes,
                        "xl/workbook.xml",
                        xml -> xml.replace(
                                "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                                "http://purl.oclc.org/ooxml/spreadsheetml/main")),
                Codes.STRICT_OOXML,
                "");
        bytes("a macro", bytes -> part(bytes, "xl/vbaProject.bin", none -> "x"), Codes.MACRO_PRESENT, "");
        bytes(
                "a macro sheet",
                bytes -> part(bytes, "xl/macrosheets/sheet1.xml", none -> "<a/>"),
                Codes.MACRO_PRESENT,
                "");
        bytes("an embedded object", bytes -> part(bytes, "xl/embeddings/a.bin", none -> "x"), Codes.MACRO_PRESENT, "");
        bytes(
                "a workbook with a macro's content type",
                bytes -> part(
                        bytes,
                        "[Content_Types].xml",
                        xml -> xml.replace("spreadsheetml.sheet.main+xml", "sheet.macroEnabled.main+xml")),
                Codes.MACRO_PRESENT,
                "");
        bytes(
                "a link to another workbook",
                bytes -> part(bytes, "xl/externalLinks/externalLink1.xml", none -> "<a/>"),
                Codes.EXTERNAL_LINK,
                "");
        bytes(
                "a relationship to something outside",
                bytes -> part(
                        bytes,
                        "xl/_rels/workbook.xml.rels",
                        xml -> xml.replace(
                                "</Relationships>",
                                "<Relationship Id=\"r99\" Type=\"http://x/oleObject\" Target=\"file:///etc/passwd\""
                                        + " TargetMode=\"External\"/></Relationships>")),
                Codes.EXTERNAL_LINK,
                "");
        bytes("a query for data", bytes -> part(bytes, "xl/connections.xml", none -> "<a/>"), Codes.EXTERNAL_LINK, "");
        bytes(
                "a document type",
                bytes -> part(
                        bytes,
                        "xl/worksheets/sheet1.xml",
                        xml -> "<!DOCTYPE worksheet SYSTEM \"http://127.0.0.1:9/x.dtd\">"
                                + xml.replaceFirst("<\\?xml[^>]*>", "")),
                Codes.DOCTYPE_PRESENT,
                "");
        bytes(
                "days counted from 1904",
                bytes -> part(
                        bytes,
                        "xl/workbook.xml",
                        xml -> xml.replaceFirst("<workbookPr[^>]*/>", "<workbookPr date1904=\"1\"/>")),
                Codes.DATE_1904,
                "");
        bytes(
                "the same row twice",
                bytes -> part(
                        bytes,
                        "xl/worksheets/sheet1.xml",
                        xml -> xml.replace("</sheetData>", "<row r=\"1\"/></sheetData>")),
                Codes.XLSX_UNREADABLE,
                "");
        bytes(
                "too many parts",
                bytes -> parts(bytes, parts -> {
                    for (int i = 0; i < 500; i++) {
                        parts.put("xl/media/" + i, new byte[0]);
                    }
                }),
                Codes.ZIP_BOMB,
                "");
        in(LICENCE, "a cell far to the right", set("BR-1!XFD1048576", "x"), Codes.TOO_MANY_CELLS, "BR-1!XFD1048576");
        ALL.add(new Mistake(
                "no vocabulary", () -> Sample.without("clauses.xlsx"), Codes.WORKBOOK_MISSING, "clauses.xlsx"));
        ALL.add(new Mistake(
                "a workbook that is no decision",
                () -> Sample.with("memo.xlsx", Sample.bytesOf("clauses.xlsx")),
                Codes.WORKBOOK_UNKNOWN,
                "memo.xlsx"));
        ALL.add(new Mistake(
                "a spreadsheet in another format",
                () -> Sample.with("licence2.xls", new byte[0]),
                Codes.WORKBOOK_UNKNOWN,
                "licence2.xls"));
        ALL.add(new Mistake(
                "a file that nobody reads",
                () -> Sample.with("~$licence.xlsx", new byte[0]),
                Codes.FILE_NOT_READ,
                "~$licence.xlsx"));
        ALL.add(new Mistake(
                "a file whose name is none of a decision",
                () -> Sample.with(
                        "Extra_one.xlsx",
                        Sample.edited(Sample.bytesOf("upkeep.xlsx"), all(set("Decision!B3", "extra"), workbook -> {
                            workbook.removeSheetAt(workbook.getSheetIndex("score"));
                            workbook.removeSheetAt(workbook.getSheetIndex("band"));
                        }))),
                Codes.NAME_MALFORMED,
                "Extra_one.xlsx",
                Set.of(Codes.DECISION_NAME_DIFFERS)));

        // Sheets
        in(LICENCE, "no outcomes", workbook -> workbook.removeSheetAt(1), Codes.SHEET_MISSING, "Outcomes");
        in("vocabulary.xlsx", "an unknown sheet", workbook -> workbook.createSheet("メモ"), Codes.SHEET_UNKNOWN, "メモ");
        in(
                LICENCE,
                "a hidden sheet",
                workbook -> workbook.setSheetVisibility(workbook.getSheetIndex("BR-3"), SheetVisibility.HIDDEN),
                Codes.HIDDEN_SHEET,
                "BR-3");
        in(
                LICENCE,
                "a very hidden sheet",
                workbook -> workbook.setSheetVisibility(workbook.getSheetIndex("BR-3"), SheetVisibility.VERY_HIDDEN),
                Codes.HIDDEN_SHEET,
                "BR-3");
        in(LICENCE, "a hidden row", sheet("BR-1", s -> s.getRow(13).setZeroHeight(true)), Codes.HIDDEN_ROW, "BR-1!A14");
        in(
                LICENCE,
                "a row of no height",
                sheet("BR-1", s -> s.getRow(13).setHeight((short) 0)),
                Codes.HIDDEN_ROW,
                "BR-1!A14");
        in(
                LICENCE,
                "a hidden title row",
                sheet("BR-1", s -> s.getRow(4).setZeroHeight(true)),
                Codes.HIDDEN_ROW,
                "BR-1!A5");
        in(LICENCE, "a hidden column", sheet("BR-1", s -> s.setColumnHidden(6, true)), Codes.HIDDEN_COLUMN, "BR-1!G");
        in(LICENCE, "a column of no width", sheet("BR-1", s -> s.setColumnWidth(6, 0)), Codes.HIDDEN_COLUMN, "BR-1!G");
        in(
                LICENCE,
                "a value that its format hides",
                workbook -> {
                    formatted("BR-1!G14", 0, ";;;").accept(workbook);
                    at(workbook, "BR-1!G14").setCellValue(16);
                },
                Codes.HIDDEN_CELL,
                "BR-1!G14");
        in(
                LICENCE,
                "merged cells",
                sheet("BR-1", s -> s.addMergedRegion(CellRangeAddress.valueOf("G13:G14"))),
                Codes.MERGED_CELLS,
                "BR-1!G13");
        in(LICENCE, "an empty row", sheet("BR-1", s -> s.shiftRows(13, 14, 1)), Codes.EMPTY_ROW, "BR-1!A14");
        in(LICENCE, "a struck-through cell", struck("BR-1!I14"), Codes.STRUCK_THROUGH, "BR-1!I14");
        in(LICENCE, "words struck through", partlyStruck("BR-1!L14"), Codes.STRUCK_THROUGH, "BR-1!L14");
        cell(LICENCE, "BR-1!A12", "rows", Codes.KEY_ROW_MISSING, "BR-1!A1");
        cell("vocabulary.xlsx", "Statuses!A1", "Status", Codes.KEY_ROW_MISSING);
        in(
                LICENCE,
                "no row of labels",
                sheet("BR-1", s -> {
                    s.removeRow(s.getRow(10));
                    s.shiftRows(11, 15, -1);
                }),
                Codes.LABEL_ROW_MISSING,
                "BR-1!A10");
        cell("vocabulary.xlsx", "Statuses!A2", "SATISFIED", Codes.LABEL_ROW_MISSING);
        cell(LICENCE, "BR-1!F14", "< threshold", "PARAMETER_TYPE", "BR-1!A14");
        cell(LICENCE, "BR-1!G12", "stafff", Codes.COLUMN_UNKNOWN);
        cell("clauses.xlsx", "Clauses!I1", "sauce", Codes.COLUMN_UNKNOWN, Codes.COLUMN_MISSING);
        cell(LICENCE, "BR-2!G11", "", Codes.COLUMN_MISSING, "BR-2!A11", Codes.CELL_WITHOUT_COLUMN);
        cell(LICENCE, "BR-1!H12", "staff", Codes.COLUMN_DUPLICATE);
        cell(LICENCE, "BR-1!P14", "a remark", Codes.CELL_WITHOUT_COLUMN);
        cell(LICENCE, "BR-1!E4", "a remark", Codes.CELL_WITHOUT_COLUMN);
        cell(LICENCE, "BR-1!A8", "assumtion", Codes.TITLE_KEY_UNKNOWN);
        cell(LICENCE, "Decision!A7", "remark", Codes.TITLE_KEY_UNKNOWN);
        cell(LICENCE, "BR-1!A8", "clause", Codes.TITLE_KEY_DUPLICATE);
        in(
                LICENCE,
                "a table without a title",
                sheet("BR-3", s -> s.removeRow(s.getRow(1))),
                Codes.TITLE_KEY_MISSING,
                "BR-3!A1");
        cell(LICENCE, "Decision!A5", "note", Codes.TITLE_KEY_DUPLICATE, "Decision!A7", Codes.TITLE_KEY_MISSING);

        // Single cells
        in(LICENCE, "a formula", w -> at(w, "BR-1!G14").setCellFormula("8+8"), Codes.FORMULA, "BR-1!G14");
        in(
                LICENCE,
                "a formula for the day",
                w -> at(w, "BR-1!B15").setCellFormula("TODAY()"),
                Codes.FORMULA,
                "BR-1!B15");
        in(
                LICENCE,
                "a formula for a key",
                w -> at(w, "BR-1!G12").setCellFormula("\"staff\""),
                Codes.FORMULA,
                "BR-1!G12");
        in(LICENCE, "an error", w -> at(w, "BR-1!G14").setCellErrorValue((byte) 0x2A), Codes.CELL_ERROR, "BR-1!G14");
        in(
                LICENCE,
                "an error as LibreOffice writes it",
                w -> at(w, "BR-1!G14").setCellFormula("#N/A"),
                Codes.CELL_ERROR,
                "BR-1!G14");
        cell(LICENCE, "BR-1!L14", "満たし_x0008_ません。", Codes.CONTROL_CHARACTER);
        cell(LICENCE, "BR-1!E14", "not(\u202EDEVORPPA\u202C)", Codes.CONTROL_CHARACTER);
        in(LICENCE, "a clause that is a number", number("BR-1!J14", 3.5), Codes.TEXT_EXPECTED, "BR-1!J14");
        in(LICENCE, "a clause that became a date", formatted("BR-1!J14", 45000, 14), Codes.TEXT_EXPECTED, "BR-1!J14");
        in(LICENCE, "a row id that is a number", number("BR-1!A14", 2), Codes.TEXT_EXPECTED, "BR-1!A14");
        in(LICENCE, "a code that is a truth value", truth("BR-1!E14", true), Codes.TEXT_EXPECTED, "BR-1!E14");
        in(LICENCE, "a code that is a number", number("BR-1!E14", 1), Codes.TEXT_EXPECTED, "BR-1!E14");
        in(
                "clauses.xlsx",
                "a clause id that is a number",
                number("Clauses!B4", 3.1),
                Codes.TEXT_EXPECTED,
                "Clauses!B4",
                Codes.CLAUSE_UNKNOWN);
        cell(LICENCE, "BR-1!G13", "5五", Codes.CONDITION_UNREADABLE);
        cell(LICENCE, "BR-1!G13", ">= five", Codes.CONDITION_UNREADABLE);
        cell(LICENCE, "BR-1!G13", "0 && m.Evil.hit()", Codes.CONDITION_UNREADABLE);
        cell(LICENCE, "BR-1!G13", "0 || score < 3", Codes.CONDITION_UNREADABLE);
        cell(LICENCE, "BR-1!E13", "APROVED", Codes.CONDITION_UNREADABLE);
        cell(LICENCE, "Readings!C3", "scheme ISMAP", Codes.CONDITION_UNREADABLE);
        cell("upkeep.xlsx", "score!C8", "2五", Codes.VALUE_UNREADABLE);
        cell("parameters.xlsx", "Parameters!B3", "16か月", Codes.VALUE_UNREADABLE);
        in(
                LICENCE,
                "a date in a column of numbers",
                formatted("BR-1!G14", 45000, 14),
                Codes.NUMBER_EXPECTED,
                "BR-1!G14");
        cell(LICENCE, "BR-1!B15", "4/1/2024", Codes.DATE_EXPECTED);
        cell(LICENCE, "BR-1!B15", "五月", Codes.DATE_EXPECTED);
        in(LICENCE, "a year where a date is due", number("BR-1!B15", 2024), Codes.DATE_EXPECTED, "BR-1!B15");
        in(LICENCE, "a truth value where a date is due", truth("BR-1!F14", true), Codes.DATE_EXPECTED, "BR-1!F14");
        cell(LICENCE, "BR-1!B15", "令和6年2月30日", Codes.DATE_INVALID);
        cell(LICENCE, "BR-1!B15", "平成36年4月1日", Codes.DATE_INVALID);
        cell(LICENCE, "BR-1!F14", "< 平成31年5月1日", Codes.DATE_INVALID);
        cell(LICENCE, "BR-1!B15", "2024年4月1日(火)", Codes.DATE_INVALID);
        in(LICENCE, "Excel's own 29 February 1900", formatted("BR-1!B15", 60, 14), Codes.DATE_INVALID, "BR-1!B15");
        in(LICENCE, "a date with a time", formatted("BR-1!B15", 45383.5, 22), Codes.DATE_WITH_TIME, "BR-1!B15");
        in(LICENCE, "a time", formatted("BR-1!B15", 0.5, 32), Codes.DATE_WITH_TIME, "BR-1!B15");
        in(LICENCE, "a date without a format", number("BR-1!B15", 45383), Codes.DATE_SERIAL_UNFORMATTED, "BR-1!B15");
        in(LICENCE, "a condition that is one", number("BR-1!F14", 45383), Codes.DATE_SERIAL_UNFORMATTED, "BR-1!F14");
        in(
                LICENCE,
                "a date of which only the month shows",
                formatted("BR-1!B15", 45383, 55),
                Codes.DATE_SHOWN_IN_PART,
                "BR-1!B15");
        cell(LICENCE, "BR-1!A14", "", Codes.VALUE_MISSING, "BR-1!A14");
        cell(LICENCE, "BR-1!I14", "", Codes.VALUE_MISSING);
        in(LICENCE, "a blank text", all(set("BR-3!B6", ""), set("BR-3!C6", "")), Codes.VALUE_MISSING, "BR-3!B6");
        in(
                LICENCE,
                "a row without a message",
                all(set("BR-1!L14", ""), set("BR-1!M14", "")),
                Codes.VALUE_MISSING,
                "BR-1!L14");
        cell("upkeep.xlsx", "score!C8", "", Codes.VALUE_MISSING);
        in(
                LICENCE,
                "a conclusion of a table of days",
                all(set("coveredDays!F8", "conclusion"), set("coveredDays!F9", "x")),
                Codes.VALUE_NOT_USED,
                "coveredDays!F9");
        in(
                "upkeep.xlsx",
                "an item without a list",
                sheet("BR-4", s -> {
                    s.shiftRows(4, 8, 1);
                    Sample.fill(s, 4, "item ¦ name");
                }),
                Codes.VALUE_NOT_USED,
                "BR-4!B5");
        cell(LICENCE, "BR-1!I14", "REFUSED", Codes.NOT_IN_LIST);
        cell(LICENCE, "BR-1!B4", "UNIQ", Codes.NOT_IN_LIST);
        cell(LICENCE, "BR-2!B8", "BR-9", Codes.NOT_IN_LIST);
        cell(LICENCE, "Readings!D3", "null", Codes.NOT_IN_LIST);
        cell(LICENCE, "Outcomes!B3", "BR-1: SATISFYED", Codes.NOT_IN_LIST);
        cell("vocabulary.xlsx", "Facts!E3", "both", Codes.NOT_IN_LIST);
        cell("vocabulary.xlsx", "Facts!H3", "maybe", Codes.NOT_IN_LIST);
        cell("vocabulary.xlsx", "Facts!L6", "decidedOn for GRANTED", Codes.NOT_IN_LIST);
        cell("vocabulary.xlsx", "Codes!B3", "ISMAPP", Codes.NOT_IN_LIST);
        cell("vocabulary.xlsx", "Statuses!A3", "OK", Codes.NOT_IN_LIST);
        cell("clauses.xlsx", "Clauses!A5", "fax", Codes.NOT_IN_LIST, Codes.CLAUSE_UNKNOWN);
        cell(
                "clauses.xlsx",
                "Documents!A3",
                "Basic Regulations",
                Codes.NAME_MALFORMED,
                Codes.NOT_IN_LIST,
                Codes.CLAUSE_UNKNOWN);
        cell("vocabulary.xlsx", "Facts!A12", "Title", Codes.NAME_MALFORMED);
        cell(LICENCE, "Outcomes!A3", "Refused", Codes.NAME_MALFORMED);
        cell(LICENCE, "NotExamined!A3", "ra-0-1", Codes.NAME_MALFORMED);
        cell("vocabulary.xlsx", "Facts!B12", "text", Codes.TYPE_UNREADABLE);
        cell("vocabulary.xlsx", "Facts!C9", "name:string|status", Codes.TYPE_UNREADABLE, "Facts!B9");
        cell("vocabulary.xlsx", "Facts!D5", "none unless decided", Codes.ABSENCE_UNREADABLE);
        cell("vocabulary.xlsx", "Facts!D5", "none; unknown where decision APPROVED", Codes.ABSENCE_UNREADABLE);
        cell("derivations.xlsx", "Derivations!B4", "latest(decidedOn, ", Codes.EXPRESSION_UNREADABLE);
        cell("derivations.xlsx", "Derivations!B4", "lastest(decidedOn, startDay)", Codes.EXPRESSION_UNREADABLE);
        cell(LICENCE, "Outcomes!B3", "BR-1", Codes.CALL_UNREADABLE);
        cell(LICENCE, "Outcomes!B3", "BR-1:", Codes.CALL_UNREADABLE);
        cell(LICENCE, "BR-1!M14", "", Codes.ENGLISH_MISSING);
        cell("vocabulary.xlsx", "Facts!N3", "", Codes.ENGLISH_MISSING);
        cell(LICENCE, "BR-1!L14", "", Codes.JAPANESE_MISSING);

        // What cells say together
        cell(LICENCE, "BR-1!A15", "BR-1/2", Codes.DUPLICATE);
        cell("vocabulary.xlsx", "Facts!A12", "staff", Codes.DUPLICATE);
        cell("vocabulary.xlsx", "Statuses!A4", "SATISFIED", Codes.DUPLICATE);
        cell("clauses.xlsx", "Clauses!B4", "3.5", Codes.DUPLICATE, Codes.CLAUSE_UNKNOWN);
        cell("derivations.xlsx", "Derivations!A5", "lastDay", Codes.DUPLICATE);
        cell(LICENCE, "Outcomes!A6", "REFERRED", Codes.DUPLICATE);
        cell(LICENCE, "Values!A4", "expiresOn", Codes.DUPLICATE);
        cell(LICENCE, "BR-3!B1", "BR-2", Codes.DERIVED_TWICE);
        cell("derivations.xlsx", "Derivations!A5", "band", Codes.DERIVED_TWICE, "upkeep.xlsx band!B1");
        cell("derivations.xlsx", "Derivations!A5", "threshold", Codes.DERIVED_TWICE);
        cell("parameters.xlsx", "Parameters!A6", "staff", Codes.DERIVED_TWICE);
        cell("parameters.xlsx", "Parameters!H4", "別の名前", Codes.DEFINITION_DIFFERS);
        cell(LICENCE, "BR-1!A14", "BR-2/2", Codes.ROW_ID_FOREIGN, Codes.ROW_UNKNOWN);
        cell(LICENCE, "BR-1!A15", "BR-1/x", Codes.ROW_ID_FOREIGN);
        cell(LICENCE, "BR-1!B7", "filedAt", Codes.NAME_UNKNOWN);
        cell(LICENCE, "BR-1!D13", "filledOn", Codes.NAME_UNKNOWN);
        cell(LICENCE, "BR-2!B5", "service", Codes.NAME_UNKNOWN);
        cell(LICENCE, "BR-2!B6", "label", Codes.NAME_UNKNOWN);
        cell(LICENCE, "Decision!B6", "filed", Codes.NAME_UNKNOWN);
        cell(LICENCE, "Values!A3", "expires", Codes.NAME_UNKNOWN);
        cell(LICENCE, "Readings!A3", "decisions", Codes.NAME_UNKNOWN);
        cell(LICENCE, "NotExamined!E4", "skheme: ISMAP", Codes.NAME_UNKNOWN);
        cell("vocabulary.xlsx", "Facts!D5", "none; unknown where decisionn is APPROVED", Codes.NAME_UNKNOWN);
        cell("vocabulary.xlsx", "Facts!L6", "decidedAt", Codes.NAME_UNKNOWN);
        cell("vocabulary.xlsx", "Codes!A3", "scheem", Codes.NAME_UNKNOWN);
        cell("derivations.xlsx", "Derivations!B4", "latest(decidedOm, startDay)", Codes.NAME_UNKNOWN);
        cell("parameters.xlsx", "Parameters!F5", "decidedOm", Codes.NAME_UNKNOWN);
        cell("upkeep.xlsx", "score!B1", "scores", Codes.NAME_UNKNOWN, Codes.ROW_ID_FOREIGN, "NOTHING_DERIVES");
        cell(LICENCE, "Outcomes!B3", "BR-9: SATISFIED", Codes.RULE_UNKNOWN);
        cell(LICENCE, "Outcomes!B3", "BR-9/1", Codes.RULE_UNKNOWN);
        cell(LICENCE, "Outcomes!B3", "BR-1/9", Codes.ROW_UNKNOWN);
        cell(LICENCE, "BR-1!B7", "scheme", Codes.TYPE_MISFIT);
        cell(LICENCE, "BR-2!B5", "scheme", Codes.TYPE_MISFIT, Codes.NAME_UNKNOWN, Codes.ELEMENT_OUTSIDE_LIST);
        cell(LICENCE, "Decision!B6", "scheme", Codes.TYPE_MISFIT);
        cell("vocabulary.xlsx", "Facts!L6", "scheme", Codes.TYPE_MISFIT);
        cell("parameters.xlsx", "Parameters!F5", "scheme", Codes.TYPE_MISFIT);
        cell("derivations.xlsx", "Derivations!A5", "staff", Codes.INPUT_IS_DERIVED);
        cell("derivations.xlsx", "Derivations!B3", "latest(lastDay, expiresOn)", Codes.CIRCULAR);
        in(
                "derivations.xlsx",
                "two that lead to each other",
                all(set("Derivations!B3", "orElse(lastDay, asOf)"), set("Derivations!B4", "orElse(expiresOn, asOf)")),
                Codes.CIRCULAR,
                "Derivations!B3");
        in(
                "derivations.xlsx",
                "one that leads to a circle of others",
                all(
                        set("Derivations!B3", "orElse(lastDay, asOf)"),
                        set("Derivations!B4", "orElse(highest, asOf)"),
                        set("Derivations!B5", "orElse(lastDay, asOf)")),
                Codes.CIRCULAR,
                "Derivations!B4");
        cell(LICENCE, "BR-1!L14", "期限は{expiresOm}です。", Codes.PLACEHOLDER_UNKNOWN);
        cell(LICENCE, "BR-1!C10", "Facts about {nothing} are missing.", Codes.PLACEHOLDER_UNKNOWN);
        cell(LICENCE, "BR-1!B3", "", Codes.CITATION_MISSING, "BR-1!J14");
        cell("parameters.xlsx", "Parameters!G5", "", Codes.CITATION_MISSING);
        cell(LICENCE, "BR-1!J14", "basic-regulations 3.6", Codes.CLAUSE_UNKNOWN);
        cell(LICENCE, "BR-1!B3", "3.5", Codes.CLAUSE_UNKNOWN);
        cell("derivations.xlsx", "Derivations!C3", "basic-regulation 3.5", Codes.CLAUSE_UNKNOWN);
        cell(LICENCE, "BR-1!B13", "2024-04-01", Codes.PERIOD_REVERSED, "BR-1!C13");
        cell(LICENCE, "BR-1!B6", "2020-06-02", Codes.PERIOD_REVERSED);
        cell("clauses.xlsx", "Clauses!F4", "2019-03-31", Codes.PERIOD_REVERSED);
        cell("parameters.xlsx", "Parameters!D4", "2025-03-31", Codes.PARAMETER_PERIODS_OVERLAP);
        cell(LICENCE, "Outcomes!B5", "otherwise", Codes.OTHERWISE_ONCE, "Outcomes!B6");
        cell(LICENCE, "Outcomes!B6", "any: WARNING", Codes.OTHERWISE_ONCE, "Outcomes!B1");
        cell(LICENCE, "Outcomes!B5", "missing", Codes.MISSING_MISPLACED);
        cell(LICENCE, "Decision!B3", "license", Codes.DECISION_NAME_DIFFERS);
        cell(LICENCE, "BR-1!B4", "COLLECT", Codes.HIT_POLICY_MISUSED);
        cell("upkeep.xlsx", "score!B4", "UNIQUE", Codes.HIT_POLICY_MISUSED, "score!B5");
        in("upkeep.xlsx", "COLLECT without an aggregation", set("score!B5", ""), Codes.HIT_POLICY_MISUSED, "score!B4");
        in(LICENCE, "a rule over a list that may be empty", set("BR-2!B8", ""), Codes.NO_ELEMENTS_MISSING, "BR-2!B5");
        cell(LICENCE, "BR-1!G12", "services.since", Codes.ELEMENT_OUTSIDE_LIST, Codes.CONDITION_UNREADABLE);
        cell(
                "derivations.xlsx",
                "Derivations!B3",
                "periodEnd(scheme, 16)",
                "EXPRESSION_TYPE",
                "derivations.xlsx Derivations!A3");
        cell("registers.xlsx", "permits!A4", "1.10", Codes.DUPLICATE);
        cell("registers.xlsx", "permits!A4", "", Codes.VALUE_MISSING);
        cell("registers.xlsx", "permits!B4", "C", Codes.VALUE_UNREADABLE);
        cell("registers.xlsx", "permits!C1", "basic", Codes.COLUMN_UNKNOWN, Codes.COLUMN_MISSING, "permits!C1");
        in(
                "registers.xlsx",
                "a register of nothing",
                workbook -> workbook.setSheetName(0, "permit"),
                Codes.NAME_UNKNOWN,
                "permit!A1",
                "NOTHING_DERIVES");
        cell("upkeep.xlsx", "Borrowed!A3", "BR-9", Codes.BORROWED_RULE_UNKNOWN);
        cell("upkeep.xlsx", "Borrowed!B4", "licenses", Codes.NOT_IN_LIST);
        cell("upkeep.xlsx", "Borrowed!A4", "BR-4", Codes.DERIVED_TWICE);
        cell("upkeep.xlsx", "Borrowed!C3", "schema: ISMAP", Codes.NAME_UNKNOWN);
        cell("upkeep.xlsx", "BR-4!E9", "at once", Codes.NAME_MALFORMED);
        cell("upkeep.xlsx", "BR-4!E8", "finding:status", Codes.NAME_MALFORMED);
        cell("upkeep.xlsx", "BR-4!D9", "NOT_SATISFIED", "DISCRETION_REFUSES", "upkeep.xlsx BR-4!A9");
        cell("clauses.xlsx", "Clauses!E3", "2021-01-01", "CLAUSE_NOT_IN_FORCE", "licence.xlsx BR-1!A14");
        cell("clauses.xlsx", "Clauses!H3", "BR-1, BR-2, BR-3", "CLAUSE_RULE_UNLISTED", "upkeep.xlsx BR-4!B2");
        cell("clauses.xlsx", "Clauses!G4", "RULES", "CLAUSE_WITHOUT_RULE", "Clauses!B4");
        cell("clauses.xlsx", "Clauses!H4", "BR-9", "CLAUSE_WITHOUT_RULE", "Clauses!B4");
        in(
                "clauses.xlsx",
                "no reason",
                all(set("Clauses!I5", ""), set("Clauses!J5", "")),
                "CLAUSE_REASON_MISSING",
                "Clauses!B5");
        cell("clauses.xlsx", "Clauses!G3", "decided", Codes.NOT_IN_LIST);
        cell("clauses.xlsx", "NotEncoded!A3", "BR-3", "RULE_NOT_ENCODED_TWICE");
        cell("clauses.xlsx", "NotEncoded!C3", "3.11", Codes.CLAUSE_UNKNOWN, "NotEncoded!A3");
        cell("clauses.xlsx", "Assumptions!A4", "A-3", "ASSUMPTION_UNKNOWN", "licence.xlsx BR-1!A13");
        in(
                "upkeep.xlsx",
                "a table without rows",
                sheet("score", s -> {
                    s.removeRow(s.getRow(7));
                    s.removeRow(s.getRow(8));
                }),
                Codes.TABLE_EMPTY,
                "score!A7");
    }

    /** One cell becomes another text; {@code more} are codes of what follows from it, and another place than that cell if it has a "!". */
    private static void cell(String path, String place, String text, String code, String... more) {
        String at = Stream.of(more).filter(one -> one.contains("!")).findFirst().orElse(place);
        ALL.add(new Mistake(
                path + " " + place + " = " + text,
                () -> Sample.with(path, set(place, text)),
                code,
                at.contains(".xlsx") ? at : path + " " + at,
                Set.of(more)));
    }
}
