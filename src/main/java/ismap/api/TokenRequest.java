package ismap.api;

import ismap.access.Principal;
import ismap.access.Role;
import ismap.access.Tokens;
import ismap.decision.Bilingual;
import ismap.decision.Place;
import ismap.decision.Problem;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What {@code POST /api/v1/tokens} is sent: {@code {"name", "roles", "expiresAt"?}}. */
final class TokenRequest {

    private final Map<?, ?> form;
    private final Instant now;
    private final List<Problem> problems = new ArrayList<>();

    /** @param principal only to be used where there is no problem */
    record Read(Principal principal, Instant expiresAt, List<Problem> problems) {}

    private TokenRequest(Map<?, ?> form, Instant now) {
        this.form = form;
        this.now = now;
    }

    static Read read(@Nullable Object json, Instant now) {
        return new TokenRequest(json instanceof Map<?, ?> map ? map : Map.of(), now).read();
    }

    private Read read() {
        form.keySet().stream()
                .map(String::valueOf)
                .filter(key -> !List.of("name", "roles", "expiresAt").contains(key))
                .forEach(key -> problem("UNKNOWN_FIELD", "/" + key, key, "name, roles, expiresAt"));
        Principal principal = new Principal(name(), roles());
        return new Read(principal, expiresAt(), List.copyOf(problems));
    }

    private String name() {
        if (form.get("name") instanceof String name && Tokens.isName(name)) {
            return name;
        }
        problem(
                "TOKEN_NAME",
                "/name",
                form.get("name"),
                "1 to %d of A-Z a-z 0-9 . _ @ -, and not \"%s\"".formatted(Tokens.LONGEST_NAME, Tokens.ADMIN));
        return "";
    }

    private Set<Role> roles() {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        List<?> given = form.get("roles") instanceof List<?> list ? list : List.of();
        String expected = "one or more of " + String.join(", ", Role.codes());
        if (given.isEmpty()) {
            problem("TOKEN_ROLES", "/roles", form.get("roles"), expected);
        }
        for (int i = 0; i < given.size(); i++) {
            var role = given.get(i) instanceof String code ? Role.of(code) : java.util.Optional.<Role>empty();
            if (role.isEmpty()) {
                problem("TOKEN_ROLES", "/roles/" + i, given.get(i), expected);
            }
            role.ifPresent(roles::add);
        }
        return roles;
    }

    private Instant expiresAt() {
        Object given = form.get("expiresAt");
        if (given == null) {
            return now.plus(Tokens.LIFE);
        }
        try {
            if (given instanceof String text && Instant.parse(text).isAfter(now)) {
                return Instant.parse(text);
            }
        } catch (DateTimeParseException notAnInstant) {
            // As any other value that is none.
        }
        problem("TOKEN_EXPIRY", "/expiresAt", given, "an instant in the future, as in 2027-03-31T15:00:00Z");
        return now;
    }

    private void problem(String code, String pointer, @Nullable Object value, String expected) {
        problems.add(Problem.error(
                        code,
                        new Place.Pointer(pointer),
                        new Bilingual("この値は使えません。", "This value cannot be used."),
                        new Bilingual("次のように指定してください: " + expected, "Give: " + expected))
                .value(String.valueOf(value))
                .expected(expected));
    }
}
