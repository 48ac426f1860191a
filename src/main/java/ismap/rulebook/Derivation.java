package ismap.rulebook;

import ismap.decision.Bilingual;
import ismap.decision.Citation;
import java.util.Optional;

/** A fact that follows from others. Named {@code list.name}, it follows for each element of that list. */
public record Derivation(
        String fact,
        Expression expression,
        Optional<Citation> citation,
        Optional<String> assumption,
        Bilingual label,
        String note) {}
