package ismap.rulebook;

import ismap.decision.DaySet;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The canonical form of a rulebook and the digests over it. The form holds typed values and rows in order, no layout and no places, so
 * that saving a workbook again changes nothing.
 */
public final class Digests {

    private Digests() {}

    /** {@code sha256:} and 64 hexadecimal digits over the canonical form. */
    public static String ofRulebook(Rulebook rulebook) {
        return "sha256:" + hex(canonical(rulebook).getBytes(StandardCharsets.UTF_8));
    }

    /** Over the bytes of the files: each path, length and content in the order of the paths. */
    public static String ofFiles(RulebookFiles files) {
        MessageDigest digest = sha256();
        files.contents().forEach((path, content) -> {
            digest.update((path + "\n" + content.length + "\n").getBytes(StandardCharsets.UTF_8));
            digest.update(content);
        });
        return "sha256:" + HexFormat.of().formatHex(digest.digest());
    }

    /** The canonical form of a part of a rulebook: equal parts have equal ones, and others have others. */
    public static String canonical(Record part) {
        var out = new StringBuilder();
        write(part, out);
        return out.toString();
    }

    /** JSON with the components of records and the keys of unordered maps sorted, numbers without an exponent, and no spaces. */
    public static String canonical(Rulebook rulebook) {
        var out = new StringBuilder();
        write(rulebook, out);
        return out.toString();
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(sha256().digest(bytes));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    private static void write(@Nullable Object value, StringBuilder out) {
        if (value == null) {
            out.append("null");
        } else if (value instanceof Optional<?> optional) {
            write(optional.orElse(null), out);
        } else if (value instanceof Map<?, ?> map) {
            writeMap(map, out);
        } else if (value instanceof List<?> list) {
            out.append('[');
            for (int i = 0; i < list.size(); i++) {
                out.append(i == 0 ? "" : ",");
                write(list.get(i), out);
            }
            out.append(']');
        } else if (value instanceof Record) {
            writeRecord((Record) value, out);
        } else if (value instanceof Boolean || value instanceof Integer) {
            out.append(value);
        } else if (value instanceof BigDecimal number) {
            out.append(number.toPlainString());
        } else if (value instanceof String
                || value instanceof Enum<?>
                || value instanceof LocalDate
                || value instanceof DaySet) {
            quote(value.toString(), out);
        } else {
            throw new IllegalStateException("no canonical form for %s".formatted(value.getClass()));
        }
    }

    /** The order of a vocabulary and of the decisions is for readers; maps are written by key. */
    private static void writeMap(Map<?, ?> map, StringBuilder out) {
        var sorted = new TreeMap<String, Object>();
        map.forEach((key, value) -> sorted.put(key.toString(), value));
        out.append('{');
        String comma = "";
        for (Map.Entry<String, Object> entry : sorted.entrySet()) {
            out.append(comma);
            quote(entry.getKey(), out);
            out.append(':');
            write(entry.getValue(), out);
            comma = ",";
        }
        out.append('}');
    }

    private static void writeRecord(Record value, StringBuilder out) {
        var components = new TreeMap<String, @Nullable Object>();
        for (RecordComponent component : value.getClass().getRecordComponents()) {
            try {
                var accessor = component.getAccessor();
                accessor.setAccessible(true);
                components.put(component.getName(), accessor.invoke(value));
            } catch (IllegalAccessException | InvocationTargetException broken) {
                throw new IllegalStateException(
                        "cannot read %s of %s".formatted(component.getName(), value.getClass()), broken);
            }
        }
        out.append("{\"is\":");
        quote(value.getClass().getSimpleName(), out);
        components.forEach((name, component) -> {
            out.append(',');
            quote(name, out);
            out.append(':');
            write(component, out);
        });
        out.append('}');
    }

    private static void quote(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < 0x20) {
                out.append("\\u%04x".formatted((int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }
}
