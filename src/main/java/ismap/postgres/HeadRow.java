package ismap.postgres;

import io.micronaut.core.annotation.Introspected;
import ismap.revision.Head;
import java.time.Instant;

/** A row of {@code revision} without what is large. */
@Introspected
record HeadRow(String id, long sequence, String digest, String filesDigest, Instant publishedAt) {
    Head head() {
        return new Head(id, sequence, digest, filesDigest, publishedAt);
    }
}
