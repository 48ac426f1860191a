package ismap.xlsx;

import ismap.decision.Characters;
import ismap.decision.Place;
import ismap.decision.Problem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.xml.namespace.QName;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.poi.openxml4j.exceptions.InvalidFormatException;
import org.apache.poi.openxml4j.opc.OPCPackage;
import org.apache.poi.openxml4j.util.ZipEntrySource;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.ss.usermodel.SheetVisibility;
import org.apache.poi.ss.util.CellRangeAddress;
import org.apache.poi.xssf.usermodel.XSSFCell;
import org.apache.poi.xssf.usermodel.XSSFCellStyle;
import org.apache.poi.xssf.usermodel.XSSFFont;
import org.apache.poi.xssf.usermodel.XSSFRichTextString;
import org.apache.poi.xssf.usermodel.XSSFRow;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.apache.xmlbeans.XmlCursor;
import org.jspecify.annotations.Nullable;

/**
 * A workbook's sheets as grids, in the order of its tabs.
 *
 * @param problems of the file as a whole; where there are any there are no sheets
 */
record OpenedWorkbook(String path, List<Grid> sheets, List<Problem> problems, Optional<Stamp> stamp) {

    private static final MathContext KEPT = new MathContext(15, RoundingMode.HALF_UP);
    private static final LocalDate EPOCH = LocalDate.of(1899, 12, 30);

    /** 1 March 1900. Before it lies Excel's 29 February 1900, and nothing that a rulebook could mean. */
    private static final int FIRST_SERIAL = 61;

    private static final int LAST_SERIAL = 2_958_465;

    static OpenedWorkbook of(String path, byte[] bytes, Limits limits) {
        PackageGuard.Checked checked = PackageGuard.check(path, bytes, limits);
        if (!checked.problems().isEmpty()) {
            return new OpenedWorkbook(path, List.of(), checked.problems(), Optional.empty());
        }
        try (OPCPackage parts = OPCPackage.open(new Parts(checked.parts()));
                XSSFWorkbook workbook = new XSSFWorkbook(parts)) {
            var grids = new ArrayList<Grid>();
            for (int i = 0; i < workbook.getNumberOfSheets(); i++) {
                Sheet sheet = workbook.getSheetAt(i);
                boolean hidden = workbook.getSheetVisibility(i) != SheetVisibility.VISIBLE;
                if (sheet instanceof XSSFSheet cells) {
                    grids.add(new Reader(path, cells, hidden).grid());
                }
            }
            Optional<Stamp> stamp = Stamp.of(
                    workbook.getProperties().getCustomProperties(),
                    grids.stream()
                            .filter(grid -> Characters.code(grid.sheet()).equals(ListLayout.HOW_TO))
                            .findFirst());
            return new OpenedWorkbook(path, List.copyOf(grids), List.of(), stamp);
        } catch (IOException | InvalidFormatException | RuntimeException unreadable) {
            // POI answers a malformed part with whatever its XML beans throw; for the reader it is one mistake.
            return new OpenedWorkbook(
                    path,
                    List.of(),
                    List.of(Mistakes.unreadable(new Place.Cell(path, "", ""), String.valueOf(unreadable.getMessage()))),
                    Optional.empty());
        }
    }

    Optional<Grid> sheet(String name) {
        return sheets.stream()
                .filter(grid -> Characters.code(grid.sheet()).equals(name))
                .findFirst();
    }

    Place.Cell place() {
        return new Place.Cell(path, "", "");
    }

    /** The parts that the guard has read, as POI wants them. */
    private static final class Parts implements ZipEntrySource {
        private final Map<String, byte[]> parts;
        private final Map<String, ZipArchiveEntry> entries = new LinkedHashMap<>();
        private boolean closed;

        Parts(Map<String, byte[]> parts) {
            this.parts = parts;
            parts.keySet().forEach(name -> entries.put(name, new ZipArchiveEntry(name)));
        }

        @Override
        public Enumeration<? extends ZipArchiveEntry> getEntries() {
            return Collections.enumeration(entries.values());
        }

        @Override
        public @Nullable ZipArchiveEntry getEntry(String path) {
            String name = path.startsWith("/") ? path.substring(1) : path;
            ZipArchiveEntry exact = entries.get(name);
            return exact != null
                    ? exact
                    : entries.values().stream()
                            .filter(entry -> entry.getName().equalsIgnoreCase(name))
                            .findFirst()
                            .orElse(null);
        }

