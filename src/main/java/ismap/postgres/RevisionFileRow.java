package ismap.postgres;

import io.micronaut.data.annotation.MappedEntity;
import ismap.revision.NewRevision;
import java.util.List;

/** A row of {@code revision_file}. */
@SuppressWarnings("ArrayRecordComponent")
@MappedEntity(value = "revision_file", schema = "ismap")
record RevisionFileRow(String revisionId, String path, byte[] content) {
    static List<RevisionFileRow> of(NewRevision revision) {
        return revision.files().entrySet().stream()
                .map(file -> new RevisionFileRow(revision.id(), file.getKey(), file.getValue()))
                .toList();
    }
}
