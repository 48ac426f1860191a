package ismap.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Keeps checkpoints and keys for as long as a test runs. Passes {@link CheckpointStoreContract}, as the real one does. */
public final class InMemoryCheckpoints implements CheckpointStore {
    private final TreeMap<Long, Checkpoint> checkpoints = new TreeMap<>();
    private final List<SigningKey> keys = new ArrayList<>();

    @Override
    public synchronized void add(Checkpoint checkpoint) {
        checkpoints.putIfAbsent(checkpoint.sequence(), checkpoint);
    }

    @Override
    public synchronized Optional<Checkpoint> last() {
        return Optional.ofNullable(checkpoints.lastEntry()).map(java.util.Map.Entry::getValue);
    }

    @Override
    public synchronized List<Checkpoint> after(long sequence, int limit) {
        return checkpoints.tailMap(sequence, false).values().stream()
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized List<SigningKey> keys() {
        return List.copyOf(keys);
    }

    @Override
    public synchronized void add(SigningKey key) {
        String previous = key.previous();
        boolean taken =
                previous == null ? !keys.isEmpty() : keys.stream().anyMatch(one -> previous.equals(one.previous()));
        if (taken) {
            throw new IllegalArgumentException("key %s does not follow the last one".formatted(key.keyId()));
        }
        keys.add(key);
    }
}
