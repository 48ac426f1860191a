package ismap.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every keeper of tokens does. */
public abstract class TokensContract {

    protected abstract Tokens tokens();

    protected abstract Instant now();

    private final Principal principal =
            new Principal("desk-" + UUID.randomUUID(), EnumSet.of(Role.INTAKE, Role.AUDITOR));

    private String issued() {
        return tokens().issue(principal, now().plus(Duration.ofDays(1)), "admin")
                .orElseThrow();
    }

    @Test
    void aTokenIsItsPrincipals() {
        String token = issued();
        assertThat(tokens().find(token)).contains(principal);
        assertThat(tokens().find(token + "x")).isEmpty();
        assertThat(tokens().find("")).isEmpty();
    }

    @Test
    void aNameHasOneTokenInForce() {
        String first = issued();
        assertThat(tokens().issue(principal, now().plus(Duration.ofDays(1)), "admin"))
                .isEmpty();

        assertThat(tokens().revoke(principal.name(), "admin")).isTrue();
        assertThat(tokens().find(first)).isEmpty();
        assertThat(tokens().revoke(principal.name(), "admin")).isFalse();
        String second = issued();
        assertThat(second).isNotEqualTo(first);
        assertThat(tokens().find(first)).isEmpty();
        assertThat(tokens().find(second)).contains(principal);
    }

    @Test
    void anExpiredTokenIsNobodys() {
        String token = tokens().issue(principal, now().minusSeconds(1), "admin").orElseThrow();
        assertThat(tokens().find(token)).isEmpty();
        assertThat(issued()).isNotEqualTo(token);
    }

    @Test
    void thoseInForceAreListedWithoutTheirSecret() {
        issued();
        Tokens.Shown shown = tokens().all().stream()
                .filter(each -> each.principal().name().equals(principal.name()))
                .findFirst()
                .orElseThrow();
        assertThat(shown.principal().roles()).isEqualTo(Set.of(Role.INTAKE, Role.AUDITOR));
        assertThat(shown.createdBy()).isEqualTo("admin");
    }
}
