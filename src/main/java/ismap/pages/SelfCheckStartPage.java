package ismap.pages;

import ismap.decision.Bilingual;
import java.util.List;

/**
 * What there is to check.
 *
 * @param texts the documents that the rules of the menu cite
 */
public record SelfCheckStartPage(List<Choice> menu, List<Text> texts, Standing standing) {

    /** @param questions how many facts it may ask for at most */
    public record Choice(String decision, Bilingual title, Bilingual question, int questions, String page) {}

    /** @param edition blank where the text was not obtained */
    public record Text(Bilingual title, String edition, String source) {}

    public SelfCheckStartPage {
        menu = List.copyOf(menu);
        texts = List.copyOf(texts);
    }
}
