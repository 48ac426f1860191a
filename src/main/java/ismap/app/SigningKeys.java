package ismap.app;

import ismap.ledger.CheckpointStore;
import ismap.ledger.Signer;
import ismap.ledger.SigningKey;
import ismap.rulebook.FactReader;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * The private key in its file, and what the database knows of it in public. Only the key that the database names last may sign; a
 * service that does not hold it signs nothing, for a key that nobody handed over to is just what a forger would use.
 */
final class SigningKeys {

    private final SigningKeyFile file;
    private final CheckpointStore store;
    private final Clock clock;

    SigningKeys(SigningKeyFile file, CheckpointStore store, Clock clock) {
        this.file = file;
        this.store = store;
        this.clock = clock;
    }

    /** Makes the first key where there has never been one. @throws SigningKeyFile.Unusable where the file cannot be used */
    void begin() {
        if (store.keys().isEmpty()) {
            Signer signer = file.read().orElseGet(file::create);
            try {
                store.add(SigningKey.first(signer, today()));
            } catch (IllegalArgumentException anotherInstanceWasFirst) {
                // Whether its key is in our file as well, signer() says.
            }
        }
    }

    /** Whoever may sign now; empty where the key is not here. @throws SigningKeyFile.Unusable where the file cannot be used */
    Optional<Signer> signer() {
        Optional<String> current = current();
        Optional<Signer> signer =
                file.read().filter(one -> current.filter(one.keyId()::equals).isPresent());
        if (signer.isEmpty() && file.next().map(Signer::keyId).equals(current) && current.isPresent()) {
            // The hand-over is on record, and whoever wrote it was stopped before the file followed.
            file.promote();
            return file.read();
        }
        return signer;
    }

    private Optional<String> current() {
        List<SigningKey> keys = store.keys();
        return keys.isEmpty()
                ? Optional.empty()
                : Optional.of(keys.get(keys.size() - 1).keyId());
    }

    /** Replaces the key: the old one's last act is to sign the new one. @return the new one; empty where the old one is not here */
    Optional<SigningKey> rotate() {
        return signer().map(old -> {
            SigningKey key = SigningKey.successor(old, file.createNext(), today());
            store.add(key);
            file.promote();
            return key;
        });
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), FactReader.TOKYO);
    }
}
