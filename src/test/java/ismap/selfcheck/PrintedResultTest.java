package ismap.selfcheck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The PDF of a result, as its reader's program opens it. */
@Tag("http")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PrintedResultTest {

    private static final String VALIDITY = "/self-check/service-validity";
    private static final Pattern PRINTED = Pattern.compile("(\\d+) / (\\d+)");

    private SelfCheckServer server;
    private byte[] japanese;
    private byte[] english;

    @BeforeAll
    void print() {
        server = new SelfCheckServer();
        var visitor = new Visitor(server);
        Map.of(
                        "registrationDecision",
                        "APPROVED",
                        "registrationDecidedOn",
                        "2024-06-01",
                        "assessmentPeriodEnd",
                        "2023-12-31")
                .forEach((fact, value) ->
                        visitor.post(VALIDITY + "/questions/" + fact, "value", value, "action", "continue"));
        japanese = pdf(visitor, VALIDITY + "/result.pdf");
        english = pdf(visitor, VALIDITY + "/result.pdf?lang=en");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    private static byte[] pdf(Visitor visitor, String path) {
        HttpResponse<byte[]> file = visitor.download(path);
        assertThat(file.statusCode()).isEqualTo(200);
        assertThat(file.headers().firstValue("Content-Type")).contains("application/pdf");
        return file.body();
    }

    @Test
    void itSaysTheOutcomeTheReasonsTheClausesAndWhatWasEntered() throws Exception {
        assertThat(joined(japanese))
                .contains("示された事実によれば、対象日は登録の有効期間内です")
                .contains("BR-3.5-1", "ISMAP基本規程3.5", "2023年12月31日", "有効期限（その日を含む）", "2025年4月30日")
                .contains("shipped-1", "sha256:" + "0".repeat(64), "作成日2024年11月22日");
        assertThat(joined(english))
                .contains("Onthefactsgiven", "Printedon22November2024", "WhatwasenteredQuestionAnswer");
    }

    @Test
    void theFixedParagraphThePageNumberAndTheWatermarkAreOnEveryPage() throws Exception {
        for (byte[] pdf : List.of(japanese, english)) {
            int pages = pages(pdf);
            assertThat(pages).isGreaterThan(1);
            for (int page = 1; page <= pages; page++) {
                String text = text(pdf, page);
                assertThat(text.replaceAll("\\s", ""))
                        .contains("この結果は、入力された内容についての自己確認です。ISMAP運営委員会の決定、処分又は指導ではありません。")
                        .contains("規程の解釈については、日本語の原文が優先します。")
                        .contains("Itpromisesneitheracceptancenorregistration,andkeepsnobodyfromapplying.")
                        .contains("自己確認/Self-check")
                        .contains("試行環境/Unofficial:notoperatedbytheGovernmentofJapan");
                Matcher printed = PRINTED.matcher(text);
                assertThat(printed.find()).isTrue();
                assertThat(printed.group()).isEqualTo(page + " / " + pages);
            }
        }
    }

    @Test
    void itIsTaggedItsFontsAreEmbeddedAndNothingOnItLooksLikeASeal() throws Exception {
        try (PDDocument pdf = Loader.loadPDF(japanese)) {
            assertThat(pdf.getDocumentCatalog().getMarkInfo().isMarked()).isTrue();
            assertThat(pdf.getDocumentCatalog().getLanguage()).isEqualTo("ja");
            assertThat(pdf.getDocumentInformation().getTitle()).startsWith("自己確認の結果：");
            assertThat(pdf.getSignatureDictionaries()).isEmpty();
            for (PDPage page : pdf.getPages()) {
                assertThat(page.getResources().getXObjectNames()).isEmpty();
                assertThat(page.getAnnotations()).isEmpty();
            }
        }
        assertThat(fonts(japanese))
                .allMatch(PDFont::isEmbedded)
                .extracting(PDFont::getName)
                .allMatch(name -> name.contains("BIZUDPGothic"));
        assertThat(text(japanese, 1)).doesNotContain("㊞", "公印", "印影");
    }

    @Test
    void beforeEverythingFitsThereIsNoPaper() {
        var other = new Visitor(server);
        assertThat(other.download("/self-check/nothing/result.pdf").statusCode())
                .isEqualTo(404);
    }

    private static String joined(byte[] pdf) throws IOException {
        try (PDDocument document = Loader.loadPDF(pdf)) {
            return new PDFTextStripper().getText(document).replaceAll("\\s", "");
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
