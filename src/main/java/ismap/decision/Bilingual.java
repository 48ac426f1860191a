package ismap.decision;

/** A text in Japanese and English. The Japanese one governs; the English one may be blank. */
public record Bilingual(String ja, String en) {
    public static final Bilingual EMPTY = new Bilingual("", "");

    public boolean isBlank() {
        return ja.isBlank() && en.isBlank();
    }
}
