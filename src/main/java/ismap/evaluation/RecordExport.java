package ismap.evaluation;

import ismap.evaluation.RecordQuery.Format;
import ismap.json.JsonWriter;
import ismap.ledger.Entry;
import ismap.ledger.RecordFilter;
import ismap.ledger.RecordSearch;
import ismap.ledger.RecordSummary;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * All records that a filter leaves, the oldest first, read a page at a time while somebody takes the bytes: whole receipts, and redactions of them, one a line
 * (NDJSON), or summaries (CSV). Reading throws {@link ismap.ledger.StorageUnavailable} where the database is lost on the way.
 */
public final class RecordExport extends InputStream {

    private static final int RECEIPTS = 50;
    private static final int SUMMARIES = 500;
    private static final byte[] NOTHING = new byte[0];

    private final RecordSearch search;
    private final RecordFilter filter;
    private final Format format;
    private long last = RecordSearch.START;
    private byte[] page;
    private int position;
    private boolean ended;

    private RecordExport(RecordSearch search, RecordFilter filter, Format format) {
        this.search = search;
        this.filter = filter;
        this.format = format;
        this.page = NOTHING;
    }

    /**
     * The first page is read at once.
     *
     * @throws ismap.ledger.StorageUnavailable where the database cannot be asked
     */
    public static RecordExport open(RecordSearch search, RecordFilter filter, Format format) {
        var export = new RecordExport(search, filter, format);
        var start = new ByteArrayOutputStream();
        if (format == Format.CSV) {
            start.writeBytes((Csv.BYTE_ORDER_MARK + Csv.line(SummaryForm.COLUMNS)).getBytes(StandardCharsets.UTF_8));
        }
        start.writeBytes(export.next());
        export.page = start.toByteArray();
        return export;
    }

    private byte[] next() {
        var bytes = new ByteArrayOutputStream();
        if (format == Format.NDJSON) {
            List<Entry> entries = search.entries(filter, last, RECEIPTS);
            for (Entry entry : entries) {
                bytes.writeBytes(JsonWriter.write(Records.form(entry)));
                bytes.write('\n');
                last = entry.seal().sequence();
            }
            ended = entries.size() < RECEIPTS;
        } else {
            List<RecordSummary> summaries = search.oldestFirst(filter, last, SUMMARIES);
            for (RecordSummary summary : summaries) {
                bytes.writeBytes(Csv.line(SummaryForm.cells(summary)).getBytes(StandardCharsets.UTF_8));
                last = summary.sequence();
            }
            ended = summaries.size() < SUMMARIES;
        }
        return bytes.toByteArray();
    }

    private boolean more() {
        while (position == page.length && !ended) {
            page = next();
            position = 0;
        }
        return position < page.length;
    }

    @Override
    public int read() {
        return more() ? page[position++] & 0xff : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        if (!more()) {
            return -1;
        }
        int count = Math.min(length, page.length - position);
        System.arraycopy(page, position, into, offset, count);
        position += count;
        return count;
    }
}
