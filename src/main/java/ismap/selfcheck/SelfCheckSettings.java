package ismap.selfcheck;

import java.util.Optional;

/**
 * @param notice who stands behind the service, as every page says it
 * @param perSecond pages a second and client; ten times as many may come at once
 * @param key what answers are sealed with on their way through the browser, the same on every instance; without one each process has its
 *     own, and a restart asks again for what no open page carries
 */
public record SelfCheckSettings(String notice, long perSecond, Optional<String> key) {
    @Override
    public String toString() {
        return "self-check pages"; // a key has no business in a log
    }
}
