package ismap.ledger;

import java.util.List;

/**
 * Looks through the records, a page at a time. What is added meanwhile has a higher sequence than all that is there, so that pages which
 * follow each other's sequence show each record once and leave none out. Its methods throw {@link StorageUnavailable} where the database
 * cannot be asked.
 */
public interface RecordSearch {

    /** Before any page: nothing has this sequence, or a higher one. */
    long END = Long.MAX_VALUE;

    /** Before the first record. */
    long START = 0;

    /** At most {@code limit} with a lower sequence than {@code before}, the highest first. */
    List<RecordSummary> newestFirst(RecordFilter filter, long before, int limit);

    /** At most {@code limit} with a higher sequence than {@code after}, the lowest first. */
    List<RecordSummary> oldestFirst(RecordFilter filter, long after, int limit);

    /** As {@link #oldestFirst}, with all that is on record. */
    List<Receipt> receipts(RecordFilter filter, long after, int limit);

    /** As {@link #receipts}, each with its place in the chain, and so the redactions of records that the filter leaves. */
    List<Entry> entries(RecordFilter filter, long after, int limit);
}
