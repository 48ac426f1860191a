package ismap.backup;

import ismap.ledger.Chain;
import ismap.ledger.CheckpointStore;
import java.util.Collection;
import java.util.Map;

/** A database without data, that a backup is put into. */
public interface TableTarget extends AutoCloseable {

    /**
     * Makes the schema as it was at the time of the backup, fills it, and brings it up to this version of the service.
     *
     * @throws BackupRefused where it does not fit; nothing is left of it then
     */
    void load(BackupFile backup, Progress progress) throws BackupRefused;

    /** What was loaded. */
    Chain chain();

    CheckpointStore checkpoints();

    /** The hashes of the entries at these positions; without those that are not there. */
    Map<Long, String> hashes(Collection<Long> sequences);

    /** Takes away all that was loaded. */
    void clear();

    @Override
    void close();
}
