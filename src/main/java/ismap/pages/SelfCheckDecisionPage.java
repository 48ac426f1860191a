package ismap.pages;

import ismap.decision.Bilingual;
import java.util.List;
import java.util.Optional;

/**
 * Before the first question.
 *
 * @param questions how many facts it may ask for at most
 * @param labels what these facts are called
 * @param begun how many were answered already
 * @param mistake what is wrong with answers that were to be taken up again, or with their code
 */
public record SelfCheckDecisionPage(
        SelfCheckFrame frame,
        int questions,
        List<Bilingual> labels,
        int begun,
        List<SelfCheckStartPage.Text> texts,
        Optional<Mistake> mistake,
        Standing standing) {

    public record Mistake(String target, Bilingual message) {}

    public int minutes() {
        return Math.max(2, (questions + 1) / 2);
    }
}
