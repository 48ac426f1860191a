package ismap.api;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Delete;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.http.annotation.Put;
import io.micronaut.scheduling.annotation.ExecuteOn;
import ismap.access.Role;
import ismap.publication.Drafting;
import ismap.publication.ProblemForm;
import ismap.publication.Publishing;
import ismap.publication.Revised;
import ismap.publication.Revising;
import ismap.revision.Revision;
import jakarta.annotation.Nullable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Revisions: written by editors, checked by the service, approved and published by others, shown to everybody. */
@Controller("/api/v1/revisions")
@Consumes(MediaType.ALL)
@Produces(MediaType.ALL)
@ExecuteOn(Workers.REVISION)
class RevisionController {

    private static final int PAGE = 100;

    private final Revising revising;
    private final RevisionCalls calls;

    RevisionController(Revising revising, Callers callers) {
        this.revising = revising;
        this.calls = new RevisionCalls(revising.history(), callers);
    }

    // ---- looking

    /** Published ones, newest first; to staff also the others, on the first page, before them. */
    @Get
    HttpResponse<byte[]> all(HttpRequest<?> request) {
        return calls.look(request, staff -> {
            Optional<String> after = request.getParameters().get("after", String.class);
            if (after.isPresent() && !RevisionCalls.isId(after.get())) {
                return Problems.of(ProblemKind.UNKNOWN_REVISION);
            }
            var form = new RevisionForm(staff, revising.history());
            var revisions = new ArrayList<Map<String, @org.jspecify.annotations.Nullable Object>>();
            if (staff && after.isEmpty()) {
                List<Revision> open = new ArrayList<>(revising.history().open());
                java.util.Collections.reverse(open);
                open.forEach(each -> revisions.add(form.summary(each)));
            }
            List<Revision> published = revising.history().published(after, PAGE);
            published.forEach(each -> revisions.add(form.summary(each)));
            var answer = new LinkedHashMap<String, @org.jspecify.annotations.Nullable Object>();
            answer.put("revisions", revisions);
            answer.put(
                    "next",
                    published.size() < PAGE
                            ? null
                            : "/api/v1/revisions?after="
                                    + published.get(published.size() - 1).id());
            return RevisionCalls.json(HttpStatus.OK, answer);
        });
    }

    @Get("/{id}")
    HttpResponse<byte[]> one(HttpRequest<?> request, String id) {
        return calls.look(request, id, (revision, staff) -> shown(HttpStatus.OK, revision, staff));
    }

    @Get("/{id}/files")
    HttpResponse<byte[]> files(HttpRequest<?> request, String id) {
        return calls.look(request, id, (revision, staff) -> {
            var files = new ArrayList<Map<String, Object>>();
            revising.history()
                    .files(revision)
                    .forEach((path, content) -> files.add(Form.of(
                            "path",
                            path,
                            "size",
                            content.length,
                            "sha256",
                            String.valueOf(revision.life().files().get(path)))));
            return RevisionCalls.tagged(
                    RevisionCalls.json(
                            HttpStatus.OK,
                            Form.of(
                                    "revision",
                                    id,
                                    "filesDigest",
                                    revision.life().filesDigest(),
                                    "files",
                                    files)),
                    revision);
        });
    }

    /** As it was at a version, for staff: nothing that was handed in is lost. */
    private byte @org.jspecify.annotations.Nullable [] earlier(
            Revision revision, String version, String path, boolean staff) {
        return staff && version.matches("[1-9][0-9]{0,8}")
                ? revising.history()
                        .earlier(revision, Integer.parseInt(version), path)
                        .orElse(null)
                : null;
    }

