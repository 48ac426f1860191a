package ismap.json;

import ismap.decision.Bilingual;
import org.jspecify.annotations.Nullable;

/** What came of reading bytes as JSON. */
public sealed interface Parsed {

    /** @param value Map (in the order of the document), List, String, BigDecimal, Boolean or null; unmodifiable throughout */
    record Document(@Nullable Object value) implements Parsed {}

    /**
     * Not JSON, or not JSON that is safe to read.
     *
     * @param code stable, in capitals, {@code DUPLICATE_KEY}
     * @param line counted from 1, as is {@code column}; both 0 where no place can be named
     */
    record Unreadable(String code, Bilingual message, int line, int column) implements Parsed {}
}
