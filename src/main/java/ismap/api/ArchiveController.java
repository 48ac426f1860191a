package ismap.api;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.server.types.files.StreamedFile;
import io.micronaut.scheduling.annotation.ExecuteOn;
import ismap.access.Role;
import ismap.decision.Problem;
import ismap.evaluation.Archive;
import ismap.evaluation.RecordExport;
import ismap.evaluation.RecordQuery;
import ismap.evaluation.RecordQuery.Format;
import ismap.evaluation.SummaryForm;
import ismap.json.JsonWriter;
import ismap.ledger.RecordSummary;
import ismap.ledger.StorageUnavailable;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Many records, and one with what it rests on: search, export, replay, dossier. */
@Controller("/api/v1/records")
@Produces(MediaType.ALL)
@ExecuteOn(Workers.ARCHIVE)
class ArchiveController {

    private static final String PATH = "/api/v1/records";

    private final Archive archive;
    private final ApiSettings settings;
    private final Callers callers;

    ArchiveController(Archive archive, ApiSettings settings, Callers callers) {
        this.archive = archive;
        this.settings = settings;
        this.callers = callers;
    }

    @Get
    HttpResponse<?> search(HttpRequest<?> request) {
        return allowed(request, () -> {
            Map<String, List<String>> parameters = request.getParameters().asMap();
            RecordQuery.Read read = RecordQuery.page(parameters);
            if (!read.problems().isEmpty()) {
                return invalid(read.problems());
            }
            RecordQuery query = read.query();
            List<RecordSummary> found = archive.search().newestFirst(query.filter(), query.before(), query.limit() + 1);
            List<RecordSummary> page = found.subList(0, Math.min(query.limit(), found.size()));
            var body = new LinkedHashMap<String, @Nullable Object>();
            body.put("records", page.stream().map(SummaryForm::of).toList());
            body.put("next", found.size() > page.size() ? next(parameters, page) : null);
            return json(JsonWriter.write(body));
        });
    }

    private static String next(Map<String, List<String>> parameters, List<RecordSummary> page) {
        var same = new TreeMap<>(parameters);
        same.put("after", List.of(String.valueOf(page.get(page.size() - 1).sequence())));
        return PATH + "?"
                + String.join(
                        "&",
                        same.entrySet().stream()
                                .map(parameter -> parameter.getKey() + "="
                                        + URLEncoder.encode(
                                                String.join("", parameter.getValue()), StandardCharsets.UTF_8))
                                .toList());
    }

    @Get("/export")
    HttpResponse<?> export(HttpRequest<?> request) {
        return allowed(request, () -> {
            RecordQuery.Read read = RecordQuery.export(request.getParameters().asMap());
            if (!read.problems().isEmpty()) {
                return invalid(read.problems());
            }
            Format format = read.query().format();
            boolean csv = format == Format.CSV;
            var bytes = RecordExport.open(archive.search(), read.query().filter(), format);
            return HttpResponse.ok(new StreamedFile(bytes, MediaType.APPLICATION_OCTET_STREAM_TYPE))
                    .header(
                            HttpHeaders.CONTENT_TYPE,
                            csv ? "text/csv; charset=utf-8; header=present" : "application/x-ndjson")
                    .header(HttpHeaders.CONTENT_DISPOSITION, attachment(csv ? "records.csv" : "records.ndjson"));
        });
    }

    @Post("/{id}/replay")
    HttpResponse<?> replay(HttpRequest<?> request, String id) {
        return of(request, id, archive::replay, replay -> json(JsonWriter.write(replay.form())));
    }

    @Get("/{id}/dossier")
    HttpResponse<?> dossier(HttpRequest<?> request, String id) {
        return of(
                request,
                id,
                archive::caseFile,
                file -> HttpResponse.ok(Dossier.of(file, settings))
                        .header(HttpHeaders.CONTENT_TYPE, "application/zip")
                        .header(HttpHeaders.CONTENT_DISPOSITION, attachment("dossier-%s.zip".formatted(id))));
    }

    private <T> HttpResponse<?> of(
            HttpRequest<?> request,
            String id,
            Function<UUID, Optional<T>> question,
            Function<T, MutableHttpResponse<byte[]>> answer) {
        return allowed(
                request,
                () -> Calls.uuid(id)
                        .flatMap(question)
                        .map(answer)
                        .orElseGet(() -> Problems.of(ProblemKind.UNKNOWN_RECORD)));
    }

    private HttpResponse<?> allowed(HttpRequest<?> request, Supplier<HttpResponse<?>> answer) {
        Callers.Access access = callers.access(request, Role.AUDITOR);
        if (access.isRefused()) {
            return access.refusal();
        }
        try {
            return answer.get();
        } catch (StorageUnavailable unavailable) {
            return Problems.of(ProblemKind.DATABASE_UNAVAILABLE);
        }
    }

    private static MutableHttpResponse<byte[]> invalid(List<Problem> problems) {
        return Problems.of(ProblemKind.INVALID, Problems.count(problems.size()), problems);
    }

    private static MutableHttpResponse<byte[]> json(byte[] body) {
        return HttpResponse.ok(body).header(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON);
    }

    private static String attachment(String name) {
        return "attachment; filename=\"%s\"".formatted(name);
    }
}
