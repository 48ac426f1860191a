package ismap.pages;

import ismap.decision.Bilingual;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The result of a self-check as a paper of its own.
 *
 * @param madeOn the day on which it was printed
 * @param style CSS; written into the page as it is
 */
public record SelfCheckReport(View view, ResultView result, Bilingual madeOn, String style) {

    private static final String STYLE = readStyle();

    public SelfCheckReport(View view, ResultView result, Bilingual madeOn) {
        this(view, result, madeOn, STYLE);
    }

    private static String readStyle() {
        try (InputStream css = SelfCheckReport.class.getResourceAsStream("selfcheckreport.css")) {
            if (css == null) {
                throw new IllegalStateException("selfcheckreport.css is not on the class path");
            }
            return new String(css.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** What it is, across every page. */
    public static final String WATERMARK = "自己確認 / Self-check";

    public String title() {
        return view.say("自己確認の結果：", "Self-check: ") + view.say(result.title());
    }
}
