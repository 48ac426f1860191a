package ismap.api;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.annotation.ExecuteOn;
import ismap.access.Principal;
import ismap.access.Role;
import ismap.access.Tokens;
import ismap.decision.Bilingual;
import ismap.json.JsonReader;
import ismap.json.JsonWriter;
import ismap.json.Parsed;
import ismap.ledger.StorageUnavailable;
import jakarta.annotation.Nullable;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tokens of others, for whoever administers them. */
@Controller("/api/v1/tokens")
@Consumes(MediaType.ALL)
@Produces(MediaType.ALL)
@ExecuteOn(Workers.RECORD)
class TokenController {

    private final Tokens tokens;
    private final Callers callers;
    private final Clock clock;

    TokenController(Tokens tokens, Callers callers, Clock clock) {
        this.tokens = tokens;
        this.callers = callers;
        this.clock = clock;
    }

    @Get
    HttpResponse<byte[]> all(HttpRequest<?> request) {
        return asAdmin(
                request,
                admin -> json(
                        HttpStatus.OK,
                        Form.of(
                                "tokens",
                                tokens.all().stream()
                                        .map(TokenController::shown)
                                        .toList())));
    }

    @Post
    HttpResponse<byte[]> issue(HttpRequest<?> request, @Body @Nullable byte[] body) {
        return asAdmin(request, admin -> {
            if (!Calls.isJson(request)) {
                return Problems.of(ProblemKind.UNSUPPORTED_MEDIA_TYPE);
            }
            Parsed parsed = JsonReader.read(body == null ? new byte[0] : body);
            if (!(parsed instanceof Parsed.Document document)) {
                return Problems.unreadable((Parsed.Unreadable) parsed);
            }
            TokenRequest.Read read = TokenRequest.read(document.value(), clock.instant());
            if (!read.problems().isEmpty()) {
                return Problems.of(
                        ProblemKind.INVALID, new Bilingual("入力に誤りがあります。", "The input has mistakes."), read.problems());
            }
            return issue(read.principal(), read.expiresAt(), admin);
        });
    }

    private HttpResponse<byte[]> issue(Principal principal, Instant expiresAt, Principal admin) {
        Optional<String> token = tokens.issue(principal, expiresAt, admin.name());
        if (token.isEmpty()) {
            return Problems.of(ProblemKind.NAME_IN_USE);
        }
        Map<String, Object> form = form(principal, expiresAt);
        form.put("token", token.get());
        return json(HttpStatus.CREATED, form);
    }

    @Delete("/{name}")
    HttpResponse<byte[]> revoke(HttpRequest<?> request, String name) {
        return asAdmin(request, admin -> {
            boolean revoked = tokens.revoke(name, admin.name());
            callers.forget();
            return revoked ? HttpResponse.noContent() : Problems.of(ProblemKind.UNKNOWN_TOKEN);
        });
    }

    private interface Work {
        HttpResponse<byte[]> by(Principal admin);
    }

    private HttpResponse<byte[]> asAdmin(HttpRequest<?> request, Work work) {
        Callers.Access access = callers.access(request, Role.ADMIN);
        if (access.isRefused()) {
            return access.refusal();
        }
        try {
            return work.by(access.principal());
        } catch (StorageUnavailable unavailable) {
            return Problems.of(ProblemKind.DATABASE_UNAVAILABLE);
        }
    }

    private static Map<String, Object> shown(Tokens.Shown token) {
        Map<String, Object> form = form(token.principal(), token.expiresAt());
        form.put("createdAt", token.createdAt().toString());
        form.put("createdBy", token.createdBy());
        token.lastUsed().ifPresent(hour -> form.put("lastUsed", hour.toString()));
        return form;
    }

    private static Map<String, Object> form(Principal principal, Instant expiresAt) {
        List<String> roles = principal.roles().stream().map(Role::code).toList();
        return Form.of("name", principal.name(), "roles", roles, "expiresAt", expiresAt.toString());
    }

    private static HttpResponse<byte[]> json(HttpStatus status, Map<String, Object> form) {
        return HttpResponse.<byte[]>status(status)
                .body(JsonWriter.write(form))
                .header(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON);
    }
}
