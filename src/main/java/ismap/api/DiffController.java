package ismap.api;

import io.micronaut.context.annotation.Requires;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.annotation.ExecuteOn;
import ismap.access.Role;
import ismap.analysis.Diff;
import ismap.decision.Bilingual;
import ismap.evaluation.Archive;
import ismap.evaluation.Impact;
import ismap.evaluation.RecordQuery;
import ismap.evaluation.Recorded;
import ismap.evaluation.SummaryForm;
import ismap.json.JsonWriter;
import ismap.ledger.RecordSummary;
import ismap.ledger.StorageUnavailable;
import ismap.publication.DiffForm;
import ismap.publication.DiffMarkdown;
import ismap.publication.RevisionComparisons;
import ismap.publication.RevisionComparisons.Compared;
import ismap.publication.RevisionComparisons.Revision;
import ismap.publication.RevisionComparisons.Successor;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What one revision changes against another, and what would become of what was decided under it. */
@Controller("/api/v1/revisions")
@Produces(MediaType.ALL)
@ExecuteOn(Workers.ARCHIVE)
@Requires(beans = RevisionComparisons.class)
class DiffController {

    private static final String MARKDOWN = "text/markdown";
    private static final Role[] STAFF = {Role.EDITOR, Role.APPROVER, Role.AUDITOR, Role.ADMIN};

    private final RevisionComparisons comparisons;
    private final Archive archive;
    private final Callers callers;

    DiffController(RevisionComparisons comparisons, Archive archive, Callers callers) {
        this.comparisons = comparisons;
        this.archive = archive;
        this.callers = callers;
    }

    /** Anybody may compare what is published; a draft is there for staff alone. */
    @Get("/{before}/diff/{after}")
    HttpResponse<?> diff(HttpRequest<?> request, String before, String after) {
        return answered(() -> {
            Optional<Revision> old = shown(request, before);
            Optional<Revision> now = shown(request, after);
            if (old.isEmpty() || now.isEmpty()) {
                return unknown(old.isEmpty() ? before : after);
            }
            Compared compared = comparisons.compare(old.get(), now.get());
            if (compared.diff().isEmpty()) {
                return Problems.of(
                        ProblemKind.INVALID, Problems.count(compared.problems().size()), compared.problems());
            }
            return wantsMarkdown(request)
                    ? HttpResponse.ok(DiffMarkdown.of(compared.diff().get()).getBytes(StandardCharsets.UTF_8))
                            .header(HttpHeaders.CONTENT_TYPE, MARKDOWN + "; charset=utf-8")
                    : json(form(before, after, compared.diff().get()));
        });
    }

    private static Map<String, @Nullable Object> form(String before, String after, Diff diff) {
        var form = new LinkedHashMap<String, @Nullable Object>();
        form.put("before", before);
        form.put("after", after);
        form.putAll(DiffForm.of(diff));
        return form;
    }

    private static boolean wantsMarkdown(HttpRequest<?> request) {
        return request.getHeaders().accept().stream()
                .anyMatch(type -> type.getName().equals(MARKDOWN));
    }

    /** For whom a draft may not be shown, it is not there. */
    private Optional<Revision> shown(HttpRequest<?> request, String id) {
        return comparisons
                .find(id)
                .filter(revision ->
                        revision.published() || !callers.access(request, STAFF).isRefused());
    }

    /** What was decided under a revision, and what the one in force would decide. */
    @Get("/{id}/records")
    HttpResponse<?> records(HttpRequest<?> request, String id) {
        Callers.Access access = callers.access(request, Role.AUDITOR);
        if (access.isRefused()) {
            return access.refusal();
        }
        return answered(() -> {
            Map<String, List<String>> parameters = request.getParameters().asMap();
            RecordQuery.Read read = RecordQuery.page(parameters);
            if (!read.problems().isEmpty()) {
                return Problems.of(
                        ProblemKind.INVALID, Problems.count(read.problems().size()), read.problems());
            }
            if (comparisons.find(id).filter(Revision::published).isEmpty()) {
                return unknown(id);
            }
            RecordQuery query = read.query();
            List<RecordSummary> found =
                    archive.search().newestFirst(query.filter().under(id), query.before(), query.limit() + 1);
            List<RecordSummary> page = found.subList(0, Math.min(query.limit(), found.size()));
            Optional<Successor> successor = comparisons.successorOf(id);
            var body = new LinkedHashMap<String, @Nullable Object>();
            body.put("revision", id);
            body.put("successor", successor.map(Successor::id).orElse(null));
            body.put(
                    "records",
                    page.stream().map(record -> record(record, successor)).toList());
            body.put("next", found.size() > page.size() ? next(id, parameters, page) : null);
            return json(body);
        });
    }

    private Map<String, @Nullable Object> record(RecordSummary summary, Optional<Successor> successor) {
        var form = new LinkedHashMap<>(SummaryForm.of(summary));
        Optional<Impact> answers = successor.flatMap(Successor::answers);
        form.put(
                "wouldBe",
                answers.isEmpty()
                        ? null
                        : archive.find(summary.id())
                                .map(receipt ->
                                        answers.get().on(Recorded.of(receipt)).form())
                                .orElse(null));
        return form;
    }

    private static String next(String id, Map<String, List<String>> parameters, List<RecordSummary> page) {
        var same = new TreeMap<>(parameters);
        same.put("after", List.of(String.valueOf(page.get(page.size() - 1).sequence())));
        return "/api/v1/revisions/" + encoded(id) + "/records?"
                + String.join(
                        "&",
                        same.entrySet().stream()
                                .map(parameter ->
                                        parameter.getKey() + "=" + encoded(String.join("", parameter.getValue())))
                                .toList());
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static HttpResponse<?> answered(Supplier<HttpResponse<?>> answer) {
        try {
            return answer.get();
        } catch (StorageUnavailable unavailable) {
            return Problems.of(ProblemKind.DATABASE_UNAVAILABLE);
        }
    }

    private static MutableHttpResponse<byte[]> unknown(String id) {
        String shown = id.length() > 60 ? id.substring(0, 60) + "…" : id;
        return Problems.of(
                ProblemKind.UNKNOWN_REVISION,
                new Bilingual("改定版「%s」はありません。".formatted(shown), "There is no revision \"%s\".".formatted(shown)),
                List.of());
    }

    private static MutableHttpResponse<byte[]> json(Map<String, @Nullable Object> body) {
        return HttpResponse.ok(JsonWriter.write(body)).header(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON);
    }
}
