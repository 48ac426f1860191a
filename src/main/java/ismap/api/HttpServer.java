package ismap.api;

import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import ismap.access.Tokens;
import ismap.evaluation.Evaluations;
import ismap.evaluation.Records;
import ismap.evaluation.Traces;
import java.time.Clock;
import java.util.Map;

/** The HTTP server, given what it serves. Nothing of the service is looked up; the context holds delivery alone. */
public final class HttpServer implements AutoCloseable {

    /** A larger body is 413, whether it says its length or comes in chunks. */
    public static final int LARGEST_BODY = 1024 * 1024;

    private final ApplicationContext context;
    private final EmbeddedServer server;

    private HttpServer(ApplicationContext context, EmbeddedServer server) {
        this.context = context;
        this.server = server;
    }

    /** @throws io.micronaut.http.server.exceptions.ServerStartupException where the address is in use */
    public static HttpServer start(
            ApiSettings settings,
            Evaluations evaluations,
            Traces traces,
            Records records,
            Tokens tokens,
            Readiness readiness,
            Clock clock) {
        int workers = Math.max(8, 4 * Runtime.getRuntime().availableProcessors());
        ApplicationContext context = ApplicationContext.builder()
                .singletons(settings, evaluations, traces, records, tokens, readiness, clock)
                .properties(Map.of(
                        "micronaut.server.host",
                        settings.host(),
                        "micronaut.server.port",
                        settings.port() == 0 ? -1 : settings.port(),
                        "micronaut.server.max-request-size",
                        LARGEST_BODY,
                        "micronaut.server.netty.max-request-buffer-size",
                        LARGEST_BODY,
                        "micronaut.executors." + Workers.SELF_CHECK + ".type",
                        "fixed",
                        "micronaut.executors." + Workers.SELF_CHECK + ".n-threads",
                        workers,
                        "micronaut.executors." + Workers.RECORD + ".type",
                        "fixed",
                        "micronaut.executors." + Workers.RECORD + ".n-threads",
                        workers))
                .environmentPropertySource(false)
                .deduceEnvironment(false)
                .deduceCloudEnvironment(false)
                .bootstrapEnvironment(false)
                .banner(false)
                .start();
        try {
            EmbeddedServer server = context.getBean(EmbeddedServer.class);
            server.start();
            return new HttpServer(context, server);
        } catch (RuntimeException failure) {
            context.close();
            throw failure;
        }
    }

    public int port() {
        return server.getPort();
    }

    /** Finishes what is being answered, then stops. */
    @Override
    public void close() {
        server.stop();
        context.close();
    }
}
