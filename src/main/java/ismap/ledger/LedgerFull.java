package ismap.ledger;

/** So many records wait to be written that no more are taken: ask again later. Nothing of this one was kept. */
public final class LedgerFull extends RuntimeException {
    public LedgerFull(int waiting) {
        super("%d records wait to be written".formatted(waiting));
    }
}
