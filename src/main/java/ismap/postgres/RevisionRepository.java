package ismap.postgres;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.time.Instant;
import java.util.Optional;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface RevisionRepository extends GenericRepository<RevisionRow, String> {
    RevisionRow insertReturning(RevisionRow row);

    Optional<RevisionRow> findById(String id);

    boolean existsById(String id);

    @Query("select * from ismap.revision order by sequence desc limit 1")
    Optional<RevisionRow> inForce();

    @Query("select id, sequence, digest, files_digest, published_at from ismap.revision order by sequence desc limit 1")
    Optional<HeadRow> head();

    @Query("select id from ismap.revision where published_at <= :instant order by sequence desc limit 1")
    Optional<String> inForceAt(Instant instant);
}
