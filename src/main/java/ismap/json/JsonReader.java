package ismap.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import ismap.decision.Bilingual;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON (RFC 8259) strictly: UTF-8 only, one value, no key twice, nothing that later code would have to guard against. What is
 * refused beyond the grammar: nesting deeper than {@link #DEEPEST}, texts longer than {@link #LONGEST_TEXT}, numbers of more
 * than {@link #LONGEST_NUMBER} digits written out, U+0000 and unpaired surrogates.
 */
public final class JsonReader {

    public static final int DEEPEST = 32;
    public static final int LONGEST_TEXT = 65_536;

    /** Also bounds the exponent: 1e999999999 is twelve characters to send and a gigabyte to write out. */
    public static final int LONGEST_NUMBER = 100;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST + 1)
                    .maxStringLength(LONGEST_TEXT + 1)
                    .maxNameLength(LONGEST_TEXT)
                    .maxNumberLength(LONGEST_NUMBER + 1)
                    .build())
            .build();

    private final JsonParser parser;
    private int depth;

    private JsonReader(JsonParser parser) {
        this.parser = parser;
    }

    public static Parsed read(byte[] bytes) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            return new Parsed.Unreadable(
                    "NOT_UTF_8", new Bilingual("本文がUTF-8ではありません。", "The body is not UTF-8."), 0, 0);
        }
        // A byte order mark may be ignored (RFC 8259, 8.1), and tools on Windows write one.
        try (JsonParser parser = FACTORY.createParser(text.startsWith("\uFEFF") ? text.substring(1) : text)) {
            return new JsonReader(parser).document();
        } catch (IOException unexpected) {
            throw new IllegalStateException("reading from memory failed", unexpected);
        }
    }

    /** Leaves the recursion where reading cannot go on. */
    private static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient Parsed.Unreadable why;

        Refused(Parsed.Unreadable why) {
            super(why.code());
            this.why = why;
        }
    }

    private Parsed document() throws IOException {
        try {
            JsonToken first = parser.nextToken();
            if (first == null) {
                throw refused("EMPTY_BODY", "本文が空です。", "The body is empty.");
            }
            Object value = value(first);
            if (parser.nextToken() != null) {
                throw refused("TRAILING_TEXT", "JSONの値の後に余分な文字があります。", "Something follows the JSON value.");
            }
            return new Parsed.Document(value);
        } catch (Refused refused) {
            return refused.why;
        } catch (StreamConstraintsException tooMuch) {
            return refused(
                            "OVER_LIMIT",
                            "入れ子、文字列または数値が上限を超えています（入れ子%d段、文字列%d文字、数値%d桁まで）。"
                                    .formatted(DEEPEST, LONGEST_TEXT, LONGEST_NUMBER),
                            "Nesting, a text or a number is over the limit (depth %d, %d characters, %d digits)."
                                    .formatted(DEEPEST, LONGEST_TEXT, LONGEST_NUMBER))
                    .why;
        } catch (JsonProcessingException notJson) {
            return refused("NOT_JSON", "JSONとして読めません。", "This is not JSON.").why;
        }
    }

    private @Nullable Object value(JsonToken token) throws IOException, Refused {
        return switch (token) {
            case START_OBJECT -> object();
            case START_ARRAY -> array();
            case VALUE_STRING -> text(parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            case END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
                throw new IllegalStateException("no value begins with %s".formatted(token));
        };
    }

    private Map<String, @Nullable Object> object() throws IOException, Refused {
        deeper();
        var fields = new LinkedHashMap<String, @Nullable Object>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = text(parser.currentName());
            if (fields.containsKey(name)) {
                throw refused(
                        "DUPLICATE_KEY",
                        "キー「%s」が二度あります。".formatted(shown(name)),
                        "The key \"%s\" stands there twice.".formatted(shown(name)));
            }
            fields.put(name, value(parser.nextToken()));
        }
        depth--;
        return Collections.unmodifiableMap(fields);
    }

    private List<@Nullable Object> array() throws IOException, Refused {
        deeper();
        var elements = new ArrayList<@Nullable Object>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            elements.add(value(token));
        }
        depth--;
        return Collections.unmodifiableList(elements);
    }

    private void deeper() throws Refused {
        if (++depth > DEEPEST) {
            throw refused(
                    "TOO_DEEP",
                    "入れ子が深すぎます（%d段まで）。".formatted(DEEPEST),
                    "Nested too deeply (at most %d).".formatted(DEEPEST));
        }
    }

    private BigDecimal number() throws IOException, Refused {
        BigDecimal number = parser.getTextLength() > LONGEST_NUMBER ? null : parser.getDecimalValue();
        if (number == null || Math.abs((long) number.scale()) > LONGEST_NUMBER) {
            throw refused(
                    "NUMBER_TOO_LONG",
                    "数値が長すぎます（%d桁まで）。".formatted(LONGEST_NUMBER),
                    "The number is too long (at most %d digits).".formatted(LONGEST_NUMBER));
        }
        return number;
    }

    private String text(String text) throws Refused {
        if (text.length() > LONGEST_TEXT) {
            throw refused(
                    "TEXT_TOO_LONG",
                    "文字列が長すぎます（%d文字まで）。".formatted(LONGEST_TEXT),
                    "A text is too long (at most %d characters).".formatted(LONGEST_TEXT));
        }
        // Neither can be stored, or written as UTF-8, and come back the same.
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (c == 0 || (Character.isSurrogate(c) && !pair)) {
                throw refused(
                        "UNUSABLE_CHARACTER",
                        "使えない文字（U+%04X）が含まれています。".formatted((int) c),
                        "The character U+%04X cannot be used.".formatted((int) c));
            }
            i += pair ? 1 : 0;
        }
        return text;
    }

    private Refused refused(String code, String ja, String en) {
        JsonLocation at = parser.currentLocation();
        return new Refused(new Parsed.Unreadable(
                code,
                new Bilingual(
                        "%s（%d行%d文字目付近）".formatted(ja, at.getLineNr(), at.getColumnNr()),
                        "%s Near line %d, column %d.".formatted(en, at.getLineNr(), at.getColumnNr())),
                at.getLineNr(),
                at.getColumnNr()));
    }

    private static String shown(String name) {
        return name.length() > 60 ? name.substring(0, 60) + "…" : name;
    }
}
