package ismap.api;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.micronaut.scheduling.annotation.ExecuteOn;
import ismap.access.Role;
import ismap.evaluation.Records;
import java.util.Optional;
import java.util.UUID;

/** Receipts of what was decided. */
@Controller("/api/v1/records")
@Produces(MediaType.ALL)
@ExecuteOn(Workers.RECORD)
class RecordController {

    private final Records records;
    private final Callers callers;

    RecordController(Records records, Callers callers) {
        this.records = records;
        this.callers = callers;
    }

    @Get("/{id}")
    HttpResponse<byte[]> receipt(HttpRequest<?> request, String id) {
        Callers.Access access = callers.access(request, Role.INTAKE, Role.AUDITOR);
        if (access.isRefused()) {
            return access.refusal();
        }
        Optional<UUID> uuid = Calls.uuid(id);
        if (uuid.isEmpty()) {
            return Problems.of(ProblemKind.UNKNOWN_RECORD);
        }
        Records.Found found = records.find(
                uuid.get(),
                recordedBy -> access.principal().is(Role.AUDITOR)
                        || access.principal().name().equals(recordedBy));
        if (found instanceof Records.Found.OnRecord onRecord) {
            return HttpResponse.ok(onRecord.body()).header(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON);
        }
        return Problems.of(
                found instanceof Records.Found.NotOnRecord
                        ? ProblemKind.UNKNOWN_RECORD
                        : ProblemKind.DATABASE_UNAVAILABLE);
    }
}
