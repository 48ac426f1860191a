package ismap.backup;

import ismap.backup.BackupManifest.Part;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A backup as a ZIP file: {@code tables/….copy}, as PostgreSQL's COPY reads and writes them in text, and {@code manifest.json}. Its comment,
 * the last 64 bytes, is the SHA-256 of all bytes before. It is written and read in streams, and nothing is ever unpacked into files.
 */
public final class BackupFile implements AutoCloseable {

    private static final String MANIFEST = "manifest.json";
    private static final int SEAL = 64;
    private static final int LARGEST_MANIFEST = 4 * 1024 * 1024;
    private static final Set<PosixFilePermission> OWNER_ONLY =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private final ZipFile zip;
    private final BackupManifest manifest;

    private BackupFile(ZipFile zip, BackupManifest manifest) {
        this.zip = zip;
        this.manifest = manifest;
    }

    /** Writes all tables; the file is there when it is whole and on the disk, readable by its owner alone. */
    public static BackupManifest write(Path file, TableSource source, Instant at, Progress progress)
            throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
        Files.deleteIfExists(unfinished);
        try (FileChannel channel = FileChannel.open(
                unfinished,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.READ),
                PosixFilePermissions.asFileAttribute(OWNER_ONLY))) {
            BackupManifest manifest;
            try (var zip = new ZipOutputStream(
                    new BufferedOutputStream(Unclosed.of(Channels.newOutputStream(channel)), 1 << 16))) {
                zip.setLevel(Deflater.BEST_SPEED);
                zip.setComment("0".repeat(SEAL));
                manifest = write(zip, source, at, progress);
            }
            channel.write(ByteBuffer.wrap(digest(channel).getBytes(StandardCharsets.US_ASCII)), channel.size() - SEAL);
            channel.force(true);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
            return manifest;
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    private static BackupManifest write(ZipOutputStream zip, TableSource source, Instant at, Progress progress)
            throws IOException {
        var parts = new ArrayList<Part>();
        for (Table table : source.tables()) {
            begin(zip, new Part(table, 0, 0, "").path(), at);
            var counted = new CountedOut(zip, table.name(), progress);
            long rows = source.copy(table, counted);
            zip.closeEntry();
            progress.copied(table.name(), counted.bytes);
            parts.add(new Part(table, rows, counted.bytes, counted.sha256()));
        }
        // Counters stand outside of all snapshots: read last, they are not behind any row.
        var manifest = new BackupManifest(
                at, source.schemaVersion(), parts, source.counters(), source.head(), source.checkpoint());
        begin(zip, MANIFEST, at);
        zip.write(manifest.json());
        zip.closeEntry();
        return manifest;
    }

    private static void begin(ZipOutputStream zip, String name, Instant at) throws IOException {
        var entry = new ZipEntry(name);
        entry.setTimeLocal(LocalDateTime.ofInstant(at, ZoneOffset.UTC));
        zip.putNextEntry(entry);
    }

    /** @throws BackupRefused where it is no backup, or holds anything but what its manifest names */
    public static BackupFile open(Path file) throws BackupRefused, IOException {
        ZipFile zip;
        try (FileChannel channel = FileChannel.open(file)) {
            if (channel.size() < SEAL || !seal(channel).equals(digest(channel))) {
                throw new ZipException("the SHA-256 at its end is not that of the rest");
            }
            zip = new ZipFile(file.toFile());
        } catch (ZipException noZip) {
            throw new BackupRefused(
                    "%s は壊れているか、途中で切れているか、バックアップではありません。別のバックアップから復元してください。".formatted(file),
                    "%s is damaged, cut off, or no backup. Restore another backup.".formatted(file),
                    noZip);
        }
        try {
            BackupManifest manifest = BackupManifest.read(manifest(zip));
            namesAgree(zip, manifest);
            return new BackupFile(zip, manifest);
        } catch (BackupRefused | RuntimeException e) {
            zip.close();
            throw e;
        }
    }

    private static String seal(FileChannel channel) throws IOException {
        ByteBuffer seal = ByteBuffer.allocate(SEAL);
        channel.read(seal, channel.size() - SEAL);
        return new String(seal.array(), StandardCharsets.US_ASCII);
    }

    /** SHA-256 of all but the seal. */
    private static String digest(FileChannel channel) throws IOException {
        MessageDigest digest = sha256();
        ByteBuffer buffer = ByteBuffer.allocate(1 << 18);
        long end = channel.size() - SEAL;
        for (long at = 0; at < end; at += buffer.limit()) {
            buffer.clear().limit((int) Math.min(buffer.capacity(), end - at));
            if (channel.read(buffer, at) < buffer.limit()) {
                throw new EOFException("the file changes while it is read");
            }
            digest.update(buffer.flip());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static byte[] manifest(ZipFile zip) throws BackupRefused {
        ZipEntry entry = zip.getEntry(MANIFEST);
        if (entry == null) {
            throw new BackupRefused(
                    "目録（manifest.json）がありません。バックアップではありません。", "It has no manifest (manifest.json): it is no backup.");
        }
        byte[] json;
        try (InputStream in = zip.getInputStream(entry)) {
            json = in.readNBytes(LARGEST_MANIFEST + 1);
        } catch (IOException unreadable) {
            throw damaged(MANIFEST, unreadable);
        }
        if (json.length > LARGEST_MANIFEST) {
            throw damaged(MANIFEST, null);
        }
        return json;
    }

    private static void namesAgree(ZipFile zip, BackupManifest manifest) throws BackupRefused {
        var due = new HashSet<String>(Set.of(MANIFEST));
        for (Part part : manifest.parts()) {
            if (!due.add(part.path())) {
                throw damaged(part.path(), null);
            }
        }
        List<String> there = zip.stream().map(ZipEntry::getName).toList();
        for (String name : there) {
            if (!due.contains(name)) {
                throw new BackupRefused(
                        "目録にないファイルがあります: %s".formatted(printable(name)),
                        "It holds a file that its manifest does not name: %s".formatted(printable(name)));
            }
        }
        if (there.size() != due.size() || !due.equals(new HashSet<>(there))) {
            throw new BackupRefused(
                    "目録にあるファイルが欠けているか、二度現れます。", "A file that its manifest names is missing, or is there twice.");
        }
    }

    /** A name that somebody else chose, for a terminal. */
    private static String printable(String name) {
        String shown = name.replaceAll("[^\\x20-\\x7e]", "?");
        return shown.length() > 100 ? shown.substring(0, 100) + "…" : shown;
    }

    private static BackupRefused damaged(String part, @Nullable Exception cause) {
        return new BackupRefused(
                "%s が壊れています。目録の長さ又はSHA-256と一致しません。別のバックアップから復元してください。".formatted(part),
                "%s is damaged: it has not the length or SHA-256 that the manifest says. Restore another backup."
                        .formatted(part),
                cause);
    }

    public BackupManifest manifest() {
        return manifest;
    }

    /** Reads all of it. @throws BackupRefused where a byte is not what it was */
    public void check(Progress progress) throws BackupRefused {
        byte[] buffer = new byte[1 << 16];
        for (Part part : manifest.parts()) {
            long bytes = 0;
            long told = 0;
            try (InputStream in = open(part)) {
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    bytes += read;
                    if (bytes - told >= Progress.STEP) {
                        told = bytes;
                        progress.copied(part.table().name(), bytes);
                    }
                }
            } catch (IOException unreadable) {
                throw damaged(part.path(), unreadable);
            }
            progress.copied(part.table().name(), bytes);
        }
    }

    /** One part, unpacked. It fails with {@link Damaged} as soon as it is more, and at its end where it is less or something else. */
    public InputStream open(Part part) throws IOException {
        ZipEntry entry = Objects.requireNonNull(zip.getEntry(part.path()), part.path());
        return new CheckedIn(new BufferedInputStream(zip.getInputStream(entry), 1 << 16), part);
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }

    /** A part is not what the manifest says. */
    public static final class Damaged extends IOException {
        private static final long serialVersionUID = 1L;

        Damaged(String part) {
            super(part + " is not what the manifest says");
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    private static final class CheckedIn extends InputStream {
        private final InputStream in;
        private final Part part;
        private final MessageDigest digest = sha256();
        private long bytes;
        private boolean ended;

        CheckedIn(InputStream in, Part part) {
            this.in = in;
            this.part = part;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            int read = in.read(buffer, offset, length);
            if (read > 0) {
                digest.update(buffer, offset, read);
                bytes += read;
            }
            if (bytes > part.bytes() || (read < 0 && !ended && !isWhole())) {
                throw new Damaged(part.path());
            }
            ended |= read < 0;
            return read;
        }

        private boolean isWhole() {
            return bytes == part.bytes()
                    && HexFormat.of().formatHex(digest.digest()).equals(part.sha256());
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }

    private static final class CountedOut extends OutputStream {
        private final OutputStream out;
        private final String table;
        private final Progress progress;
        private final MessageDigest digest = BackupFile.sha256();
        private long bytes;
        private long told;

        CountedOut(OutputStream out, String table, Progress progress) {
            this.out = out;
            this.table = table;
            this.progress = progress;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] buffer, int offset, int length) throws IOException {
            out.write(buffer, offset, length);
            digest.update(buffer, offset, length);
            bytes += length;
            if (bytes - told >= Progress.STEP) {
                told = bytes;
                progress.copied(table, bytes);
            }
        }

        String sha256() {
            return HexFormat.of().formatHex(digest.digest());
        }
    }

    /** The ZIP ends before its file is on the disk. */
    private static final class Unclosed extends OutputStream {
        private final OutputStream out;

        private Unclosed(OutputStream out) {
            this.out = out;
        }

        static OutputStream of(OutputStream out) {
            return new Unclosed(out);
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
        }

        @Override
        public void write(byte[] buffer, int offset, int length) throws IOException {
            out.write(buffer, offset, length);
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }
    }
}
