package ismap.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Signs the end of the chain from time to time. */
public final class CheckpointWriter {

    /** After so many entries. */
    static final long ENTRIES = 1000;

    /** After so long, where anything was added at all. */
    static final Duration TIME = Duration.ofSeconds(60);

    private final Chain chain;
    private final CheckpointStore store;

    public CheckpointWriter(Chain chain, CheckpointStore store) {
        this.chain = chain;
        this.store = store;
    }

    /** The end of the chain, where it is time to sign it. */
    public Optional<Chain.Head> due(Instant now) {
        Optional<Checkpoint> last = store.last();
        return added(last)
                .filter(head -> last.isEmpty()
                        || head.sequence() - last.get().sequence() >= ENTRIES
                        || !now.isBefore(last.get().at().plus(TIME)));
    }

    /** The end of the chain, where anything was added since it was signed. */
    public Optional<Chain.Head> added() {
        return added(store.last());
    }

    private Optional<Chain.Head> added(Optional<Checkpoint> last) {
        long signed = last.map(Checkpoint::sequence).orElse(0L);
        return chain.last().filter(head -> head.sequence() > signed);
    }

    public void sign(Chain.Head head, Signer signer, Instant now) {
        store.add(Checkpoint.signed(head.sequence(), head.hash(), now, signer));
    }
}
