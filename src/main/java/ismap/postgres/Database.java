package ismap.postgres;

import io.micronaut.context.AbstractBeanConfiguration;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.BeanContext;
import io.micronaut.context.BeanResolutionContext;
import io.micronaut.data.connection.jdbc.advice.DelegatingDataSource;
import io.micronaut.inject.BeanDefinitionReference;
import ismap.access.Tokens;
import ismap.ledger.Chain;
import ismap.ledger.CheckpointStore;
import ismap.ledger.Ledger;
import ismap.ledger.RecordSearch;
import ismap.ledger.Redactions;
import ismap.postgres.DatabaseSettings.Embedded;
import ismap.postgres.DatabaseSettings.Server;
import ismap.revision.RevisionLog;
import ismap.revision.RevisionNews;
import ismap.revision.RevisionStore;
import ismap.revision.Takeovers;
import ismap.saving.SavedChecks;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The service's storage, opened before anything else and closed after everything else.
 *
 * <p>Micronaut Data needs an application context. This one is the storage's own and sees nothing else of the service, so
 * that the database is there, migrated and checked, before the service's own context starts, and outlives it.
 */
public final class Database implements AutoCloseable {
    private final @Nullable EmbeddedServer embedded;
    private final Server server;
    private final ApplicationContext context;
    private final PostgresLedger ledger;

    private Database(@Nullable EmbeddedServer embedded, Server server, ApplicationContext context) {
        this.embedded = embedded;
        this.server = server;
        this.context = context;
        this.ledger = new PostgresLedger(dataSource());
    }

    /** @throws StorageRefused if it cannot be opened, and why */
    public static Database open(DatabaseSettings settings) {
        if (settings instanceof Embedded own) {
            var embedded = EmbeddedServer.start(own);
            try {
                return connect(embedded, embedded.connection());
            } catch (RuntimeException e) {
                embedded.close();
                throw e;
            }
        }
        return connect(null, (Server) settings);
    }

    static Database connect(@Nullable EmbeddedServer embedded, Server server) {
        Migrations.run(server);
        var context = ApplicationContext.builder()
                .properties(properties(server))
                .environmentPropertySource(false) // DATASOURCES_… in the environment is no setting of ours
                .deduceEnvironment(false)
                .deduceCloudEnvironment(false)
                .bootstrapEnvironment(false)
                .enableDefaultPropertySources(false)
                .banner(false)
                .beanConfigurations(new NothingElseOfTheService())
                .build();
        try {
            context.start();
            Failures.translate(
                    "first question",
                    () -> context.getBean(PostgresRevisionStore.class).inForce());
            return new Database(embedded, server, context);
        } catch (RuntimeException e) {
            context.close();
            throw new StorageRefused(
                    "the schema is up to date, but the role %s cannot use it: %s"
                            .formatted(server.service(), e.getMessage()),
                    "see that this role may sign in and has the password that the settings give",
                    e);
        }
    }

    private static Map<String, Object> properties(Server server) {
        var prefix = "datasources.default.";
        return Map.ofEntries(
                Map.entry(prefix + "url", withTimeouts(server.url())),
                Map.entry(prefix + "username", server.service().username()),
                Map.entry(prefix + "password", server.service().password()),
                Map.entry(prefix + "driver-class-name", "org.postgresql.Driver"),
                Map.entry(prefix + "dialect", "POSTGRES"),
                Map.entry(prefix + "schema-generate", "NONE"),
                Map.entry(prefix + "maximum-pool-size", 10),
                Map.entry(prefix + "minimum-idle", 2),
                // A lost database is known within about a second, whichever way it was lost: no connection to be had,
                // one that is dead, one that hangs in the middle of a statement.
                Map.entry(prefix + "connection-timeout", 800),
                Map.entry(prefix + "validation-timeout", 500),
                Map.entry(prefix + "connection-init-sql", "set statement_timeout = 1500"));
    }

    /**
     * In the URL, and not among the pool's data source properties: Micronaut does not hand those over under these names,
     * and then a server that hangs is waited for without end.
     */
    private static String withTimeouts(String url) {
        var result = new StringBuilder(url);
        for (var parameter : List.of(
                "connectTimeout=1",
                "socketTimeout=2",
                "tcpKeepAlive=true",
                "reWriteBatchedInserts=true",
                "ApplicationName=ismap")) {
            var name = parameter.substring(0, parameter.indexOf('=') + 1);
            if (!url.contains("?" + name) && !url.contains("&" + name)) {
                result.append(result.indexOf("?") < 0 ? '?' : '&').append(parameter);
            }
        }
        return result.toString();
    }

    public Ledger ledger() {
        return ledger;
    }

    public Tokens tokens() {
        return new PostgresTokens(dataSource());
    }

    public SavedChecks savedChecks() {
        return new PostgresSavedChecks(dataSource());
    }

    /** The same records, in their order. */
    public Chain chain() {
        return new PostgresChain(dataSource());
    }

    public CheckpointStore checkpoints() {
        return new PostgresCheckpoints(dataSource());
    }

    public Redactions redactions() {
        return new PostgresRedactions(dataSource());
    }

    public RecordSearch search() {
        return new PostgresRecordSearch(dataSource());
    }

    public RevisionStore revisions() {
        return context.getBean(PostgresRevisionStore.class);
    }

    public Takeovers takeovers() {
        return context.getBean(PostgresTakeovers.class);
    }

    /** The lives of the same revisions. */
    public RevisionLog revisionLog() {
        return new PostgresRevisionLog(dataSource());
    }

    /** Over a connection of its own; close it before this. */
    public RevisionNews revisionNews() {
        return new PostgresRevisionNews(withTimeouts(server.url()), server.service());
    }

    /** Answers within about a second, whatever became of the database. */
    public boolean isReachable() {
        try (var connection = dataSource().getConnection()) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }

    /** Where it is, for the person who started it. */
    @Override
    public String toString() {
        return embedded == null ? "PostgreSQL at " + server.url().replaceFirst("\\?.*", "") : "embedded " + embedded;
    }

    DataSource dataSource() {
        // The bean itself is Micronaut's wrapper, which hands out connections inside its transactions alone.
        return DelegatingDataSource.unwrapDataSource(context.getBean(DataSource.class));
    }

    Server server() {
        return server;
    }

    @Nullable
    EmbeddedServer embedded() {
        return embedded;
    }

    /** Call it last: what is still being decided needs it. */
    @Override
    public void close() {
        try {
            ledger.close();
            context.close();
        } finally {
            if (embedded != null) {
                embedded.close();
            }
        }
    }

    /** Keeps beans of other packages out of the storage's context; else it would start half the service. */
    private static final class NothingElseOfTheService extends AbstractBeanConfiguration {
        NothingElseOfTheService() {
            super("ismap");
        }

        @Override
        @SuppressWarnings("rawtypes") // as it is declared
        public boolean isWithin(BeanDefinitionReference bean) {
            return isWithin(bean.getBeanDefinitionName());
        }

        @Override
        public boolean isWithin(String className) {
            return className.startsWith("ismap.") && !className.startsWith("ismap.postgres.");
        }

        @Override
        public boolean isEnabled(BeanContext context, @Nullable BeanResolutionContext resolution) {
            return false;
        }
    }
}
