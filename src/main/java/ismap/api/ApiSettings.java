package ismap.api;

import java.util.Optional;

/**
 * @param host the address to listen on
 * @param port 0 for a free one
 * @param adminToken the bearer token that may record; without one nobody may
 * @param operatorName who runs the service; without it every page says that it is unofficial
 * @param selfChecksPerSecond per client address; ten times as many may come at once
 */
public record ApiSettings(
        String host,
        int port,
        Optional<String> adminToken,
        Optional<String> operatorName,
        Optional<String> operatorContact,
        long selfChecksPerSecond) {

    public static final long SELF_CHECKS_PER_SECOND = 1000;

    public ApiSettings {
        if (selfChecksPerSecond < 1) {
            throw new IllegalArgumentException(
                    "at least one self-check a second, not %d".formatted(selfChecksPerSecond));
        }
    }

    /** On the loopback address, without a token: nobody else can reach it, and nobody can record. */
    public static ApiSettings local(int port) {
        return new ApiSettings(
                "127.0.0.1", port, Optional.empty(), Optional.empty(), Optional.empty(), SELF_CHECKS_PER_SECOND);
    }

    public ApiSettings withAdminToken(String token) {
        return new ApiSettings(host, port, Optional.of(token), operatorName, operatorContact, selfChecksPerSecond);
    }

    public ApiSettings withSelfChecksPerSecond(long number) {
        return new ApiSettings(host, port, adminToken, operatorName, operatorContact, number);
    }

    public ApiSettings withOperator(String name, String contact) {
        return new ApiSettings(host, port, adminToken, Optional.of(name), Optional.of(contact), selfChecksPerSecond);
    }

    /** Who stands behind the service, in the words that every page shows. */
    public String notice() {
        return Operator.notice(this);
    }

    @Override
    public String toString() {
        return "%s:%d".formatted(host, port); // a token has no business in a log
    }
}
