package ismap.cli;

import ismap.backup.TableSource;
import ismap.backup.TableTarget;
import java.io.IOException;
import java.nio.file.Path;

/** The database of the service as a whole, and the file of its signing key. */
public interface Backups {

    /** To copy it, also while the service runs. */
    TableSource source() throws Storage.Refused;

    /** To fill it; it has to be empty. */
    TableTarget target() throws Storage.Refused;

    /** Where the private key that signs checkpoints is kept. */
    Path signingKey() throws Storage.Refused;

    /** Whether the key of that id is there. */
    boolean holdsKey(String keyId) throws Storage.Refused;

    /** Writes a copy of the private key that its owner alone may read. */
    void copyKey(Path to) throws Storage.Refused, IOException;
}
