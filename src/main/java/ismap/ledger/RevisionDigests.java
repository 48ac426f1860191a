package ismap.ledger;

/**
 * What a record binds of the revision it was decided under.
 *
 * @param digest over the rulebook's canonical form
 * @param filesDigest over the bytes of its files
 */
public record RevisionDigests(String id, String digest, String filesDigest) {}
