package ismap.api;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Our own mistakes: the caller hears that there was one, the log where it is. The message may hold facts and goes nowhere. */
@Singleton
final class Unexpected implements ExceptionHandler<Throwable, HttpResponse<?>> {

    private static final Logger LOG = LoggerFactory.getLogger(Unexpected.class);

    @Override
    public HttpResponse<?> handle(@SuppressWarnings("rawtypes") HttpRequest request, Throwable failure) {
        LOG.error("{} failed", request.getMethodName(), new WithoutMessage(failure));
        return Problems.of(ProblemKind.INTERNAL);
    }

    /** Where something failed, without what it said. */
    static final class WithoutMessage extends Exception {
        private static final long serialVersionUID = 1L;

        WithoutMessage(Throwable failure) {
            super(
                    failure.getClass().getName(),
                    failure.getCause() == null ? null : new WithoutMessage(failure.getCause()));
            setStackTrace(failure.getStackTrace());
        }
    }
}
