package ismap.access;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The tokens by which principals are known. Only their hashes are kept. Every method throws
 * {@link ismap.ledger.StorageUnavailable} where the database cannot be asked.
 */
public interface Tokens {

    /** How many letters of a token's own name can be kept. */
    int LONGEST_NAME = 100;

    /** Whoever holds the token of the settings; nobody else may be named so. */
    String ADMIN = "admin";

    /** How long a token holds where nothing else is said. */
    Duration LIFE = Duration.ofDays(365);

    /** Whether a principal may be named so: letters, digits and {@code . _ @ -}, and not {@link #ADMIN}. */
    static boolean isName(String name) {
        return name.matches("[A-Za-z0-9][A-Za-z0-9._@-]{0,%d}".formatted(LONGEST_NAME - 1)) && !name.equals(ADMIN);
    }

    /**
     * A token as it may be shown: without itself.
     *
     * @param lastUsed to the hour; empty where it never was
     */
    record Shown(
            Principal principal, Instant createdAt, String createdBy, Instant expiresAt, Optional<Instant> lastUsed) {}

    /**
     * Makes a token for a name that has none.
     *
     * @param by who asks for it
     * @return the token, which nobody is told again; empty where the name has one that is neither revoked nor expired
     */
    Optional<String> issue(Principal principal, Instant expiresAt, String by);

    /** @return whether there was one to revoke */
    boolean revoke(String name, String by);

    /** Whose token it is, unless it is revoked or expired. */
    Optional<Principal> find(String token);

    /** Those in force, by name. */
    List<Shown> all();
}
