package ismap.xlsx;

import ismap.decision.Characters;
import ismap.rulebook.Rulebook;
import ismap.xlsx.Looks.Look;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.poi.ooxml.POIXMLProperties;
import org.apache.poi.xssf.usermodel.XSSFRow;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

/**
 * What a workbook says of itself, so that it is recognised when it comes back under another name, and so that an edit of an old copy can be
 * told from an edit of the present one. It stands in the workbook's properties and, for programs that lose those, in the sheet 使い方. Nothing
 * that is decided depends on it.
 *
 * @param path in the rulebook, {@code service-validity.xlsx}
 * @param format the version of the format
 * @param digest of the rows that the workbook held when it was written; those of other workbooks do not change it (ADR 9)
 */
public record Stamp(String path, int format, String digest) {

    static final String PATH = "ismap.workbook";
    static final String FORMAT = "ismap.format";
    static final String DIGEST = "ismap.digest";

    /** The stamp of a workbook; empty where it has none, and for a file that cannot be read as one. Never throws. */
    public static Optional<Stamp> of(byte[] workbook) {
        return OpenedWorkbook.of("", workbook, Limits.DEFAULT).stamp();
    }

    /** Of a workbook whose sheets were read. What was typed into the sheet does not count where the properties are there. */
    static Optional<Stamp> of(POIXMLProperties.CustomProperties properties, Optional<Grid> howTo) {
        var said = new LinkedHashMap<String, String>();
        howTo.ifPresent(grid -> grid.rows().keySet().forEach(row -> {
            String key = grid.code(row, 0);
            if (key.startsWith("ismap.")) {
                said.put(key, grid.code(row, 1));
            }
        }));
        for (String key : new String[] {PATH, FORMAT, DIGEST}) {
            var property = properties.getProperty(key);
            if (property != null && property.isSetLpwstr()) {
                said.put(key, Characters.code(property.getLpwstr()));
            }
        }
        String path = said.getOrDefault(PATH, "");
        String format = said.getOrDefault(FORMAT, "");
        boolean usable = path.matches("(scenarios/)?[a-z][a-z0-9-]*\\.xlsx") && format.matches("[1-9][0-9]{0,5}");
        return usable
                ? Optional.of(new Stamp(path, Integer.parseInt(format), said.getOrDefault(DIGEST, "")))
                : Optional.empty();
    }

    /** Gathers what is written into a workbook, then stamps it. */
    static final class Writer {
        private final String path;
        private final MessageDigest digest;

        Writer(String path) {
            this.path = path;
            try {
                this.digest = MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException everyJavaHasIt) {
                throw new IllegalStateException(everyJavaHasIt);
            }
        }

        void sheet(String name) {
            add("sheet", name);
        }

        /** A row by its keys; labels, choices and looks are no part of it. */
        void row(Map<String, Content> cells) {
            add("row", "");
            new TreeMap<>(cells).forEach((key, content) -> {
                if (!content.equals(Printer.NOTHING)) {
                    add(key, content.getClass().getSimpleName() + " " + content);
                }
            });
        }

        /** With lengths, so that no two workbooks run together into the same letters. */
        private void add(String key, String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            digest.update((key + " " + bytes.length + "\n").getBytes(StandardCharsets.UTF_8));
            digest.update(bytes);
        }

        void put(XSSFWorkbook workbook, Looks looks) {
            var said = new LinkedHashMap<String, String>();
            said.put(PATH, path);
            said.put(FORMAT, String.valueOf(Rulebook.FORMAT_VERSION));
            said.put(DIGEST, "sha256:" + HexFormat.of().formatHex(digest.digest()));
            var properties = workbook.getProperties().getCustomProperties();
            said.forEach(properties::addProperty);
            XSSFSheet howTo = workbook.getSheet(ListLayout.HOW_TO);
            if (howTo == null) {
                return;
            }
            int next = howTo.getLastRowNum() + 1;
            for (Map.Entry<String, String> entry : said.entrySet()) {
                XSSFRow row = howTo.createRow(next++);
                row.createCell(0).setCellStyle(looks.of(Look.KEY));
                row.getCell(0).setCellValue(entry.getKey());
                row.createCell(1).setCellStyle(looks.of(Look.FIXED));
                row.getCell(1).setCellValue(entry.getValue());
                row.getCTRow().setHt(Heights.points(Heights.lines(entry.getValue(), HowToSheet.WIDTH)));
            }
        }
    }
}
