package ismap.postgres;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests a {@link Database}: the one that {@code ISMAP_DATASOURCE_URL} names, else a container where a Docker engine
 * answers, else the embedded server. It is shared by all tests of the JVM and only grows, so a test looks for its own ids.
 */
public final class PostgresExtension implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Database.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(PostgresExtension.class))
                .getOrComputeIfAbsent(TestPostgres.class, key -> started(), TestPostgres.class)
                .database();
    }

    private static TestPostgres started() {
        try {
            return TestPostgres.start();
        } catch (Exception e) {
            throw new IllegalStateException("no PostgreSQL to test with", e);
        }
    }
}
