package ismap.pages;

import ismap.decision.Bilingual;
import java.util.List;
import java.util.Optional;

/**
 * One question.
 *
 * @param number of the question
 * @param most how many there are at most
 * @param field what to enter; empty for a list of groups
 * @param groups for a list with fields: its elements
 * @param absent what leaving it out means; the words for that answer
 * @param why the rules that need it
 * @param knownBy who would know, where somebody else than the reader does
 * @param back the page before
 * @param mistakes in what was entered
 */
public record QuestionPage(
        SelfCheckFrame frame,
        String fact,
        Bilingual question,
        Bilingual help,
        Bilingual label,
        int number,
        int most,
        Optional<QuestionField> field,
        List<List<QuestionField>> groups,
        Absent absent,
        List<Why> why,
        Optional<Bilingual> knownBy,
        String back,
        boolean fromAnswers,
        List<Mistake> mistakes) {

    /** What is said where there is no answer. */
    public enum Absent {
        /** It is not known. */
        UNKNOWN,
        /** It did not happen, or there is none. */
        NONE
    }

    /** @param page of the rule */
    public record Why(String rule, Bilingual name, Bilingual citation, String page) {}

    /** @param target the element of the page that it is about */
    public record Mistake(String target, Bilingual message) {}

    public QuestionPage {
        groups = List.copyOf(groups);
        why = List.copyOf(why);
        mistakes = List.copyOf(mistakes);
    }

    public QuestionPage withField(QuestionField only) {
        return with(Optional.of(only), groups);
    }

    public QuestionPage withGroups(List<List<QuestionField>> all) {
        return with(field, all);
    }

    private QuestionPage with(Optional<QuestionField> only, List<List<QuestionField>> all) {
        return new QuestionPage(
                frame,
                fact,
                question,
                help,
                label,
                number,
                most,
                only,
                all,
                absent,
                why,
                knownBy,
                back,
                fromAnswers,
                mistakes);
    }

    public Bilingual otherwise() {
        return absent == Absent.UNKNOWN
                ? Said.UNKNOWN
                : new Bilingual("ない・まだ起きていない", "There is none, or it has not happened");
    }
}
