package ismap.api;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.ServerHttpRequest;
import ismap.access.Role;
import ismap.decision.Bilingual;
import ismap.decision.Place;
import ismap.decision.Problem;
import ismap.json.JsonReader;
import ismap.json.JsonWriter;
import ismap.json.Parsed;
import ismap.ledger.StorageUnavailable;
import ismap.publication.Revised;
import ismap.publication.RevisionHistory;
import ismap.publication.RulebookFolder;
import ismap.revision.Revision;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What all calls about revisions have in common: who may, which version they saw, what they said, and how it is answered. */
final class RevisionCalls {

    private static final Role[] STAFF = {Role.EDITOR, Role.APPROVER, Role.AUDITOR, Role.ADMIN};
    private static final int LONGEST_TEXT = 10_000;
    private static final int NO_VERSION = -1;

    private static final Bilingual NOT_SURE = new Bilingual(
            "データベースを利用できません。行われたかどうかは、後で GET して確かめてください。",
            "The database is not available. Whether it was done, a GET will say.");

    private final RevisionHistory history;
    private final Callers callers;

    RevisionCalls(RevisionHistory history, Callers callers) {
        this.history = history;
        this.callers = callers;
    }

    /** Something that an editor or approver does, of whom the name is known. */
    interface Doing {
        HttpResponse<byte[]> by(String actor, OptionalInt seen);
    }

    /** Anybody may look; whether they are staff makes a difference. */
    HttpResponse<byte[]> look(HttpRequest<?> request, Function<Boolean, HttpResponse<byte[]>> answer) {
        if (!request.getHeaders().contains(HttpHeaders.AUTHORIZATION)) {
            return stored(() -> answer.apply(false));
        }
        Callers.Access access = callers.access(request, STAFF);
        if (access.why() == ProblemKind.FORBIDDEN) {
            return stored(() -> answer.apply(false));
        }
        return access.isRefused() ? access.refusal() : stored(() -> answer.apply(true));
    }

    /** To anybody but staff, what is not published is not there. */
    HttpResponse<byte[]> look(
            HttpRequest<?> request, String id, BiFunction<Revision, Boolean, HttpResponse<byte[]>> answer) {
        return look(
                request,
                staff -> known(id)
                        .filter(revision -> staff || revision instanceof Revision.Published)
                        .map(revision -> answer.apply(revision, staff))
                        .orElseGet(() -> Problems.of(ProblemKind.UNKNOWN_REVISION)));
    }

    HttpResponse<byte[]> lookAsStaff(
            HttpRequest<?> request, String id, Function<Revision, HttpResponse<byte[]>> answer) {
        Callers.Access access = callers.access(request, STAFF);
        return access.isRefused()
                ? access.refusal()
                : stored(() -> known(id).map(answer).orElseGet(() -> Problems.of(ProblemKind.UNKNOWN_REVISION)));
    }

    private Optional<Revision> known(String id) {
        return isId(id) ? history.revision(id) : Optional.empty();
    }

    static boolean isId(String id) {
        return id.matches("[A-Za-z0-9._-]{1,100}");
    }

    HttpResponse<byte[]> as(HttpRequest<?> request, Role role, Function<String, HttpResponse<byte[]>> doing) {
        Callers.Access access = callers.access(request, role);
        return access.isRefused()
                ? access.refusal()
                : stored(() -> doing.apply(access.principal().name()));
    }

    HttpResponse<byte[]> edit(HttpRequest<?> request, Role role, String id, Doing doing) {
        return as(
                request,
                role,
                actor -> isId(id) ? doing.by(actor, seen(request)) : Problems.of(ProblemKind.UNKNOWN_REVISION));
    }

    /** The version in {@code If-Match}; what can be no version of ours matches none. */
    private static OptionalInt seen(HttpRequest<?> request) {
        String header = request.getHeaders().get(HttpHeaders.IF_MATCH);
        if (header == null || header.strip().equals("*")) {
            return OptionalInt.empty();
        }
        String tag = header.strip().replaceFirst("^W/", "");
        return OptionalInt.of(
                tag.matches("\"[0-9]{1,9}\"") ? Integer.parseInt(tag.substring(1, tag.length() - 1)) : NO_VERSION);
    }

    private static HttpResponse<byte[]> stored(Supplier<HttpResponse<byte[]>> answer) {
        try {
            return answer.get();
        } catch (StorageUnavailable unavailable) {
            return Problems.of(ProblemKind.DATABASE_UNAVAILABLE, NOT_SURE, List.of());
        }
    }

    // ---- what they said

    /** The texts of a body. */
    record Said(Map<?, ?> form) {
        /** Blank counts as not said. */
        Optional<String> optional(String key) {
            return form.get(key) instanceof String text && !text.isBlank()
                    ? Optional.of(text.strip())
                    : Optional.empty();
        }

        HttpResponse<byte[]> required(String key, Function<String, HttpResponse<byte[]>> answer) {
            return optional(key).map(answer).orElseGet(() -> invalid(List.of(needed(key, form.get(key)))));
        }
    }

