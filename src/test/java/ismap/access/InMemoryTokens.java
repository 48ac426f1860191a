package ismap.access;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Keeps tokens for as long as a test runs. */
public final class InMemoryTokens implements Tokens {

    private record Kept(Shown shown, String token) {}

    private final Map<String, Kept> byName = new LinkedHashMap<>();
    private final Supplier<Instant> clock;
    private int issued;

    public InMemoryTokens(Supplier<Instant> clock) {
        this.clock = clock;
    }

    @Override
    public synchronized Optional<String> issue(Principal principal, Instant expiresAt, String by) {
        if (inForce().stream().anyMatch(kept -> kept.shown.principal().name().equals(principal.name()))) {
            return Optional.empty();
        }
        String token = "token-of-" + principal.name() + "-" + issued++;
        byName.put(
                principal.name(), new Kept(new Shown(principal, clock.get(), by, expiresAt, Optional.empty()), token));
        return Optional.of(token);
    }

    @Override
    public synchronized boolean revoke(String name, String by) {
        return byName.remove(name) != null;
    }

    @Override
    public synchronized Optional<Principal> find(String token) {
        return inForce().stream()
                .filter(kept -> kept.token.equals(token))
                .map(kept -> kept.shown.principal())
                .findFirst();
    }

    @Override
    public synchronized List<Shown> all() {
        return inForce().stream().map(Kept::shown).toList();
    }

    private List<Kept> inForce() {
        var inForce = new ArrayList<>(byName.values());
        inForce.removeIf(kept -> !kept.shown.expiresAt().isAfter(clock.get()));
        return inForce;
    }
}
