package ismap.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** One service a data folder. The operating system lets go of it when the process ends, however it ends. */
final class FolderLock implements AutoCloseable {
    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    static FolderLock take(Path dataDir) {
        var file = dataDir.resolve("service.lock");
        try {
            var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(channel) == null) {
                channel.close();
                throw new StorageRefused(
                        "the data folder %s is in use by another service (process %s)"
                                .formatted(dataDir, Files.readString(file).strip()),
                        "stop that one, or give this one a folder of its own in " + DatabaseSettings.DATA_DIR);
            }
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
            return new FolderLock(channel);
        } catch (IOException e) {
            throw new StorageRefused(
                    "cannot write to the data folder %s: %s".formatted(dataDir, e.getMessage()),
                    "give the service's account the right to, or another folder in " + DatabaseSettings.DATA_DIR,
                    e);
        }
    }

    /** Whether a service runs over that folder. */
    static boolean isHeld(Path dataDir) {
        try (var channel = FileChannel.open(dataDir.resolve("service.lock"), StandardOpenOption.WRITE)) {
            return tryLock(channel) == null;
        } catch (NoSuchFileException never) {
            return false;
        } catch (IOException e) {
            throw new StorageRefused(
                    "cannot look into the data folder %s: %s".formatted(dataDir, e.getMessage()),
                    "run this under the account of the service, or correct " + DatabaseSettings.DATA_DIR,
                    e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // held within this very process
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
