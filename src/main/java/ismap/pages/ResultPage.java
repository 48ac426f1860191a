package ismap.pages;

import ismap.decision.Bilingual;
import java.util.List;
import java.util.Optional;

/**
 * The result on its page.
 *
 * @param other the same case under another day or revision
 * @param otherDay as it was typed
 * @param otherRevision the id of the one that was chosen; blank for that in force
 * @param revisions to choose from, that in force left out
 * @param differences what differs between the two
 * @param ways what else can be done with it
 */
public record ResultPage(
        SelfCheckFrame frame,
        ResultView result,
        Optional<ResultView> other,
        String otherDay,
        String otherRevision,
        List<Choice> revisions,
        Optional<Bilingual> mistake,
        List<Difference> differences,
        List<Way> ways) {

    /** A further use of the answers: a form that carries them to a page below this self-check. */
    public record Way(String path, Bilingual label) {}

    /** A published revision. */
    public record Choice(String id, Bilingual label) {}

    public record Difference(String rule, Bilingual title, Bilingual here, Bilingual there) {}

    public ResultPage {
        revisions = List.copyOf(revisions);
        differences = List.copyOf(differences);
        ways = List.copyOf(ways);
    }
}
