package ismap.web;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** How often one client address may ask. An IPv6 client is its /64, which one customer has to itself. */
public final class ClientLimit {

    private static final int BURST_SECONDS = 10;
    private static final int MOST_ADDRESSES = 100_000;

    private final Bandwidth bandwidth;
    private final Cache<String, Bucket> buckets;

    /** Ten times as many may come at once as in a second. */
    public ClientLimit(long perSecond) {
        this(BURST_SECONDS * perSecond, perSecond, Duration.ofSeconds(1));
    }

    /** @param most how many may come at once */
    public ClientLimit(long most, long refill, Duration every) {
        this.bandwidth =
                Bandwidth.builder().capacity(most).refillGreedy(refill, every).build();
        this.buckets = Caffeine.newBuilder()
                .maximumSize(MOST_ADDRESSES)
                .expireAfterAccess(Duration.ofHours(1))
                .build();
    }

    /** Counts one call; the seconds to wait where it is one too many. */
    public Optional<Long> count(InetSocketAddress client) {
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
