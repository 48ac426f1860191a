package ismap.evaluation;

import ismap.decision.Bilingual;
import ismap.decision.Place;
import ismap.decision.Problem;

/** The words of the mistakes that a request can hold. */
final class RequestProblems {

    private RequestProblems() {}

    static Problem of(String code, String pointer, String value, String expected, Bilingual message, Bilingual advice) {
        return Problem.error(code, new Place.Pointer(pointer), message, advice)
                .value(value)
                .expected(expected);
    }

    static Problem wrongValue(String pointer, String value, String expected) {
        return of(
                "WRONG_VALUE",
                pointer,
                value,
                expected,
                new Bilingual(
                        "値「%s」は使えません。".formatted(shown(value)),
                        "The value \"%s\" cannot be used.".formatted(shown(value))),
                new Bilingual("次の形にしてください: " + expected, "It must be: " + expected));
    }

    static Problem unknownField(String pointer, String name, Iterable<String> known) {
        return of(
                "UNKNOWN_FIELD",
                pointer,
                name,
                String.join("|", known),
                new Bilingual(
                        "「%s」という項目はありません。".formatted(shown(name)),
                        "There is no field \"%s\" here.".formatted(shown(name))),
                new Bilingual("使える項目: " + String.join("、", known), "The fields are: " + String.join(", ", known)));
    }

    static Problem fieldMissing(String pointer, String name, String expected) {
        return of(
                "FIELD_MISSING",
                pointer,
                "",
                expected,
                new Bilingual(
                        "必須項目「%s」がありません。".formatted(name), "The required field \"%s\" is missing.".formatted(name)),
                new Bilingual("値を加えてください。", "Add it."));
    }

    static Problem tooLong(String pointer, String value, int longest) {
        return of(
                "TOO_LONG",
                pointer,
                value,
                "at most %d characters".formatted(longest),
                new Bilingual("%d文字を超えています。".formatted(longest), "It has more than %d characters.".formatted(longest)),
                new Bilingual(
                        "%d文字以内の識別子にしてください。氏名は書かないでください。".formatted(longest),
                        "Use an identifier of at most %d characters, never the name of a person.".formatted(longest)));
    }

    static String shown(String text) {
        return text.length() > 60 ? text.substring(0, 60) + "…" : text;
    }

    /** RFC 6901. */
    static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }
}