    /** @param fields the texts that may be there; an empty body says none of them */
    HttpResponse<byte[]> body(
            HttpRequest<?> request,
            byte @Nullable [] body,
            List<String> fields,
            Function<Said, HttpResponse<byte[]>> answer) {
        if (body == null || body.length == 0) {
            return answer.apply(new Said(Map.of()));
        }
        if (!Calls.isJson(request)) {
            return Problems.of(ProblemKind.UNSUPPORTED_MEDIA_TYPE);
        }
        Parsed parsed = JsonReader.read(body);
        if (!(parsed instanceof Parsed.Document document)) {
            return Problems.unreadable((Parsed.Unreadable) parsed);
        }
        if (!(document.value() instanceof Map<?, ?> form)) {
            return invalid(List.of(field("OBJECT_EXPECTED", "", document.value(), "an object")));
        }
        var problems = new ArrayList<Problem>();
        form.forEach((key, value) -> {
            String name = String.valueOf(key);
            if (!fields.contains(name)) {
                problems.add(field("UNKNOWN_FIELD", "/" + name, name, String.join(", ", fields)));
            } else if (value != null && !(value instanceof String text && text.length() <= LONGEST_TEXT)) {
                problems.add(field(
                        "TEXT_UNUSABLE", "/" + name, value, "a text of at most %d characters".formatted(LONGEST_TEXT)));
            }
        });
        return problems.isEmpty() ? answer.apply(new Said(form)) : invalid(problems);
    }

    private static Problem needed(String key, @Nullable Object value) {
        return field("TEXT_NEEDED", "/" + key, value, "a text that says why");
    }

    private static Problem field(String code, String pointer, @Nullable Object value, String expected) {
        return Problem.error(
                        code,
                        new Place.Pointer(pointer),
                        new Bilingual("この値は使えません。", "This value cannot be used."),
                        new Bilingual("次のように指定してください: " + expected, "Give: " + expected))
                .value(String.valueOf(value))
                .expected(expected);
    }

    private static HttpResponse<byte[]> invalid(List<Problem> problems) {
        return Problems.of(ProblemKind.INVALID, Problems.count(problems.size()), problems);
    }

    /** The bytes of a file; empty where there are more than a file may have. They are read as they come, and no further than that. */
    static Optional<byte[]> content(HttpRequest<?> request) {
        try (InputStream stream = ((ServerHttpRequest<?>) request).byteBody().toInputStream()) {
            byte[] content = stream.readNBytes((int) RulebookFolder.LARGEST_FILE + 1);
            return content.length > RulebookFolder.LARGEST_FILE ? Optional.empty() : Optional.of(content);
        } catch (IOException cut) {
            throw new CutOff(cut);
        }
    }

    /** Its sender went away; nobody is answered. */
    static final class CutOff extends RuntimeException {
        private static final long serialVersionUID = 1L;

        CutOff(IOException cause) {
            super("a file was cut off", cause);
        }
    }

    static HttpResponse<byte[]> tooLarge(String path) {
        Problem problem = Problem.error(
                        "FILE_TOO_LARGE",
                        new Place.Cell(path, "", ""),
                        new Bilingual(
                                "「%s」は大きすぎます（上限 %d MB）。".formatted(path, RulebookFolder.LARGEST_FILE >> 20),
                                "\"%s\" is too large (the limit is %d MB)."
                                        .formatted(path, RulebookFolder.LARGEST_FILE >> 20)),
                        new Bilingual(
                                "不要な書式や画像を除いて保存し直してください。",
                                "Remove formats and pictures that are not needed, and save it again."))
                .expected("at most %d bytes".formatted(RulebookFolder.LARGEST_FILE));
        return Problems.of(ProblemKind.TOO_LARGE, problem.message(), List.of(problem));
    }

    // ---- answers

    static MutableHttpResponse<byte[]> json(HttpStatus status, Map<String, ? extends @Nullable Object> form) {
        return HttpResponse.<byte[]>status(status)
                .body(JsonWriter.write(form))
                .header(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON);
    }

    /** With the version that {@code If-Match} may name. */
    static MutableHttpResponse<byte[]> tagged(MutableHttpResponse<byte[]> response, Revision revision) {
        return response.header(HttpHeaders.ETAG, "\"" + revision.life().version() + "\"");
    }

    static MutableHttpResponse<byte[]> file(String path, byte[] content) {
        String name = path.substring(path.lastIndexOf('/') + 1).replaceAll("[^A-Za-z0-9._-]", "_");
        return HttpResponse.ok(content)
                .header(
                        HttpHeaders.CONTENT_TYPE,
                        path.endsWith(".xlsx")
                                ? "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
                                : "application/octet-stream")
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"%s\"".formatted(name));
    }

    /** What came of a step, as it is sent. */
    record Answer<T>(Function<T, HttpResponse<byte[]>> whenDone) implements Revised.Cases<T, HttpResponse<byte[]>> {

        @Override
        public HttpResponse<byte[]> done(T value) {
            return whenDone.apply(value);
        }

        @Override
        public HttpResponse<byte[]> unknown() {
            return Problems.of(ProblemKind.UNKNOWN_REVISION);
        }

        @Override
        public HttpResponse<byte[]> stale(int version) {
            return Problems.of(ProblemKind.STALE).header(HttpHeaders.ETAG, "\"" + version + "\"");
        }

        @Override
        public HttpResponse<byte[]> refused(List<Problem> problems) {
            return Problems.of(ProblemKind.WRONG_STATE, problems.get(0).message(), problems);
        }

        @Override
        public HttpResponse<byte[]> wrong(List<Problem> problems) {
            return invalid(problems);
        }

        @Override
        public HttpResponse<byte[]> busy() {
            return Problems.of(ProblemKind.CHECKS_BUSY);
        }
    }
}