    /** Byte for byte; with {@code ?annotated=true} a copy of the workbook with what is wrong with it written in. */
    @Get("/{id}/files/{+path}")
    HttpResponse<byte[]> file(HttpRequest<?> request, String id, String path) {
        return calls.look(request, id, (revision, staff) -> {
            Optional<String> version = request.getParameters().get("version", String.class);
            byte[] content = version.isPresent()
                    ? earlier(revision, version.get(), path, staff)
                    : revising.history().files(revision).get(path);
            if (content == null) {
                return Problems.of(ProblemKind.UNKNOWN_FILE);
            }
            boolean annotated = request.getParameters()
                    .get("annotated", String.class)
                    .filter("true"::equals)
                    .isPresent();
            byte[] sent = annotated && path.endsWith(".xlsx")
                    ? revising.annotator()
                            .annotated(path, content, revising.drafting().problems(revision, path))
                    : content;
            return RevisionCalls.tagged(RevisionCalls.file(path, sent), revision);
        });
    }

    // ---- writing

    @Post
    HttpResponse<byte[]> create(HttpRequest<?> request, @Body @Nullable byte[] body) {
        return calls.as(
                request,
                Role.EDITOR,
                editor -> calls.body(
                        request,
                        body,
                        List.of("base", "note"),
                        said -> answer(
                                revising.drafting()
                                        .create(
                                                said.optional("base"),
                                                said.optional("note").orElse(""),
                                                editor),
                                revision -> shown(HttpStatus.CREATED, revision, true)
                                        .header(HttpHeaders.LOCATION, "/api/v1/revisions/" + revision.id()))));
    }

    /** {@code ?check=false} where many are handed in one after the other. */
    @Put("/{id}/files/{+path}")
    HttpResponse<byte[]> put(HttpRequest<?> request, String id, String path) {
        return calls.edit(request, Role.EDITOR, id, (editor, seen) -> {
            Optional<byte[]> content = RevisionCalls.content(request);
            if (content.isEmpty()) {
                return RevisionCalls.tooLarge(path);
            }
            boolean look = request.getParameters()
                    .get("check", String.class)
                    .filter("false"::equals)
                    .isEmpty();
            return answer(revising.drafting().put(id, path, content.get(), editor, seen, look), this::stored);
        });
    }

    private MutableHttpResponse<byte[]> stored(Drafting.Stored stored) {
        Map<String, Object> form = Form.of(
                "revision",
                stored.revision().id(),
                "path",
                stored.path(),
                "state",
                stored.revision().state().name(),
                "version",
                stored.revision().life().version(),
                "filesDigest",
                stored.revision().life().filesDigest(),
                "errors",
                stored.problems().stream().filter(problem -> problem.isError()).count(),
                "problems",
                ProblemForm.of(stored.problems()),
                "errorsElsewhere",
                stored.others());
        return RevisionCalls.tagged(RevisionCalls.json(HttpStatus.OK, form), stored.revision());
    }

    @Delete("/{id}/files/{+path}")
    HttpResponse<byte[]> remove(HttpRequest<?> request, String id, String path) {
        return calls.edit(
                request,
                Role.EDITOR,
                id,
                (editor, seen) -> answer(
                        revising.drafting().remove(id, path, editor, seen),
                        revision -> shown(HttpStatus.OK, revision, true)));
    }

    /** On to the revision in force. */
    @Post("/{id}/rebase")
    HttpResponse<byte[]> rebase(HttpRequest<?> request, String id) {
        return calls.edit(
                request,
                Role.EDITOR,
                id,
                (editor, seen) -> answer(revising.rebasing().rebase(id, editor, seen), rebased -> {
                    Map<String, @org.jspecify.annotations.Nullable Object> form =
                            new RevisionForm(true, revising.history()).whole(rebased.revision());
                    form.put("followed", rebased.followed());
                    form.put("merged", rebased.merged());
                    form.put("conflicts", ProblemForm.of(rebased.conflicts()));
                    return RevisionCalls.tagged(RevisionCalls.json(HttpStatus.OK, form), rebased.revision());
                }));
    }

    // ---- checking

