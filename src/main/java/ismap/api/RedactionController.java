package ismap.api;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Consumes;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.annotation.ExecuteOn;
import ismap.access.Principal;
import ismap.access.Role;
import ismap.evaluation.Archive;
import ismap.evaluation.RedactRecord;
import ismap.evaluation.RedactRecord.Proposals;
import ismap.evaluation.RedactRecord.Proposed;
import ismap.evaluation.RedactionRequest;
import ismap.json.JsonReader;
import ismap.json.JsonWriter;
import ismap.json.Parsed;
import ismap.ledger.Redaction;
import ismap.ledger.RedactionProposal;
import ismap.ledger.Redactions.Result;
import ismap.ledger.StorageUnavailable;
import jakarta.annotation.Nullable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Redactions of records: one auditor proposes, another carries out. */
@Controller("/api/v1/records/{id}/redactions")
@Consumes(MediaType.ALL)
@Produces(MediaType.ALL)
@ExecuteOn(Workers.ARCHIVE)
class RedactionController {

    private final RedactRecord redact;
    private final Callers callers;

    RedactionController(Archive archive, Callers callers) {
        this.redact = archive.redact();
        this.callers = callers;
    }

    private interface Work {
        HttpResponse<byte[]> by(Principal auditor, UUID record);
    }

    @Post
    HttpResponse<byte[]> propose(HttpRequest<?> request, String id, @Body @Nullable byte[] body) {
        return asAuditor(request, id, (auditor, record) -> {
            if (!Calls.isJson(request)) {
                return Problems.of(ProblemKind.UNSUPPORTED_MEDIA_TYPE);
            }
            Parsed parsed = JsonReader.read(body == null ? new byte[0] : body);
            if (!(parsed instanceof Parsed.Document document)) {
                return Problems.unreadable((Parsed.Unreadable) parsed);
            }
            RedactionRequest.Read read = RedactionRequest.read(document.value());
            if (!read.problems().isEmpty()) {
                return Problems.of(
                        ProblemKind.INVALID, Problems.count(read.problems().size()), read.problems());
            }
            Proposed proposed = redact.propose(record, auditor.name(), read.request());
            if (proposed instanceof Proposed.OnRecord onRecord) {
                RedactionProposal proposal = onRecord.proposal();
                return json(HttpStatus.CREATED, form(proposal, Optional.empty()))
                        .header(
                                HttpHeaders.LOCATION,
                                "/api/v1/records/%s/redactions/%s".formatted(proposal.recordId(), proposal.id()));
            }
            return Problems.of(
                    proposed instanceof Proposed.AlreadyRedacted
                            ? ProblemKind.ALREADY_REDACTED
                            : ProblemKind.UNKNOWN_RECORD);
        });
    }

    @Get
    HttpResponse<byte[]> all(HttpRequest<?> request, String id) {
        return asAuditor(
                request,
                id,
                (auditor, record) -> redact.of(record)
                        .<HttpResponse<byte[]>>map(found -> json(
                                HttpStatus.OK,
                                Form.of(
                                        "redactions",
                                        found.all().stream()
                                                .map(proposal -> form(
                                                        proposal, found.record().redaction()))
                                                .toList())))
                        .orElseGet(() -> Problems.of(ProblemKind.UNKNOWN_RECORD)));
    }

    @Get("/{proposal}")
    HttpResponse<byte[]> one(HttpRequest<?> request, String id, String proposal) {
        return asAuditor(request, id, (auditor, record) -> {
            Optional<Proposals> found = redact.of(record);
            return found.stream()
                    .flatMap(proposals -> proposals.all().stream())
                    .filter(each ->
                            Calls.uuid(proposal).filter(each.id()::equals).isPresent())
                    .findFirst()
                    .<HttpResponse<byte[]>>map(each ->
                            json(HttpStatus.OK, form(each, found.get().record().redaction())))
                    .orElseGet(() ->
                            Problems.of(found.isEmpty() ? ProblemKind.UNKNOWN_RECORD : ProblemKind.UNKNOWN_PROPOSAL));
        });
    }

    /** Again after the answer was lost: 409, and the record says who did it. */
    @Post("/{proposal}/execution")
    HttpResponse<byte[]> carryOut(HttpRequest<?> request, String id, String proposal) {
        return asAuditor(request, id, (auditor, record) -> {
            Optional<UUID> which = Calls.uuid(proposal);
            if (which.isEmpty()) {
                return Problems.of(ProblemKind.UNKNOWN_PROPOSAL);
            }
            Result result = redact.carryOut(record, which.get(), auditor.name());
            return result instanceof Result.CarriedOut carriedOut
                    ? json(HttpStatus.OK, carriedOut.redaction().form())
                    : Problems.of(kind(((Result.Refused) result).why()));
        });
    }

    private static ProblemKind kind(Result.Why why) {
        return switch (why) {
            case UNKNOWN_PROPOSAL -> ProblemKind.UNKNOWN_PROPOSAL;
            case OWN_PROPOSAL -> ProblemKind.OWN_PROPOSAL;
            case ALREADY_REDACTED -> ProblemKind.ALREADY_REDACTED;
        };
    }

    private HttpResponse<byte[]> asAuditor(HttpRequest<?> request, String id, Work work) {
        Callers.Access access = callers.access(request, Role.AUDITOR);
        if (access.isRefused()) {
            return access.refusal();
        }
        try {
            return Calls.uuid(id)
                    .map(record -> work.by(access.principal(), record))
                    .orElseGet(() -> Problems.of(ProblemKind.UNKNOWN_RECORD));
        } catch (StorageUnavailable unavailable) {
            return Problems.of(ProblemKind.DATABASE_UNAVAILABLE);
        }
    }

    /** With {@code carriedOut}, {@code {"seal", "hash"}} of the chain's entry, where it is this proposal that was carried out; else null. */
    private static Map<String, @org.jspecify.annotations.Nullable Object> form(
            RedactionProposal proposal, Optional<Redaction> redaction) {
        var form = new LinkedHashMap<String, @org.jspecify.annotations.Nullable Object>();
        form.put("id", proposal.id().toString());
        form.put("record", proposal.recordId().toString());
        form.put("proposedAt", proposal.proposedAt().toString());
        form.put("proposedBy", proposal.proposedBy());
        form.put("reason", proposal.reason());
        form.put("legalBasis", proposal.legalBasis());
        form.put(
                "carriedOut",
                redaction
                        .filter(done -> done.proposal().equals(proposal.id()))
                        .map(Redaction::form)
                        .orElse(null));
        return form;
    }

    private static io.micronaut.http.MutableHttpResponse<byte[]> json(
            HttpStatus status, Map<String, ? extends @org.jspecify.annotations.Nullable Object> form) {
        return HttpResponse.<byte[]>status(status)
                .body(JsonWriter.write(form))
                .header(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON);
    }
}
