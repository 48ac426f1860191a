package ismap.postgres;

import ismap.ledger.FoundIn;
import ismap.ledger.LedgerFull;
import ismap.ledger.NewRecord;
import ismap.ledger.Receipt;
import ismap.ledger.RevisionDigests;
import ismap.ledger.Seal;
import ismap.ledger.StorageUnavailable;
import ismap.postgres.RecordRows.Head;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;

/**
 * Seals records and writes them, as many in one transaction as wait for it. One thread: the order of the chain is the order of commits.
 * Instances take turns by a lock in the database.
 */
final class GroupCommit implements AutoCloseable {

    /** So many may wait; who comes then is sent away. */
    static final int CAPACITY = 1024;

    /** So many go into one transaction. */
    private static final int GROUP = 256;

    /** A server that says nothing for so long, is taken to be gone. */
    private static final int SILENCE_MILLISECONDS = 950;

    /** @param found what the record can be found by; told by the caller's thread, of which there are many */
    @SuppressWarnings("ArrayRecordComponent") // written, never compared
    private record Waiting(NewRecord record, String[] found, CompletableFuture<Receipt> receipt) {}

    /** What a transaction added, and which records found their key taken. */
    private record Written(Map<UUID, Receipt> added, Set<UUID> repeated) {}

    private final DataSource dataSource;
    private final BlockingQueue<Waiting> queue = new ArrayBlockingQueue<>(CAPACITY);
    private final Map<String, RevisionDigests> revisions = new ConcurrentHashMap<>();
    private final SecureRandom random = new SecureRandom();
    private final Thread writer = new Thread(this::run, "sealer");
    private volatile boolean closed;

    GroupCommit(DataSource dataSource) {
        this.dataSource = dataSource;
        writer.setDaemon(true);
        writer.start();
    }

    CompletableFuture<Receipt> submit(NewRecord record) {
        var waiting =
                new Waiting(record, FoundIn.answer(record.answer()).toArray(new String[0]), new CompletableFuture<>());
        if (closed) {
            throw new StorageUnavailable("the service is stopping", new IllegalStateException("closed"));
        }
        if (!queue.offer(waiting)) {
            throw new LedgerFull(queue.size());
        }
        return waiting.receipt;
    }

    /** Writes what waits, and ends. */
    @Override
    public void close() {
        closed = true;
        writer.interrupt();
        try {
            writer.join(5000);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        var group = new ArrayList<Waiting>(GROUP);
        while (!closed || !queue.isEmpty()) {
            group.clear();
            try {
                if (closed) {
                    queue.drainTo(group, GROUP);
                } else {
                    group.add(queue.take());
                    queue.drainTo(group, GROUP - 1);
                }
            } catch (InterruptedException closing) {
                continue;
            }
            try {
                commit(group);
            } catch (RuntimeException | Error unforeseen) {
                // Nobody may wait for ever, whatever happened.
                group.forEach(each -> each.receipt.completeExceptionally(unforeseen));
            }
        }
    }

    private void commit(List<Waiting> group) {
        Written written = null;
        boolean connected = false;
        try (Connection connection = dataSource.getConnection()) {
            connected = true;
            connection.setNetworkTimeout(Runnable::run, SILENCE_MILLISECONDS);
            connection.setAutoCommit(false);
            Written inserted;
            try {
                inserted = insert(new RecordRows(connection), group);
            } catch (SQLException | RuntimeException refused) {
                rollBack(connection);
                throw refused;
            }
            written = inserted;
            connection.commit();
        } catch (SQLException | IllegalArgumentException failure) {
            if (!connected) {
                // Whoever waits behind them would only wait for the same.
                queue.drainTo(group);
            }
            if (written == null) {
                refused(group, failure);
            } else {
                unknown(group, written, failure);
            }
            return;
        }
        answer(group, written);
    }

    private static void rollBack(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException gone) {
            // The server rolls back what it has lost touch with.
        }
    }

