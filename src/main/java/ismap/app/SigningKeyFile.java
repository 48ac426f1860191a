package ismap.app;

import ismap.decision.Bilingual;
import ismap.ledger.Signer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the signing key is kept, outside the database: private and public key as PEM, readable by the service's account alone. A key
 * that is to take its place waits beside it, in a file of the same name with {@code .next} behind it.
 */
final class SigningKeyFile {

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final Pattern PEM = Pattern.compile(
            "\\s*-----BEGIN PRIVATE KEY-----([^-]+)-----END PRIVATE KEY-----\\s+-----BEGIN PUBLIC KEY-----([^-]+)-----END PUBLIC KEY-----\\s*");

    private final Path file;

    SigningKeyFile(Path file) {
        this.file = file.toAbsolutePath().normalize();
    }

    /** The file is there and cannot be used, or cannot be written. */
    static final class Unusable extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Bilingual what;

        Unusable(Bilingual what, Exception cause) {
            super(what.en(), cause);
            this.what = what;
        }

        Bilingual what() {
            return what;
        }
    }

    /** @throws Unusable where others may read it, or it holds no key */
    Optional<Signer> read() {
        return read(file);
    }

    /** The key that waits to take its place. */
    Optional<Signer> next() {
        return read(nextFile());
    }

    /** Makes a key and keeps it. @throws Unusable where it cannot be written */
    Signer create() {
        return create(file);
    }

    /** Makes the key that is to take its place; whatever waited there before is lost. */
    Signer createNext() {
        return create(nextFile());
    }

    /** The key that waited is the key from here on; the old one is gone. */
    void promote() {
        try {
            Files.move(nextFile(), file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    private Path nextFile() {
        return file.resolveSibling(file.getFileName() + ".next");
    }

    private static Optional<Signer> read(Path file) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            var excess = EnumSet.copyOf(Files.getPosixFilePermissions(file));
            excess.removeAll(OWNER_ONLY);
            if (!excess.isEmpty()) {
                throw new Unusable(
                        new Bilingual(
                                "署名鍵 %s を他の利用者が読めます。chmod 600 としてください。既に読まれたおそれがあるときは、鍵を交換してください（rotate-key）。"
                                        .formatted(file),
                                "Others may read the signing key %s: chmod 600; if anybody may have read it, replace it (rotate-key)."
                                        .formatted(file)),
                        new IOException(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))));
            }
            return Optional.of(signer(Files.readString(file)));
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            throw new Unusable(
                    new Bilingual(
                            "署名鍵 %s を読めません。写しから戻してください。".formatted(file),
                            "The signing key %s cannot be read. Put a copy of it back.".formatted(file)),
                    e);
        }
    }

    private static Signer signer(String pem) throws GeneralSecurityException {
        Matcher matcher = PEM.matcher(pem);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a private and a public key in PEM");
        }
        byte[] privateKey = Base64.getMimeDecoder().decode(matcher.group(1));
        byte[] publicKey = Base64.getMimeDecoder().decode(matcher.group(2));
        return new Signer(
                KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(privateKey)), publicKey);
    }

    private static Signer create(Path file) {
        try {
            KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            Path folder = file.getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
            Files.deleteIfExists(unfinished);
            Files.createFile(unfinished, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
            String pem = pem("PRIVATE KEY", pair.getPrivate().getEncoded())
                    + pem("PUBLIC KEY", pair.getPublic().getEncoded());
            Files.write(unfinished, pem.getBytes(StandardCharsets.US_ASCII), StandardOpenOption.SYNC);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return new Signer(pair.getPrivate(), pair.getPublic().getEncoded());
        } catch (IOException e) {
            throw unwritable(file, e);
        } catch (GeneralSecurityException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    private static Unusable unwritable(Path file, IOException e) {
        return new Unusable(
                new Bilingual(
                        "署名鍵 %s を書き込めません。%s で別の場所を指定できます。".formatted(file, Settings.SIGNING_KEY),
                        "The signing key %s cannot be written. %s names another place."
                                .formatted(file, Settings.SIGNING_KEY)),
                e);
    }

    private static String pem(String kind, byte[] der) {
        return "-----BEGIN %s-----%n%s%n-----END %s-----%n"
                .formatted(kind, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der), kind)
                .replace("\r", "");
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
