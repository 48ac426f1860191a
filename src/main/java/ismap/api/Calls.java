package ismap.api;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.Optional;

/** What the header of a call says. */
final class Calls {

    static final String ADMIN = "admin";

    private Calls() {}

    /** Read by hand: what is no media type at all must be refused too, not fail. */
    static boolean isJson(HttpRequest<?> request) {
        String type = request.getHeaders().get(HttpHeaders.CONTENT_TYPE);
        if (type == null) {
            return true;
        }
        String essence = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return essence.equals("application/json") || essence.matches("application/[a-z0-9.!#$&^_-]+\\+json");
    }

    /** Who calls: {@link #ADMIN} with the admin token, else nobody. */
    static Optional<String> principal(HttpRequest<?> request, ApiSettings settings) {
        String header = request.getHeaders().get(HttpHeaders.AUTHORIZATION);
        if (header == null || !header.regionMatches(true, 0, "Bearer ", 0, 7)) {
            return Optional.empty();
        }
        byte[] given = digest(header.substring(7).strip());
        return settings.adminToken()
                .filter(token -> MessageDigest.isEqual(digest(token), given))
                .map(token -> ADMIN);
    }

    /** Digests have one length, so that comparing them tells nothing of a token's. */
    private static byte[] digest(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
