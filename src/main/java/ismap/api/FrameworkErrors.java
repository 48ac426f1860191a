package ismap.api;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import jakarta.inject.Singleton;
import java.util.List;

/** What the framework refuses before a controller is asked, in our words: its own would name classes and echo input. */
@Singleton
final class FrameworkErrors implements ErrorResponseProcessor<byte[]> {

    @Override
    public MutableHttpResponse<byte[]> processResponse(ErrorContext context, MutableHttpResponse<?> response) {
        ProblemKind kind = ProblemKind.ofStatus(response.code());
        return response.status(HttpStatus.valueOf(kind.status()))
                .body(Problems.body(kind, kind.about(), List.of()))
                .header(HttpHeaders.CONTENT_TYPE, Problems.CONTENT_TYPE);
    }
}
