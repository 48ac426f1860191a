package ismap.api;

import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import ismap.access.Tokens;
import ismap.evaluation.Archive;
import ismap.evaluation.Audit;
import ismap.evaluation.Evaluations;
import ismap.evaluation.Records;
import ismap.evaluation.Traces;
import ismap.publication.Bundles;
import ismap.publication.Revising;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/** The HTTP server, given what it serves. Nothing of the service is looked up; the context holds delivery alone. */
public final class HttpServer implements AutoCloseable {

    /** A larger body is 413, whether it says its length or comes in chunks; in a batch, a larger line. */
    public static final int LARGEST_BODY = 1024 * 1024;

    private static final int ARCHIVE_WORKERS = 4;
    private static final int REVISION_WORKERS = 4;

    private final ApplicationContext context;
    private final EmbeddedServer server;

    private HttpServer(ApplicationContext context, EmbeddedServer server) {
        this.context = context;
        this.server = server;
    }

    /**
     * @param others what controllers work with that are there only where it is
     * @param others what other deliveries are given
     * @throws io.micronaut.http.server.exceptions.ServerStartupException where the address is in use
     */
    public static HttpServer start(
            ApiSettings settings,
            Evaluations evaluations,
            Traces traces,
            Records records,
            Audit audit,
            Archive archive,
            Bundles bundles,
            Revising revising,
            Tokens tokens,
            Readiness readiness,
            Clock clock,
            Object... others) {
        ApplicationContext context = ApplicationContext.builder()
                .singletons(settings, evaluations, traces, records, audit, archive, tokens, readiness, clock)
                .singletons(bundles, revising)
                .singletons(others)
                .properties(properties(settings))
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

    private static Map<String, Object> properties(ApiSettings settings) {
        int processors = Runtime.getRuntime().availableProcessors();
        int workers = Math.max(8, 4 * processors);
        var properties = new HashMap<String, Object>();
        properties.put("micronaut.server.host", settings.host());
        properties.put("micronaut.server.port", settings.port() == 0 ? -1 : settings.port());
        // What is kept of a body is bounded, and all bodies but those of batches are kept whole.
        properties.put("micronaut.server.max-request-size", Long.MAX_VALUE);
        properties.put("micronaut.server.netty.max-request-buffer-size", LARGEST_BODY);
        Map.of(
                        Workers.SELF_CHECK, workers,
                        Workers.RECORD, workers,
                        Workers.BATCH, Math.max(2, processors / 2),
                        Workers.ARCHIVE, ARCHIVE_WORKERS,
                        Workers.REVISION, REVISION_WORKERS)
                .forEach((name, threads) -> {
                    properties.put("micronaut.executors." + name + ".type", "fixed");
                    properties.put("micronaut.executors." + name + ".n-threads", threads);
                });
        return properties;
    }

    public int port() {
        return server.getPort();
    }

    /** How many batches run. */
    int batches() {
        return context.getBean(Batches.class).running();
    }

    /** Finishes what is being answered, then stops. */
    @Override
    public void close() {
        server.stop();
        context.close();
    }
}
