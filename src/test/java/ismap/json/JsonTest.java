package ismap.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("core")
class JsonTest {

    @Test
    void keysKeepTheirOrderAndNumbersAreDecimals() {
        assertThat(new String(JsonWriter.write(value("{\"b\":1.10,\"a\":[true,null,\"日本\"]}")), StandardCharsets.UTF_8))
                .isEqualTo("{\"b\":1.1,\"a\":[true,null,\"日本\"]}");
        assertThat(value("0.30000000000000004")).isEqualTo(new BigDecimal("0.30000000000000004"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '§',
            value = {
                "{\"a\":1,\"a\":2}§DUPLICATE_KEY",
                "{\"a\":1}}§NOT_JSON",
                "{} {}§TRAILING_TEXT",
                "{}x§NOT_JSON",
                "{\"a\":§NOT_JSON",
                "{a:1}§NOT_JSON",
                "[1,]§NOT_JSON",
                "[01]§NOT_JSON",
                "[NaN]§NOT_JSON",
                "// x§NOT_JSON",
                "[\"\\u0000\"]§UNUSABLE_CHARACTER",
                "[\"\\ud83d\"]§UNUSABLE_CHARACTER",
                "{\"\\udc00x\":1}§UNUSABLE_CHARACTER",
                "[1e999999999]§NUMBER_TOO_LONG",
                "[1e-999999999]§NUMBER_TOO_LONG",
                "''§EMPTY_BODY",
                "' '§EMPTY_BODY",
            })
    void whatIsNotStrictJsonIsRefusedByItsCode(String text, String code) {
        assertThat(read(text))
                .isInstanceOfSatisfying(
                        Parsed.Unreadable.class,
                        refused -> assertThat(refused.code()).isEqualTo(code));
    }

    @Test
    void nestingIsReadToThirtyTwoAndNoDeeper() {
        assertThat(read("[".repeat(32) + "]".repeat(32))).isInstanceOf(Parsed.Document.class);
        assertThat(read("[".repeat(33) + "]".repeat(33)))
                .isInstanceOfSatisfying(
                        Parsed.Unreadable.class,
                        refused -> assertThat(refused.code()).isEqualTo("TOO_DEEP"));
        assertThat(read("[".repeat(500_000))).isInstanceOf(Parsed.Unreadable.class);
    }

    @Test
    void textsAndNumbersHaveALimit() {
        assertThat(read("\"" + "x".repeat(JsonReader.LONGEST_TEXT) + "\"")).isInstanceOf(Parsed.Document.class);
        assertThat(read("\"" + "x".repeat(JsonReader.LONGEST_TEXT + 1) + "\"")).isInstanceOf(Parsed.Unreadable.class);
        assertThat(read("1".repeat(JsonReader.LONGEST_NUMBER))).isInstanceOf(Parsed.Document.class);
        assertThat(read("1".repeat(JsonReader.LONGEST_NUMBER + 1))).isInstanceOf(Parsed.Unreadable.class);
        assertThat(read("1".repeat(1_000_000))).isInstanceOf(Parsed.Unreadable.class);
    }

    @Test
    void onlyUtf8IsRead() {
        assertThat(JsonReader.read(new byte[] {'"', (byte) 0xC0, (byte) 0x80, '"'}))
                .isInstanceOfSatisfying(
                        Parsed.Unreadable.class,
                        refused -> assertThat(refused.code()).isEqualTo("NOT_UTF_8"));
        assertThat(JsonReader.read("{}".getBytes(StandardCharsets.UTF_16))).isInstanceOf(Parsed.Unreadable.class);
        assertThat(read("\uFEFF{}")).isEqualTo(new Parsed.Document(Map.of()));
    }

    @Test
    void theCanonicalFormSortsKeysAndWritesNumbersPlainly() {
        assertThat(canonical("{ \"b\": 1.50, \"a\": {\"d\":1e3,\"c\":\"\\u0001\\n\\\"日本\"}, \"\": [] }"))
                .isEqualTo("{\"\":[],\"a\":{\"c\":\"\\u0001\\n\\\"日本\",\"d\":1000},\"b\":1.5}");
    }

    @Test
    void whatIsWrittenReadsBackTheSame() {
        Object value = value("{\"b\":[1,-2.5,\"x😀\",null,true,{\"z\":{}}],\"a\":\"\\u001f\"}");
        assertThat(JsonReader.read(JsonWriter.write(value))).isEqualTo(new Parsed.Document(value));
        assertThat(new String(JsonWriter.write(List.of("a/b")), StandardCharsets.UTF_8))
                .isEqualTo("[\"a/b\"]");
    }

    private static String canonical(String text) {
        return new String(JsonWriter.canonical(value(text)), StandardCharsets.UTF_8);
    }

    private static Parsed read(String text) {
        return JsonReader.read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static @Nullable Object value(String text) {
        return ((Parsed.Document) read(text)).value();
    }
}
