package ismap.api;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import ismap.access.Principal;
import ismap.access.Role;
import ismap.access.TokenHash;
import ismap.access.Tokens;
import ismap.ledger.StorageUnavailable;
import jakarta.inject.Singleton;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who calls, by the token of the call. The admin token of the settings may do everything. What was known of another token is asked again
 * after some seconds, so that a revocation holds everywhere by then; where the database is away it holds on for some minutes.
 */
@Singleton
final class Callers {

    private static final Duration FRESH = Duration.ofSeconds(2);
    private static final Duration STALE = Duration.ofMinutes(10);
    private static final int MOST = 10_000;

    private final ApiSettings settings;
    private final Tokens tokens;
    private final Cache<String, Principal> fresh =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(FRESH).build();
    private final Cache<String, Principal> stale =
            Caffeine.newBuilder().maximumSize(MOST).expireAfterWrite(STALE).build();

    Callers(ApiSettings settings, Tokens tokens) {
        this.settings = settings;
        this.tokens = tokens;
    }

    /** Who it is, or why the call is refused; never both. */
    record Access(@Nullable Principal known, @Nullable ProblemKind why) {

        boolean isRefused() {
            return why != null;
        }

        MutableHttpResponse<byte[]> refusal() {
            if (why == null) {
                throw new IllegalStateException("not refused");
            }
            return Problems.of(why);
        }

        Principal principal() {
            if (known == null) {
                throw new IllegalStateException("refused");
            }
            return known;
        }
    }

    /** @param oneOf the roles of which the caller needs one */
    Access access(HttpRequest<?> request, Role... oneOf) {
        Optional<Principal> caller;
        try {
            caller = token(request).flatMap(this::of);
        } catch (StorageUnavailable unavailable) {
            return new Access(null, ProblemKind.DATABASE_UNAVAILABLE);
        }
        if (caller.isEmpty()) {
            return new Access(null, ProblemKind.UNAUTHORIZED);
        }
        for (Role role : oneOf) {
            if (caller.get().is(role)) {
                return new Access(caller.get(), null);
            }
        }
        return new Access(null, ProblemKind.FORBIDDEN);
    }

    /** What was known of tokens is asked again at once, on this instance. */
    void forget() {
        fresh.invalidateAll();
        stale.invalidateAll();
    }

    private static Optional<String> token(HttpRequest<?> request) {
        String header = request.getHeaders().get(HttpHeaders.AUTHORIZATION);
        return header == null || !header.regionMatches(true, 0, "Bearer ", 0, 7)
                ? Optional.empty()
                : Optional.of(header.substring(7).strip());
    }

    private Optional<Principal> of(String token) {
        byte[] hash = TokenHash.of(token); // hashes have one length, so that comparing them tells nothing of a token's
        if (settings.adminToken()
                .filter(admin -> MessageDigest.isEqual(TokenHash.of(admin), hash))
                .isPresent()) {
            return Optional.of(new Principal(Tokens.ADMIN, EnumSet.allOf(Role.class)));
        }
        String key = HexFormat.of().formatHex(hash);
        Principal known = fresh.getIfPresent(key);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<Principal> found;
        try {
            found = tokens.find(token);
        } catch (StorageUnavailable away) {
            return Optional.of(Optional.ofNullable(stale.getIfPresent(key)).orElseThrow(() -> away));
        }
        found.ifPresentOrElse(
                principal -> {
                    fresh.put(key, principal);
                    stale.put(key, principal);
                },
                () -> stale.invalidate(key));
        return found;
    }
}
