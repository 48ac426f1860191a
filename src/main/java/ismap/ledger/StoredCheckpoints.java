package ismap.ledger;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** The checkpoints between two positions, in their order, fetched as they are needed. */
public final class StoredCheckpoints implements Iterator<Checkpoint> {

    private static final int PAGE = 500;

    private final CheckpointStore store;
    private final long until;
    private Iterator<Checkpoint> page = List.<Checkpoint>of().iterator();
    private long after;
    private boolean exhausted;

    /** Those after {@code after}, up to {@code until}, that included. */
    public StoredCheckpoints(CheckpointStore store, long after, long until) {
        this.store = store;
        this.after = after;
        this.until = until;
        this.exhausted = after >= until;
    }

    @Override
    public boolean hasNext() {
        if (!page.hasNext() && !exhausted) {
            List<Checkpoint> fetched = store.after(after, PAGE).stream()
                    .filter(checkpoint -> checkpoint.sequence() <= until)
                    .toList();
            exhausted = fetched.size() < PAGE;
            page = fetched.iterator();
        }
        return page.hasNext();
    }

    @Override
    public Checkpoint next() {
        if (!hasNext()) {
            throw new NoSuchElementException("no checkpoint after " + after);
        }
        Checkpoint checkpoint = page.next();
        after = checkpoint.sequence();
        return checkpoint;
    }
}
