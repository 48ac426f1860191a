package ismap.xlsx;

import ismap.decision.Bilingual;
import ismap.decision.Place;
import ismap.decision.Problem;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.poi.ss.util.CellAddress;
import org.apache.poi.xssf.usermodel.XSSFChartSheet;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

/**
 * A workbook as it came, with what is wrong with it written in: a comment at each cell, a list of everything on a sheet of its own, and
 * beside that how days of an era were read. It may be mended, saved and handed in again; comments and list are not read, and the next
 * annotated copy has them anew.
 *
 * <p>Nothing that people wrote is changed, no formula is computed, and a file that is not read is not opened either: of such a file there is
 * only the list.
 */
public final class AnnotatedWorkbook {

    /** More comments than this help nobody; the list goes on. */
    private static final int MOST_COMMENTS = 1000;

    private AnnotatedWorkbook() {}

    /** @param problems of one workbook, whose path is that of the first place */
    public static byte[] of(byte[] workbook, List<Problem> problems) {
        String path = problems.stream()
                .map(problem -> problem.places().get(0))
                .filter(Place.Cell.class::isInstance)
                .map(place -> ((Place.Cell) place).workbook())
                .findFirst()
                .orElse("");
        return of(path, workbook, problems);
    }

    /**
     * @param path of the workbook in the rulebook, as places name it
     * @param problems of this workbook; those of others may be among them, and are listed
     * @return a workbook, whatever the bytes are
     */
    public static byte[] of(String path, byte[] workbook, List<Problem> problems) {
        PackageGuard.Checked checked = PackageGuard.check(path, workbook, Limits.DEFAULT);
        if (!checked.problems().isEmpty()) {
            return listOnly(path, problems);
        }
        OpenedWorkbook opened = OpenedWorkbook.of(path, workbook, Limits.DEFAULT);
        var all = new ArrayList<>(problems);
        all.addAll(EraDays.readIn(opened, problems));
        for (boolean withRemarks : new boolean[] {true, false}) {
            try (XSSFWorkbook copy = new XSSFWorkbook(new ByteArrayInputStream(zipped(checked.parts())))) {
                annotate(copy, path, all, withRemarks);
                return bytes(copy);
            } catch (IOException | RuntimeException unreadable) {
                // POI answers a malformed part with whatever its XML beans throw. Comments that it cannot read cost us
                // ours, not the rest.
            }
        }
        return listOnly(path, problems);
    }

    private static byte[] listOnly(String path, List<Problem> problems) {
        try (XSSFWorkbook list = new XSSFWorkbook()) {
            new ProblemSheet(list, path)
                    .write(
                            problems,
                            new Bilingual(
                                    "このファイルは開けないため、誤りの一覧だけを示します。",
                                    "The file cannot be opened; this is only the list of what is wrong."));
            return bytes(list);
        } catch (IOException inMemory) {
            throw new UncheckedIOException(inMemory);
        }
    }

    private static byte[] bytes(XSSFWorkbook workbook) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        workbook.write(out);
        return Printer.withoutTimes(out.toByteArray());
    }

    /** The parts that were looked at, for a reader that wants a file; not deflated, so that it finds nothing suspicious in their sizes. */
    static byte[] zipped(Map<String, byte[]> parts) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.setLevel(Deflater.NO_COMPRESSION);
            for (Map.Entry<String, byte[]> part : parts.entrySet()) {
                zip.putNextEntry(new ZipEntry(part.getKey()));
                zip.write(part.getValue());
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    private static void annotate(XSSFWorkbook workbook, String path, List<Problem> problems, boolean withRemarks) {
        int old = workbook.getSheetIndex(ListLayout.PROBLEMS);
        if (old >= 0) {
            workbook.removeSheetAt(old);
        }
        Map<String, Map<CellAddress, List<Remark>>> remarks = remarks(path, problems);
        int left = MOST_COMMENTS;
        for (int i = 0; i < workbook.getNumberOfSheets(); i++) {
            XSSFSheet sheet = workbook.getSheetAt(i);
            if (withRemarks && !(sheet instanceof XSSFChartSheet)) {
                Remarks on = new Remarks(workbook, sheet);
                on.removeOld();
                left -= on.write(remarks.getOrDefault(sheet.getSheetName(), Map.of()), left);
            }
        }
        new ProblemSheet(workbook, path)
                .write(
                        problems,
                        new Bilingual(
                                "直してから保存し、そのまま提出できます。このシートとコメントは読み込まれません。",
                                "Mend it, save it and hand it in as it is. This sheet and the comments are not read."));
    }

    /** What is said at a cell. @param aside whether the problem stands elsewhere and clashes with this cell */
    record Remark(Problem problem, boolean aside) {}

    private static Map<String, Map<CellAddress, List<Remark>>> remarks(String path, List<Problem> problems) {
        var remarks = new LinkedHashMap<String, Map<CellAddress, List<Remark>>>();
        for (Problem problem : problems) {
            for (int i = 0; i < problem.places().size(); i++) {
                boolean aside = i > 0;
                if (problem.places().get(i) instanceof Place.Cell cell
                        && cell.workbook().equals(path)) {
                    address(cell)
                            .ifPresent(address -> remarks.computeIfAbsent(cell.sheet(), none -> new LinkedHashMap<>())
                                    .computeIfAbsent(address, none -> new ArrayList<>())
                                    .add(new Remark(problem, aside)));
                }
            }
        }
        return remarks;
    }

    /** Of a column that is named alone, its first cell; of a sheet as a whole, none. */
    static Optional<CellAddress> address(Place.Cell cell) {
        if (!cell.cell().matches("[A-Z]{1,3}([1-9][0-9]{0,6})?")) {
            return Optional.empty();
        }
        CellAddress address = new CellAddress(cell.cell().matches("[A-Z]+") ? cell.cell() + "1" : cell.cell());
        boolean exists = address.getRow() < 1 << 20 && address.getColumn() < 1 << 14;
        return exists ? Optional.of(address) : Optional.empty();
    }
}
