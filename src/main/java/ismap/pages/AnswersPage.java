package ismap.pages;

import ismap.decision.Bilingual;
import java.util.List;
import java.util.Optional;

/**
 * What was answered, to look at before the result.
 *
 * @param more what the check reads and nobody answered; left out, it reads as none
 * @param settled whether nothing that is open could change the outcome
 */
public record AnswersPage(
        SelfCheckFrame frame,
        List<Row> rows,
        List<Open> open,
        List<Row> more,
        boolean settled,
        String asOf,
        Bilingual day,
        Optional<Bilingual> mistake) {

    /** @param page where it is changed */
    public record Row(String fact, Bilingual name, Bilingual question, Bilingual value, String page) {}

    /** A fact that could still change the outcome. */
    public record Open(String fact, Bilingual name, Bilingual knownBy, String page) {}

    public AnswersPage {
        rows = List.copyOf(rows);
        open = List.copyOf(open);
        more = List.copyOf(more);
    }
}
