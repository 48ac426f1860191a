package ismap.json;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes JDK values (Map with text keys, List, String, Integer, Long, BigDecimal, Boolean, null, {@link Written}) as JSON in UTF-8, without spaces. Equal
 * values give equal bytes, whatever the machine or the Java.
 */
public final class JsonWriter {

    /** JSON that is written already and goes in as it is. */
    @SuppressWarnings("ArrayRecordComponent") // written out, never compared
    public record Written(byte[] json) {}

    private final StringBuilder out = new StringBuilder();
    private final boolean sorted;

    private JsonWriter(boolean sorted) {
        this.sorted = sorted;
    }

    /** Keys in the order of the maps. */
    public static byte[] write(@Nullable Object value) {
        return bytes(value, false);
    }

    /**
     * Keys sorted by UTF-16 code units, as in RFC 8785; unlike there, a number keeps all its digits and is written without an exponent,
     * because facts are decimals and not doubles.
     */
    public static byte[] canonical(@Nullable Object value) {
        return bytes(value, true);
    }

    private static byte[] bytes(@Nullable Object value, boolean sorted) {
        JsonWriter writer = new JsonWriter(sorted);
        writer.value(value);
        return writer.out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void value(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            object(map);
        } else if (value instanceof List<?> list) {
            array(list);
        } else if (value instanceof String text) {
            text(text);
        } else if (value instanceof Written written) {
            out.append(new String(written.json(), StandardCharsets.UTF_8));
        } else if (value instanceof BigDecimal number) {
            out.append(number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString());
        } else if (value == null || value instanceof Boolean || value instanceof Integer || value instanceof Long) {
            out.append(value);
        } else {
            throw new IllegalArgumentException("%s has no JSON form".formatted(value.getClass()));
        }
    }

    private void object(Map<?, ?> map) {
        out.append('{');
        String comma = "";
        for (Map.Entry<?, ?> entry : (sorted ? new TreeMap<>(map) : map).entrySet()) {
            out.append(comma);
            text((String) entry.getKey());
            out.append(':');
            value(entry.getValue());
            comma = ",";
        }
        out.append('}');
    }

    private void array(List<?> list) {
        out.append('[');
        String comma = "";
        for (Object element : list) {
            out.append(comma);
            value(element);
            comma = ",";
        }
        out.append(']');
    }

    private void text(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> out.append('\\').append(c);
                case '\b' -> out.append("\\b");
                case '\t' -> out.append("\\t");
                case '\n' -> out.append("\\n");
                case '\f' -> out.append("\\f");
                case '\r' -> out.append("\\r");
                default -> out.append(c < 0x20 ? "\\u%04x".formatted((int) c) : String.valueOf(c));
            }
        }
        out.append('"');
    }
}
