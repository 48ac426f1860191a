package ismap.decision;

/** Where a rule is written: a document of the clause register, its clause, and the edition (a day, or blank where none was seen). */
public record Citation(String document, String clause, String edition) {}
