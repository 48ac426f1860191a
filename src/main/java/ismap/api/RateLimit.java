package ismap.api;

import ismap.web.ClientLimit;
import jakarta.inject.Singleton;
import java.net.InetSocketAddress;
import java.util.Optional;

/** How often one client address may ask without a token. */
@Singleton
final class RateLimit {

    private final ClientLimit limit;

    RateLimit(ApiSettings settings) {
        this.limit = new ClientLimit(settings.selfChecksPerSecond());
    }

    /** Counts one call; the seconds to wait where it is one too many. */
    Optional<Long> count(InetSocketAddress client) {
        return limit.count(client);
    }
}
