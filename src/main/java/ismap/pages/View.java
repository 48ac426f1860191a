package ismap.pages;

import ismap.decision.Bilingual;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What every page knows of its reader.
 *
 * @param chosen whether the reader has chosen the language, by {@code ?lang=}; the links of the page then keep to it
 * @param path of the page, without its query
 * @param notice who stands behind the service, in both languages
 */
public record View(Language language, boolean chosen, String path, String notice) {

    /** In the language of the page. */
    public String say(String ja, String en) {
        return language == Language.EN ? en : ja;
    }

    public String say(Bilingual text) {
        return language.of(text);
    }

    /** The tag of the language in which {@link #say(Bilingual)} speaks. */
    public String tag(Bilingual text) {
        return language.speaks(text).tag();
    }

    /** A label in the other language; blank where there is none, or where it is the same. */
    public String other(Bilingual text) {
        String other = language == Language.EN ? text.ja() : text.en();
        return other.equals(say(text)) ? "" : other;
    }

    public String link(String target) {
        if (!chosen) {
            return target;
        }
        int fragment = target.indexOf('#');
        String page = fragment < 0 ? target : target.substring(0, fragment);
        return page + (page.contains("?") ? "&" : "?") + "lang=" + language.tag()
                + (fragment < 0 ? "" : target.substring(fragment));
    }

    /** This page in the other language. */
    public String switched() {
        return path + "?lang=" + language.other().tag();
    }

    /** {@code page} where this is that page, {@code true} where it is one below it, else null: for {@code aria-current}. */
    public @Nullable String at(String page) {
        return path.equals(page) ? "page" : path.startsWith(page + "/") ? "true" : null;
    }

    /** A part of a path. */
    public static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