        @Override
        public InputStream getInputStream(ZipArchiveEntry entry) {
            return new ByteArrayInputStream(parts.getOrDefault(entry.getName(), new byte[0]));
        }

        @Override
        public void close() {
            closed = true;
        }

        @Override
        public boolean isClosed() {
            return closed;
        }
    }

    private static final class Reader {
        private final String path;
        private final XSSFSheet sheet;
        private final Grid grid;
        private final Map<Long, Looks> looks = new HashMap<>();

        Reader(String path, XSSFSheet sheet, boolean hidden) {
            this.path = path;
            this.sheet = sheet;
            this.grid = new Grid(
                    path,
                    sheet.getSheetName(),
                    hidden,
                    new TreeMap<>(),
                    new TreeMap<>(),
                    new TreeSet<>(),
                    new TreeSet<>(),
                    new TreeMap<>(),
                    new ArrayList<>());
        }

        Grid grid() {
            for (Row row : sheet) {
                if (isHidden((XSSFRow) row)) {
                    grid.hiddenRows().add(row.getRowNum());
                }
                for (Cell cell : row) {
                    read((XSSFCell) cell);
                }
            }
            for (int column : grid.columnsUsed(0)) {
                if (sheet.isColumnHidden(column) || sheet.getColumnWidth(column) == 0) {
                    grid.hiddenColumns().add(column);
                }
            }
            for (CellRangeAddress range : sheet.getMergedRegions()) {
                grid.merged()
                        .add(new Grid.Merged(
                                range.getFirstRow(),
                                range.getLastRow(),
                                range.getFirstColumn(),
                                range.getLastColumn()));
            }
            return grid;
        }

        private boolean isHidden(XSSFRow row) {
            boolean stated = row.getCTRow().isSetHt();
            boolean byDefault = sheet.getCTWorksheet().isSetSheetFormatPr()
                    && sheet.getCTWorksheet().getSheetFormatPr().getZeroHeight();
            return row.getZeroHeight() || (stated ? row.getCTRow().getHt() == 0 : byDefault);
        }

        private void read(XSSFCell cell) {
            Content content = content(cell);
            if (content == null) {
                return;
            }
            int row = cell.getRowIndex();
            int column = cell.getColumnIndex();
            grid.rows().computeIfAbsent(row, none -> new TreeMap<>()).put(column, content);
            if (isStruck(cell)) {
                grid.struck().putIfAbsent(row, column);
            }
        }

        private Place.Cell at(Cell cell) {
            return new Place.Cell(path, sheet.getSheetName(), Grid.address(cell.getRowIndex(), cell.getColumnIndex()));
        }

        private @Nullable Content content(XSSFCell cell) {
            if (cell.getCTCell().isSetF() || cell.isPartOfArrayFormulaGroup()) {
                return formula(cell);
            }
            if (isIsoDay(cell)) {
                return isoDay(cell);
            }
            CellType type = cell.getCellType();
            if (type == CellType.BOOLEAN) {
                return new Content.Truth(cell.getBooleanCellValue());
            }
            if (type == CellType.ERROR) {
                return error(cell);
            }
            if (type == CellType.NUMERIC) {
                return visible(cell, number(cell));
            }
            if (type == CellType.STRING) {
                Content text = text(cell);
                return text == null ? null : visible(cell, text);
            }
            return null;
        }

        /** The format's fourth kind of cell, which few programs write and POI does not know. */
        private static boolean isIsoDay(XSSFCell cell) {
            if (!cell.getCTCell().isSetT()) {
                return false;
            }
            try (XmlCursor written = cell.getCTCell().newCursor()) {
                return "d".equals(written.getAttributeText(new QName("t")));
            }
        }

        private Content isoDay(XSSFCell cell) {
            String text = String.valueOf(cell.getCTCell().getV()).strip();
            try {
                return text.matches("[^T]*(T00:00(:00(\\.0+)?)?)?")
                        ? new Content.Day(LocalDate.parse(text.split("T")[0]))
                        : new Content.Refused(Mistakes.dateWithTime(at(cell), text));
            } catch (java.time.DateTimeException notDay) {
                return new Content.Refused(Mistakes.dateInvalid(at(cell), text));
            }
        }

