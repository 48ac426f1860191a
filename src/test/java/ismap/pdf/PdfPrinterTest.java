package ismap.pdf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What comes out of the printer, read back by PDFBox. */
@Tag("core")
class PdfPrinterTest {

    private static final Instant MADE = Instant.parse("2026-11-30T03:00:00Z");

    @TempDir
    private Path folder;

    @Test
    void japaneseIsGivenBackAsItWasWritten() throws Exception {
        String text = "自己確認の結果：１２３４５ ＡＢＣ ｶﾀｶﾅ ①㈱ 髙﨑 言明書・監査対象期間（令和８年）〜 ISO/IEC 27001";
        assertThat(text(print("<p>" + text + "</p>"))).contains(text);
    }

    @Test
    void latinLettersAreGivenBackOneByOne() throws Exception {
        assertThat(text(print("<p>Unofficial, <strong>office file, flow, fjord</strong></p>")))
                .contains("Unofficial, office file, flow, fjord");
    }

    @Test
    void aVariationSelectorLeavesNoMarkBehind() throws Exception {
        assertThat(text(print("<p>葛\uDB40\uDD00城市と辻\uDB40\uDD00󠄀、語\uFE00の例</p>")))
                .contains("葛城市と辻、語の例");
    }

    @Test
    void whatNoFontHasIsAGetaMarkAndNoOtherFont() throws Exception {
        byte[] pdf = print("<p>前\uD83D\uDD34後 한 ñ</p>");
        assertThat(text(pdf)).contains("前〓後");
        assertThat(fonts(pdf)).isNotEmpty().allMatch(PDFont::isEmbedded);
    }

    @Test
    void aLongTableGoesOverManyPagesAndLosesNoRow() throws Exception {
        List<String> rows = IntStream.rangeClosed(1, 300)
                .mapToObj(row -> "第%d行の長い説明です。根拠条項は基本規程3.5です".formatted(row))
                .toList();
        String table = "<table><thead><tr><th>規則</th><th>説明</th></tr></thead><tbody>"
                + String.join(
                        "",
                        rows.stream()
                                .map(row -> "<tr><td>R</td><td>" + row + "</td></tr>")
                                .toList())
                + "</tbody></table>";
        byte[] pdf = print(table);
        assertThat(text(pdf).lines())
                .containsAll(rows.stream().map(row -> "R " + row).toList());
        assertThat(pages(pdf)).isGreaterThan(5);
    }

    @Test
    void itIsTaggedAndSaysItsLanguageAndItsTitle() throws Exception {
        try (PDDocument pdf = Loader.loadPDF(print("<h1>見出し</h1><p>文</p>"))) {
            assertThat(pdf.getDocumentCatalog().getMarkInfo().isMarked()).isTrue();
            assertThat(pdf.getDocumentCatalog().getStructureTreeRoot()).isNotNull();
            assertThat(pdf.getDocumentCatalog().getLanguage()).isEqualTo("ja");
            assertThat(pdf.getDocumentInformation().getTitle()).isEqualTo("題名");
            assertThat(pdf.getDocumentCatalog().getViewerPreferences().displayDocTitle())
                    .isTrue();
        }
    }

    @Test
    void theWatermarkIsOnEveryPage() throws Exception {
        byte[] pdf = print("<p style=\"page-break-after: always\">一</p><p>二</p>");
        assertThat(pages(pdf)).isEqualTo(2);
        for (int page = 1; page <= 2; page++) {
            assertThat(text(pdf, page).replaceAll("\\s", "")).contains("自己確認/Self-check");
        }
    }

    @Test
    void thereIsNoPictureOnIt() throws Exception {
        try (PDDocument pdf =
                Loader.loadPDF(print("<p>印<img src=\"data:image/png;base64,iVBORw0KGgo=\" alt=\"\"/></p>"))) {
            for (PDPage page : pdf.getPages()) {
                assertThat(page.getResources().getXObjectNames()).isEmpty();
                assertThat(page.getAnnotations()).isEmpty();
            }
        }
    }

    @Test
    void theSamePageMakesTheSameBytes() {
        assertThat(print("<p>同じ</p>")).isEqualTo(print("<p>同じ</p>"));
    }

    @Test
    void controlCharactersDoNotStopIt() throws Exception {
        assertThat(text(print("<p>前\b\u0000\uD800後</p>"))).contains("前").contains("後");
    }

    @Test
    void nothingIsFetchedFromAHostOrAFile() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret.css"), "body { font-weight: bold }");
        var asked = new ArrayList<String>();
        try (var host = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            host.setSoTimeout(200);
            String http = "http://127.0.0.1:%d/x".formatted(host.getLocalPort());
            for (String address : List.of(http, secret.toUri().toString())) {
                print("""
                        <link rel="stylesheet" href="%1$s"/><style>@import url("%1$s"); p { background-image: url("%1$s") }
                        @font-face { font-family: "BIZ UDPGothic"; src: url("%1$s") }</style>
                        <p>文<img src="%1$s" alt=""/></p><object data="%1$s"></object><iframe src="%1$s"></iframe>""".formatted(address));
            }
            try {
                host.accept().close();
                asked.add(http);
            } catch (java.net.SocketTimeoutException nobody) {
                // as it should be
            }
        }
        assertThat(asked).isEmpty();
    }

    @Test
    void aDocumentTypeIsRefused() {
        String bomb = "<!DOCTYPE html [<!ENTITY a SYSTEM \"file:///etc/hostname\">]><html><body>&a;</body></html>";
        assertThatThrownBy(() -> PdfPrinter.print(bomb, "題名", "ja", "", MADE))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static byte[] print(String body) {
        String page = """
                <html xmlns="http://www.w3.org/1999/xhtml" lang="ja"><head><title>題名</title><style>
                body { font-family: "BIZ UDPGothic"; font-size: 10pt } table { table-layout: fixed; width: 100%% }
                th:first-child { width: 20mm }</style></head><body>%s</body></html>""".formatted(body);
        return PdfPrinter.print(page, "題名", "ja", "自己確認 / Self-check", MADE);
    }

    private static String text(byte[] pdf) throws IOException {
        try (PDDocument document = Loader.loadPDF(pdf)) {
            return new PDFTextStripper().getText(document);
        }
    }

    private static String text(byte[] pdf, int page) throws IOException {
        try (PDDocument document = Loader.loadPDF(pdf)) {
            var stripper = new PDFTextStripper();
            stripper.setStartPage(page);
            stripper.setEndPage(page);
            return stripper.getText(document);
        }
    }

    private static int pages(byte[] pdf) throws IOException {
        try (PDDocument document = Loader.loadPDF(pdf)) {
            return document.getNumberOfPages();
        }
    }

    private static List<PDFont> fonts(byte[] pdf) throws IOException {
        var fonts = new ArrayList<PDFont>();
        try (PDDocument document = Loader.loadPDF(pdf)) {
            for (PDPage page : document.getPages()) {
                for (COSName name : page.getResources().getFontNames()) {
                    fonts.add(page.getResources().getFont(name));
                }
            }
        }
        return fonts;
    }
}
