package ismap.ledger;

import ismap.json.JsonReader;
import ismap.json.JsonWriter;
import ismap.json.Parsed;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A JSON object as it was read. */
record Fields(Map<?, ?> values) {

    static final Fields NONE = new Fields(Map.of());

    /** Empty where the bytes are no JSON object. */
    static Optional<Fields> read(byte[] json) {
        return JsonReader.read(json) instanceof Parsed.Document document ? of(document.value()) : Optional.empty();
    }

    static Optional<Fields> of(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? Optional.of(new Fields(map)) : Optional.empty();
    }

    @Nullable
    Object get(String name) {
        return values.get(name);
    }

    /** The text of that name; blank where there is none. */
    String text(String name) {
        return values.get(name) instanceof String text ? text : "";
    }

    /** The object of that name; without fields where there is none. */
    Fields object(String name) {
        return of(values.get(name)).orElse(NONE);
    }

    /** Whether two values are the same JSON, however their numbers and keys are written. */
    static boolean same(@Nullable Object one, @Nullable Object other) {
        return Arrays.equals(JsonWriter.canonical(one), JsonWriter.canonical(other));
    }
}
