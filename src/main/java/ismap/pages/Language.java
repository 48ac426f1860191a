package ismap.pages;

import ismap.decision.Bilingual;
import java.util.Locale;
import java.util.Optional;

/** The languages of the pages. */
public enum Language {
    JA("ja", "日本語"),
    EN("en", "English");

    private final String tag;
    private final String ownName;

    Language(String tag, String ownName) {
        this.tag = tag;
        this.ownName = ownName;
    }

    /** As HTML and HTTP name it. */
    public String tag() {
        return tag;
    }

    public String ownName() {
        return ownName;
    }

    public Language other() {
        return this == JA ? EN : JA;
    }

    /** The text in this language. The Japanese one governs, and stands in where there is no English one. */
    public String of(Bilingual text) {
        return speaks(text) == EN ? text.en() : text.ja();
    }

    /** The language of what {@link #of} says. */
    public Language speaks(Bilingual text) {
        boolean english = this == EN
                ? !text.en().isBlank()
                : text.ja().isBlank() && !text.en().isBlank();
        return english ? EN : JA;
    }

    public static Optional<Language> tagged(String tag) {
        for (Language language : values()) {
            if (language.tag.equals(tag)) {
                return Optional.of(language);
            }
        }
        return Optional.empty();
    }

    /** The one that a browser would rather have, by a header {@code Accept-Language}; Japanese where it does not say. */
    public static Language accepted(String header) {
        Language best = JA;
        double highest = 0;
        for (String range : header.split(",")) {
            String[] parts = range.strip().toLowerCase(Locale.ROOT).split(";");
            Optional<Language> language = tagged(parts[0].strip().split("-", 2)[0]);
            double weight = weight(parts);
            if (language.isPresent() && weight > highest) {
                best = language.get();
                highest = weight;
            }
        }
        return best;
    }

    private static double weight(String[] parts) {
        for (int i = 1; i < parts.length; i++) {
            String part = parts[i].strip();
            if (part.matches("q\\s*=\\s*[01](\\.[0-9]{0,3})?")) {
                return Double.parseDouble(part.substring(part.indexOf('=') + 1).strip());
            }
        }
        return 1;
    }
}
