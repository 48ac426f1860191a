package ismap.xlsx;

import static org.assertj.core.api.Assertions.assertThat;

import ismap.decision.Problem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Files that were made to hurt are refused within two seconds, and for less than 150 MB of allocation. */
@Tag("core")
class HostileFilesTest {

    private static final long MOST_BYTES = 150L << 20;
    private static final long MOST_MILLIS = 2000;

    private interface Part {
        void write(ZipOutputStream out) throws IOException;
    }

    /** The sample's decision with one part replaced. */
    private static byte[] with(String name, Part part) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] sample = Sample.bytesOf("licence.xlsx");
        try (ZipOutputStream out = new ZipOutputStream(bytes);
                var in = new java.util.zip.ZipInputStream(new java.io.ByteArrayInputStream(sample))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (!entry.getName().equals(name)) {
                    out.putNextEntry(new ZipEntry(entry.getName()));
                    in.transferTo(out);
                    out.closeEntry();
                }
            }
            out.putNextEntry(new ZipEntry(name));
            part.write(out);
            out.closeEntry();
        }
        return bytes.toByteArray();
    }

    private static byte[] withText(String name, String text) throws IOException {
        return with(name, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static void isRefused(byte[] file, String code) {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long allocated = threads.getCurrentThreadAllocatedBytes();
        long began = System.nanoTime();

        List<Problem> problems =
                OpenedWorkbook.of("licence.xlsx", file, Limits.DEFAULT).problems();

        long millis = (System.nanoTime() - began) / 1_000_000;
        long bytes = threads.getCurrentThreadAllocatedBytes() - allocated;
        assertThat(problems).extracting(Problem::code).containsExactly(code);
        assertThat(millis).as("milliseconds").isLessThan(MOST_MILLIS);
        assertThat(bytes).as("bytes allocated").isLessThan(MOST_BYTES);
    }

    private static final String HEAD = "<?xml version=\"1.0\"?>";
    private static final String SHEET =
            "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>";

    @Test
    void aZipBombOf300Megabytes() throws IOException {
        byte[] zeros = new byte[1 << 20];
        byte[] file = with("xl/media/image1.png", out -> {
            for (int i = 0; i < 300; i++) {
                out.write(zeros);
            }
        });

        assertThat(file.length).isLessThan(1 << 20);
        isRefused(file, Codes.ZIP_BOMB);
    }

    @Test
    void sevenHundredAndTwentyThousandHonestCells() throws IOException {
        byte[] file = with("xl/worksheets/sheet1.xml", out -> {
            out.write((HEAD + SHEET).getBytes(StandardCharsets.UTF_8));
            var random = new java.util.Random(1);
            for (int row = 1; row <= 7200; row++) {
                var cells = new StringBuilder("<row r=\"" + row + "\">");
                for (int column = 0; column < 100; column++) {
                    cells.append("<c><v>").append(random.nextInt(1000)).append("</v></c>");
                }
                out.write(cells.append("</row>").toString().getBytes(StandardCharsets.UTF_8));
            }
            out.write("</sheetData></worksheet>".getBytes(StandardCharsets.UTF_8));
        });

        assertThat(file.length).isLessThan(Limits.DEFAULT.fileBytes());
        isRefused(file, Codes.TOO_MANY_CELLS);
    }

    @Test
    void anExternalEntity() throws IOException {
        isRefused(
                withText(
                        "xl/sharedStrings.xml",
                        HEAD + "<!DOCTYPE sst [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>"
                                + "<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><si><t>&x;</t></si></sst>"),
                Codes.DOCTYPE_PRESENT);
    }

    @Test
    void anExternalEntityInUtf16() throws IOException {
        byte[] text =
                ("<?xml version=\"1.0\" encoding=\"UTF-16\"?><!DOCTYPE sst [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>"
                                + "<sst><si><t>&x;</t></si></sst>")
                        .getBytes(StandardCharsets.UTF_16);
        isRefused(with("xl/sharedStrings.xml", out -> out.write(text)), Codes.DOCTYPE_PRESENT);
    }

    @Test
    void aBillionLaughs() throws IOException {
        var dtd = new StringBuilder(HEAD + "<!DOCTYPE sst [<!ENTITY a0 \"ha\">");
        for (int i = 1; i < 30; i++) {
            dtd.append("<!ENTITY a%d \"&a%d;&a%d;&a%d;&a%d;&a%d;\">".formatted(i, i - 1, i - 1, i - 1, i - 1, i - 1));
        }
        isRefused(withText("xl/sharedStrings.xml", dtd + "]><sst><si><t>&a29;</t></si></sst>"), Codes.DOCTYPE_PRESENT);
    }

    @Test
    void aCommentsDrawingThatDeclaresEntities() throws IOException {
        isRefused(
                withText(
                        "xl/drawings/vmlDrawing1.vml",
                        "<!DOCTYPE xml [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><xml>&x;</xml>"),
                Codes.DOCTYPE_PRESENT);
    }

    @Test
    void elementsNestedAThousandDeep() throws IOException {
        isRefused(withText("xl/styles.xml", HEAD + "<a>".repeat(1000) + "</a>".repeat(1000)), Codes.ZIP_BOMB);
    }

    @Test
    void aMillionElements() throws IOException {
        isRefused(withText("xl/styles.xml", HEAD + "<a>" + "<b/>".repeat(1_000_000) + "</a>"), Codes.ZIP_BOMB);
    }

    @Test
    @Timeout(10)
    void aChainOfDerivationsThatDoubles() {
        var problems = Sample.read(Sample.with("derivations.xlsx", workbook -> {
                    var sheet = workbook.getSheet("Derivations");
                    Sample.fill(sheet, 7, "c0 ¦ sum(staff, staff) ¦ ¦ ¦ 合計 ¦ Sum");
                    for (int i = 1; i < 60; i++) {
                        Sample.fill(sheet, 7 + i, "c%d ¦ sum(c%d, c%d) ¦ ¦ ¦ 合計 ¦ Sum".formatted(i, i - 1, i - 1));
                    }
                }))
                .problems();

        assertThat(problems).isEmpty();
    }

    @Test
    void twoPartsOfOneName() throws IOException {
        byte[] file = with("xl/worksheets/sheet1.xmk", out -> out.write(1));
        byte[] name = "sheet1.xmk".getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i + name.length <= file.length; i++) {
            if (java.util.Arrays.equals(file, i, i + name.length, name, 0, name.length)) {
                file[i + name.length - 1] = 'l';
            }
        }
        isRefused(file, Codes.XLSX_UNREADABLE);
    }

    @Test
    void xmlThatIsCutShort() throws IOException {
        isRefused(
                withText("xl/worksheets/sheet1.xml", HEAD + SHEET + "<row r=\"1\"><c r=\"A1\">"),
                Codes.XLSX_UNREADABLE);
    }

    @Test
    void aPartThatPoiCannotRead() throws IOException {
        isRefused(withText("xl/workbook.xml", HEAD + "<nothing/>"), Codes.XLSX_UNREADABLE);
    }
}
