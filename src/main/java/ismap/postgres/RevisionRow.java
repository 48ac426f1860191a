package ismap.postgres;

import io.micronaut.core.annotation.Nullable;
import io.micronaut.data.annotation.GeneratedValue;
import io.micronaut.data.annotation.Id;
import io.micronaut.data.annotation.MappedEntity;
import ismap.revision.NewRevision;
import ismap.revision.StoredRevision;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;

/** A row of {@code revision}; its {@code sequence} is the order of publication. */
@MappedEntity(value = "revision", schema = "ismap")
record RevisionRow(
        @Id String id,
        String digest,
        String filesDigest,
        String note,
        @GeneratedValue @Nullable Instant publishedAt) {
    static RevisionRow of(NewRevision revision) {
        return new RevisionRow(revision.id(), revision.digest(), revision.filesDigest(), revision.note(), null);
    }

    StoredRevision with(List<RevisionFileRow> rows) {
        var files = new TreeMap<String, byte[]>();
        for (var row : rows) {
            files.put(row.path(), row.content());
        }
        var published = Objects.requireNonNull(publishedAt, "a row has the database's clock");
        return new StoredRevision(id, digest, filesDigest, note, published, files);
    }
}
