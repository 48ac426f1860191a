package ismap.api;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import jakarta.inject.Singleton;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** How often one client address may ask without a token. An IPv6 client is its /64, which one customer has to itself. */
@Singleton
final class RateLimit {

    private static final int BURST_SECONDS = 10;
    private static final int MOST_ADDRESSES = 100_000;

    private final Bandwidth bandwidth;
    private final Cache<String, Bucket> buckets;

    RateLimit(ApiSettings settings) {
        this.bandwidth = Bandwidth.builder()
                .capacity(BURST_SECONDS * settings.selfChecksPerSecond())
                .refillGreedy(settings.selfChecksPerSecond(), Duration.ofSeconds(1))
                .build();
        this.buckets = Caffeine.newBuilder()
                .maximumSize(MOST_ADDRESSES)
                .expireAfterAccess(Duration.ofMinutes(1))
                .build();
    }

    /** Counts one call; the seconds to wait where it is one too many. */
    Optional<Long> count(InetSocketAddress client) {
        Bucket bucket = buckets.get(
                key(client.getAddress()),
                address -> Bucket.builder().addLimit(bandwidth).build());
        ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
        return probe.isConsumed()
                ? Optional.empty()
                : Optional.of(1 + TimeUnit.NANOSECONDS.toSeconds(probe.getNanosToWaitForRefill()));
    }

    private static String key(InetAddress address) {
        byte[] bytes = address.getAddress();
        return Arrays.toString(address instanceof Inet6Address ? Arrays.copyOf(bytes, 8) : bytes);
    }
}
