package ismap.api;

import java.util.LinkedHashMap;
import java.util.Map;

/** JSON objects written down in place; unlike {@code Map.of}, in the order in which they are written. */
final class Form {

    private Form() {}

    /** @param keysAndValues a key, its value, the next key … */
    static Map<String, Object> of(Object... keysAndValues) {
        if (keysAndValues.length % 2 != 0) {
            throw new IllegalArgumentException("a key without a value among %d".formatted(keysAndValues.length));
        }
        var form = new LinkedHashMap<String, Object>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            form.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return form;
    }
}
