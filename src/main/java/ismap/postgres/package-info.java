/** Everything that knows SQL: the embedded server, the schema, the repositories. Hides JDBC, Flyway, HikariCP and Micronaut Data. */
@NullMarked
package ismap.postgres;

import org.jspecify.annotations.NullMarked;