    private Written insert(RecordRows rows, List<Waiting> group) throws SQLException {
        Head head = rows.lock();
        for (Waiting waiting : group) {
            digests(rows, waiting.record.revisionId());
        }
        List<NewRecord> keyed = group.stream()
                .map(Waiting::record)
                .filter(record -> record.key() != null)
                .toList();
        var taken = new HashSet<>(rows.takeKeys(keyed));
        var repeated = new HashSet<UUID>();
        var added = new LinkedHashMap<UUID, Receipt>();
        long last = head.sequence();
        String previous = head.hash();
        Instant now = head.now();
        for (Waiting waiting : group) {
            NewRecord record = waiting.record;
            if (record.key() != null && !taken.contains(record.id())) {
                repeated.add(record.id());
                continue;
            }
            byte[] salt = new byte[Seal.SALT];
            random.nextBytes(salt);
            Seal seal = Seal.of(last, previous, now, record, digests(rows, record.revisionId()), salt);
            if (added.put(record.id(), new Receipt(record, seal, salt, Optional.empty())) != null) {
                throw new IllegalArgumentException("record %s is submitted twice".formatted(record.id()));
            }
            last = seal.sequence();
            previous = seal.hash();
        }
        var found = new HashMap<UUID, String[]>();
        group.forEach(waiting -> found.put(waiting.record.id(), waiting.found));
        rows.insert(List.copyOf(added.values()), found);
        return new Written(added, repeated);
    }

    private RevisionDigests digests(RecordRows rows, String revision) throws SQLException {
        RevisionDigests known = revisions.get(revision);
        if (known == null) {
            known = rows.revision(revision)
                    .orElseThrow(() -> new IllegalArgumentException("revision %s does not exist".formatted(revision)));
            revisions.put(revision, known);
        }
        return known;
    }

    /** Nothing was written. If it was the records' fault, it was that of some: each by itself, then. */
    private void refused(List<Waiting> group, Exception failure) {
        RuntimeException translated = Failures.translated("group of " + group.size() + " records", failure);
        if (group.size() > 1 && !(translated instanceof StorageUnavailable)) {
            group.forEach(each -> commit(new ArrayList<>(List.of(each))));
        } else {
            group.forEach(each -> each.receipt.completeExceptionally(translated));
        }
    }

    /**
     * The commit was sent, and its answer never came. Whoever holds the lock of the chain after it knows what became of it: the lost
     * transaction has ended by then.
     */
    private void unknown(List<Waiting> group, Written written, Exception failure) {
        var ids = new ArrayList<>(written.added.keySet());
        Map<UUID, Receipt> found;
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            RecordRows rows = new RecordRows(connection);
            rows.lock();
            found = rows.find(ids);
            connection.rollback();
        } catch (SQLException stillUnknown) {
            failure.addSuppressed(stillUnknown);
            found = Map.of();
        }
        if (found.keySet().containsAll(ids)) {
            answer(group, written);
        } else {
            RuntimeException unavailable = new StorageUnavailable("the commit of a group was not answered", failure);
            group.forEach(each -> each.receipt.completeExceptionally(unavailable));
        }
    }

    private void answer(List<Waiting> group, Written written) {
        var earlier = new HashMap<UUID, Receipt>();
        if (!written.repeated.isEmpty()) {
            try (Connection connection = dataSource.getConnection()) {
                RecordRows rows = new RecordRows(connection);
                for (Waiting waiting : group) {
                    String key = waiting.record.key();
                    if (key != null && written.repeated.contains(waiting.record.id())) {
                        rows.find(waiting.record.recordedBy(), key)
                                .ifPresent(receipt -> earlier.put(waiting.record.id(), receipt));
                    }
                }
            } catch (SQLException gone) {
                // Those that are not found are told below that the database does not answer.
            }
        }
        for (Waiting waiting : group) {
            UUID id = waiting.record.id();
            Receipt receipt = written.added.containsKey(id) ? written.added.get(id) : earlier.get(id);
            if (receipt == null) {
                waiting.receipt.completeExceptionally(new StorageUnavailable(
                        "the earlier record of a key cannot be read", new IllegalStateException("record " + id)));
            } else {
                waiting.receipt.complete(receipt);
            }
        }
    }
}
