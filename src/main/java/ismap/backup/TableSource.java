package ismap.backup;

import ismap.ledger.Chain;
import ismap.ledger.Checkpoint;
import ismap.ledger.CheckpointStore;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** All tables of the schema as they were at one moment. Its methods throw StorageUnavailable where the database is lost. */
public interface TableSource extends AutoCloseable {

    /** The migration that the schema is at. */
    String schemaVersion();

    /** Each refers to itself and to those before it alone. */
    List<Table> tables();

    /** Writes the rows as PostgreSQL's COPY does, in text. @return how many */
    long copy(Table table, OutputStream out) throws IOException;

    /** The numbers that identity columns have come to, by sequence; without those that were never used. */
    SortedMap<String, Long> counters();

    /** The last entry of the chain. */
    Optional<Chain.Head> head();

    /** The last checkpoint. */
    Optional<Checkpoint> checkpoint();

    /** All checkpoints, those that came after that moment included. */
    CheckpointStore checkpoints();

    @Override
    void close();
}
