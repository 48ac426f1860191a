package ismap.api;

import ismap.decision.Bilingual;
import ismap.decision.Place;
import ismap.decision.Problem;

/** The names that callers give their requests, so that one sent twice is decided once. */
final class IdempotencyKeys {

    static final int LONGEST = 255;

    static final Bilingual WRONG = new Bilingual("キーに誤りがあります。", "The key cannot be used.");

    private IdempotencyKeys() {}

    static boolean isOne(String key) {
        return !key.isBlank() && key.length() <= LONGEST && key.chars().allMatch(c -> c > 0x20 && c < 0x7F);
    }

    static Problem missing(String pointer) {
        return Problem.error(
                        "KEY_REQUIRED",
                        new Place.Pointer(pointer),
                        new Bilingual("この行にはキー（key）がありません。", "This line has no key."),
                        new Bilingual(
                                "行ごとに異なるキーを key に書いてください。途中で切れたときに同じ内容を送り直せます。",
                                "Give each line a key of its own; then it can be sent again after a cut."))
                .expected("1 to %d printable ASCII characters".formatted(LONGEST));
    }

    static Problem malformed(String pointer, String key) {
        return Problem.error(
                        "KEY_MALFORMED",
                        new Place.Pointer(pointer),
                        new Bilingual(
                                "キーは、空白を含まないASCIIの%d文字以内でなければなりません。".formatted(LONGEST),
                                "A key has up to %d printable ASCII characters and no blank.".formatted(LONGEST)),
                        new Bilingual("UUIDなどを使ってください。", "Use a UUID, for example."))
                .value(key)
                .expected("1 to %d printable ASCII characters".formatted(LONGEST));
    }
}
