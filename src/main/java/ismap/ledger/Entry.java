package ismap.ledger;

/** What stands at a position of the chain: a decision with its receipt, or the redaction of one. */
public sealed interface Entry permits Receipt, Redaction {

    /** Its place. */
    Seal seal();
}
