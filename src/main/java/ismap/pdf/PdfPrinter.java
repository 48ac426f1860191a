package ismap.pdf;

import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.outputdevice.helper.ExternalResourceControlPriority;
import com.openhtmltopdf.pdfboxout.PDFontSupplier;
import com.openhtmltopdf.pdfboxout.PdfBoxRenderer;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.util.XRLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.Locale;
import java.util.TimeZone;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * Prints XHTML of ours as tagged PDF with embedded fonts. The renderer reaches nothing: no host, no file, no image; the texts on a page
 * may be anybody's, and whatever markup they managed to smuggle in would ask in vain.
 */
public final class PdfPrinter {

    /** The one family there is, with a regular and a bold face; style sheets name it. */
    public static final String FAMILY = "BIZ UDPGothic";

    private static final byte[] REGULAR = font("BIZUDPGothic-Regular.ttf");
    private static final byte[] BOLD = font("BIZUDPGothic-Bold.ttf");
    private static final String PRODUCER = "ISMAP Decision Service";
    /** For a character that the fonts lack, as Japanese printers have always shown one: the geta mark. */
    private static final String GETA = "〓";

    static {
        XRLog.setLoggingEnabled(false); // it writes to the console of its own accord
    }

    private PdfPrinter() {}

    /**
     * @param xhtml a whole page that is well-formed XML without a document type, its style sheet in it
     * @param language {@code ja} or {@code en}
     * @param watermark lies in light grey under every page; blank for none
     * @param madeOn said to be made then; the same page and the same instant make the same bytes
     * @throws IllegalArgumentException where the page is not well-formed: a fault of its template
     */
    public static byte[] print(String xhtml, String title, String language, String watermark, Instant madeOn) {
        Document page = parse(Printable.of(xhtml));
        // The seed of its document id, which would be the time otherwise.
        try (PDDocument pdf = new PDDocument()) {
            PDFont bold = font(pdf, BOLD);
            try (PdfBoxRenderer renderer = renderer(pdf, bold, page)) {
                pdf.setDocumentId(madeOn.toEpochMilli());
                renderer.layout();
                renderer.createPDFWithoutClosing();
                if (!watermark.isBlank()) {
                    Watermark.under(pdf, watermark, bold);
                }
                describe(pdf, Printable.of(title), language, madeOn);
                var bytes = new ByteArrayOutputStream();
                pdf.save(bytes);
                return bytes.toByteArray();
            }
        } catch (IOException inMemory) {
            throw new UncheckedIOException(inMemory);
        }
    }

    private static PdfBoxRenderer renderer(PDDocument pdf, PDFont bold, Document page) throws IOException {
        return new PdfRendererBuilder()
                .usePDDocument(pdf)
                .usePdfUaAccessibility(true)
                .useFastMode()
                .withProducer(PRODUCER)
                .useReplacementText(GETA)
                .useFont(new PDFontSupplier(font(pdf, REGULAR)), FAMILY, 400, FontStyle.NORMAL, true)
                .useFont(new PDFontSupplier(bold), FAMILY, 700, FontStyle.NORMAL, true)
                .useUriResolver((base, uri) -> null)
                .useExternalResourceAccessControl(
                        (uri, type) -> false, ExternalResourceControlPriority.RUN_BEFORE_RESOLVING_URI)
                .useExternalResourceAccessControl(
                        (uri, type) -> false, ExternalResourceControlPriority.RUN_AFTER_RESOLVING_URI)
                .withW3cDocument(page, "")
                .buildPdfRenderer();
    }

    /** Without ligatures: the one for "ffi" has no character, and whoever copies "Unofficial" would get "Unofcial". */
    private static PDFont font(PDDocument pdf, byte[] face) throws IOException {
        TrueTypeFont font = new TTFParser().parse(new RandomAccessReadBuffer(face));
        font.setEnableGsub(false);
        return PDType0Font.load(pdf, font, true);
    }

    private static Document parse(String xhtml) {
        try {
            var factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setXIncludeAware(false);
            factory.setExpandEntityReferences(false);
            factory.setNamespaceAware(true);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null);
            return builder.parse(new InputSource(new StringReader(xhtml)));
        } catch (SAXException | ParserConfigurationException malformed) {
            throw new IllegalArgumentException("this page cannot be printed", malformed);
        } catch (IOException inMemory) {
            throw new UncheckedIOException(inMemory);
        }
    }

    private static void describe(PDDocument pdf, String title, String language, Instant madeOn) {
        Calendar made = new GregorianCalendar(TimeZone.getTimeZone(ZoneId.of("Asia/Tokyo")), Locale.ROOT);
        made.setTimeInMillis(madeOn.toEpochMilli());
        pdf.getDocumentInformation().setTitle(title);
        pdf.getDocumentInformation().setCreationDate(made);
        pdf.getDocumentInformation().setModificationDate(made);
        pdf.getDocumentCatalog().setLanguage(language);
    }

    private static byte[] font(String name) {
        try (InputStream font = PdfPrinter.class.getClassLoader().getResourceAsStream("fonts/" + name)) {
            if (font == null) {
                throw new IllegalStateException("fonts/%s is not on the class path".formatted(name));
            }
            return font.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
