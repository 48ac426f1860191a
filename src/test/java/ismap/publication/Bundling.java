package ismap.publication;

import ismap.ledger.InMemoryCheckpoints;
import ismap.ledger.Signer;
import ismap.ledger.Signers;
import ismap.ledger.SigningKey;
import ismap.revision.RevisionStore;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Optional;

/** Bundles of a test, signed with a key of its own. */
public final class Bundling {

    private Bundling() {}

    public static Bundles of(RevisionStore revisions) {
        Signer signer = Signers.some();
        var keys = new InMemoryCheckpoints();
        keys.add(SigningKey.first(signer, LocalDate.EPOCH));
        return new Bundles(revisions, keys, () -> Optional.of(signer), Clock.systemUTC());
    }
}
