package ismap.app;

import ismap.json.JsonWriter;
import ismap.ledger.Checkpoint;
import ismap.ledger.CheckpointStore;
import ismap.ledger.KeyRing;
import ismap.ledger.StoredCheckpoints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A copy of the checkpoints in files, to be taken where the database's administrator cannot reach them: one {@code checkpoint-….json}
 * each, by sequence, and {@code keys.json}. A file that is there is never written again.
 */
final class CheckpointFolder {

    private final Path folder;
    private final CheckpointStore store;
    private long exported;

    CheckpointFolder(Path folder, CheckpointStore store) {
        this.folder = folder;
        this.store = store;
    }

    /** Writes what is missing. */
    void follow() throws IOException {
        Files.createDirectories(folder);
        var keys = new LinkedHashMap<String, @Nullable Object>();
        keys.put("keys", new KeyRing(store.keys()).form());
        replace(folder.resolve("keys.json"), JsonWriter.write(keys));
        var missing = new StoredCheckpoints(store, exported, Long.MAX_VALUE);
        while (missing.hasNext()) {
            Checkpoint checkpoint = missing.next();
            Path file = folder.resolve("checkpoint-%012d.json".formatted(checkpoint.sequence()));
            if (!Files.exists(file)) {
                replace(file, JsonWriter.write(checkpoint.form()));
            }
            exported = checkpoint.sequence();
        }
    }

    private static void replace(Path file, byte[] json) throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
        Files.write(unfinished, json);
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
