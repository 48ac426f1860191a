package ismap.revision;

import java.time.Instant;

/**
 * A published revision without its files.
 *
 * @param sequence the order of publication; later is larger
 * @param publishedAt by the database's clock
 */
public record Head(String id, long sequence, String digest, String filesDigest, Instant publishedAt) {}
