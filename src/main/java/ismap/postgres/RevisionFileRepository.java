package ismap.postgres;

import io.micronaut.data.annotation.Query;
import io.micronaut.data.jdbc.annotation.JdbcRepository;
import io.micronaut.data.model.query.builder.sql.Dialect;
import io.micronaut.data.repository.GenericRepository;
import java.util.List;

@JdbcRepository(dialect = Dialect.POSTGRES)
interface RevisionFileRepository extends GenericRepository<RevisionFileRow, String> {
    void insertAll(Iterable<RevisionFileRow> rows);

    @Query("select * from ismap.revision_file where revision_id = :revisionId")
    List<RevisionFileRow> of(String revisionId);
}
