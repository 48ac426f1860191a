package ismap.pdf;

import java.io.IOException;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.PDPageContentStream.AppendMode;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.util.Matrix;

/** What kind of paper this is, across every page and under its text; an artifact to whoever has it read aloud. */
final class Watermark {

    private static final float GREY = 0.91f;
    private static final float SHARE_OF_DIAGONAL = 0.62f;

    private Watermark() {}

    static void under(PDDocument pdf, String text, PDFont font) throws IOException {
        float width = font.getStringWidth(text) / 1000;
        for (PDPage page : pdf.getPages()) {
            PDRectangle paper = page.getMediaBox();
            double diagonal = Math.hypot(paper.getWidth(), paper.getHeight());
            float size = (float) (SHARE_OF_DIAGONAL * diagonal / width);
            try (var content = new PDPageContentStream(pdf, page, AppendMode.PREPEND, true, true)) {
                content.beginMarkedContent(COSName.ARTIFACT);
                content.beginText();
                content.setNonStrokingColor(GREY);
                content.setFont(font, size);
                Matrix place = Matrix.getRotateInstance(
                        Math.atan2(paper.getHeight(), paper.getWidth()), paper.getWidth() / 2, paper.getHeight() / 2);
                place.translate(-width * size / 2, -size / 3);
                content.setTextMatrix(place);
                content.showText(text);
                content.endText();
                content.endMarkedContent();
            }
        }
    }
}
