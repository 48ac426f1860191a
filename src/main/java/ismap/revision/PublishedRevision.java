package ismap.revision;

import java.time.Instant;

/** A published revision without its files. @param publishedAt by the database's clock */
public record PublishedRevision(String id, String digest, String filesDigest, String note, Instant publishedAt) {}
