package ismap.postgres;

import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.Optional;
import java.util.UUID;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface RecordRepository extends GenericRepository<RecordRow, UUID> {
    RecordRow insertReturning(RecordRow row);

    Optional<RecordRow> findById(UUID id);
}