        /** LibreOffice writes a truth value as a formula; that is no formula of anybody's. */
        private Content formula(XSSFCell cell) {
            String formula = cell.getCTCell().isSetF()
                    ? String.valueOf(cell.getCTCell().getF().getStringValue()).strip()
                    : "";
            if (formula.equalsIgnoreCase("TRUE()") || formula.equalsIgnoreCase("FALSE()")) {
                return new Content.Truth(formula.equalsIgnoreCase("TRUE()"));
            }
            if (formula.startsWith("#")) {
                return new Content.Refused(Mistakes.cellError(at(cell), formula));
            }
            return new Content.Refused(Mistakes.formula(at(cell), "=" + formula));
        }

        private Content error(XSSFCell cell) {
            // As it stands in the file: POI knows none of the errors that came after 2007, #SPILL! and others.
            return new Content.Refused(
                    Mistakes.cellError(at(cell), String.valueOf(cell.getCTCell().getV())));
        }

        private @Nullable Content text(XSSFCell cell) {
            XSSFRichTextString rich = cell.getRichStringCellValue();
            // Runs of phonetic text (furigana) are not part of the string here, and _x000D_ is a carriage return.
            String text = Characters.prose(String.valueOf(rich.getString()));
            if (text.isEmpty()) {
                return null;
            }
            return Characters.invisible(text)
                    .<Content>map(
                            character -> new Content.Refused(Mistakes.controlCharacter(at(cell), character, text)))
                    .orElseGet(() -> new Content.Text(text));
        }

        /** What a style says that matters here; asked of POI once a style, for it makes a new font every time. */
        private record Looks(NumberFormats.Shows shows, boolean struck) {
            static final Looks PLAIN = new Looks(NumberFormats.Shows.NUMBER, false);

            static Looks of(@Nullable XSSFCellStyle style) {
                return style == null
                        ? PLAIN
                        : new Looks(
                                NumberFormats.shows(style.getDataFormat(), style.getDataFormatString()),
                                style.getFont().getStrikeout());
            }
        }

        private Looks looks(XSSFCell cell) {
            return looks.computeIfAbsent(cell.getCTCell().getS(), none -> Looks.of(cell.getCellStyle()));
        }

        private Content visible(XSSFCell cell, Content content) {
            return looks(cell).shows() == NumberFormats.Shows.NOTHING && !(content instanceof Content.Refused)
                    ? new Content.Refused(Mistakes.hiddenCell(at(cell), content.toString()))
                    : content;
        }

        private Content number(XSSFCell cell) {
            BigDecimal value = new BigDecimal(cell.getNumericCellValue()).round(KEPT);
            BigDecimal plain = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
            return switch (looks(cell).shows()) {
                case NUMBER, NOTHING -> new Content.Number(plain.scale() < 0 ? plain.setScale(0) : plain);
                case TIME -> new Content.Refused(Mistakes.dateWithTime(at(cell), plain.toPlainString()));
                case DAY -> day(cell, plain);
                case PART_OF_DAY -> {
                    Content day = day(cell, plain);
                    if (day instanceof Content.Day) {
                        grid.warnings()
                                .computeIfAbsent(cell.getRowIndex(), none -> new TreeMap<>())
                                .put(cell.getColumnIndex(), Mistakes.dateShownInPart(at(cell), day.toString()));
                    }
                    yield day;
                }
            };
        }

        private Content day(XSSFCell cell, BigDecimal serial) {
            if (serial.compareTo(BigDecimal.valueOf(FIRST_SERIAL)) < 0
                    || serial.compareTo(BigDecimal.valueOf(LAST_SERIAL + 1L)) >= 0) {
                return new Content.Refused(Mistakes.dateInvalid(at(cell), serial.toPlainString()));
            }
            if (serial.scale() > 0) {
                return new Content.Refused(Mistakes.dateWithTime(at(cell), serial.toPlainString()));
            }
            return new Content.Day(EPOCH.plusDays(serial.intValueExact()));
        }

        private boolean isStruck(XSSFCell cell) {
            if (looks(cell).struck()) {
                return true;
            }
            if (cell.getCTCell().isSetF() || isIsoDay(cell) || cell.getCellType() != CellType.STRING) {
                return false;
            }
            XSSFRichTextString text = cell.getRichStringCellValue();
            for (int run = 0; run < text.numFormattingRuns(); run++) {
                XSSFFont font = text.getFontOfFormattingRun(run);
                if (font != null && font.getStrikeout()) {
                    return true;
                }
            }
            return false;
        }
    }
}