    @Post("/{id}/checks")
    HttpResponse<byte[]> check(HttpRequest<?> request, String id) {
        return calls.edit(
                request,
                Role.EDITOR,
                id,
                (editor, seen) -> answer(
                        revising.checking().start(id, editor),
                        report -> RevisionCalls.json(HttpStatus.ACCEPTED, ChecksForm.of(report))
                                .header(HttpHeaders.LOCATION, "/api/v1/revisions/" + id + "/checks")));
    }

    @Get("/{id}/checks")
    HttpResponse<byte[]> checks(HttpRequest<?> request, String id) {
        return calls.lookAsStaff(
                request,
                id,
                revision -> revising.checking()
                        .report(id)
                        .<HttpResponse<byte[]>>map(report -> RevisionCalls.tagged(
                                RevisionCalls.json(HttpStatus.OK, ChecksForm.of(report)), report.revision()))
                        .orElseGet(() -> Problems.of(ProblemKind.UNKNOWN_REVISION)));
    }

    // ---- towards publication

    @Post("/{id}/submission")
    HttpResponse<byte[]> submit(HttpRequest<?> request, String id) {
        return calls.edit(
                request,
                Role.EDITOR,
                id,
                (editor, seen) -> answer(revising.publishing().submit(id, editor, seen), this::stepped));
    }

    @Post("/{id}/approval")
    HttpResponse<byte[]> approve(HttpRequest<?> request, String id, @Body @Nullable byte[] body) {
        return calls.edit(
                request,
                Role.APPROVER,
                id,
                (approver, seen) -> calls.body(
                        request,
                        body,
                        List.of("resolution", "digest", "filesDigest", "evidenceDigest"),
                        said -> said.required(
                                "resolution",
                                resolution -> answer(
                                        revising.publishing()
                                                .approve(
                                                        id,
                                                        approver,
                                                        seen,
                                                        resolution,
                                                        new Revision.Seen(
                                                                said.optional("digest"),
                                                                said.optional("filesDigest"),
                                                                said.optional("evidenceDigest"))),
                                        this::stepped))));
    }

    @Post("/{id}/publication")
    HttpResponse<byte[]> publish(HttpRequest<?> request, String id) {
        return calls.edit(
                request,
                Role.APPROVER,
                id,
                (approver, seen) -> answer(revising.publishing().publish(id, approver, seen), this::stepped));
    }

    @Post("/{id}/withdrawal")
    HttpResponse<byte[]> withdraw(HttpRequest<?> request, String id, @Body @Nullable byte[] body) {
        return calls.edit(
                request,
                Role.APPROVER,
                id,
                (approver, seen) -> calls.body(
                        request,
                        body,
                        List.of("reason"),
                        said -> said.required(
                                "reason",
                                reason -> answer(
                                        revising.publishing().withdraw(id, approver, seen, reason),
                                        result -> stepped(result)
                                                .header(
                                                        HttpHeaders.LOCATION,
                                                        "/api/v1/revisions/"
                                                                + result.revision()
                                                                        .id())))));
    }

    private MutableHttpResponse<byte[]> stepped(Publishing.Result result) {
        Map<String, @org.jspecify.annotations.Nullable Object> form =
                new RevisionForm(true, revising.history()).whole(result.revision());
        form.put("warnings", ProblemForm.of(result.warnings()));
        return RevisionCalls.tagged(RevisionCalls.json(HttpStatus.OK, form), result.revision());
    }

    private MutableHttpResponse<byte[]> shown(HttpStatus status, Revision revision, boolean staff) {
        return RevisionCalls.tagged(
                RevisionCalls.json(status, new RevisionForm(staff, revising.history()).whole(revision)), revision);
    }

    private static <T> HttpResponse<byte[]> answer(Revised<T> revised, Function<T, HttpResponse<byte[]>> done) {
        return revised.as(new RevisionCalls.Answer<>(done));
    }
}
