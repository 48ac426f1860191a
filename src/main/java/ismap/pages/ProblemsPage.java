package ismap.pages;

import ismap.decision.ProblemText;
import java.util.List;

/**
 * All problems.
 *
 * @param kinds answers that are problems as a whole
 * @param codes single problems, of a request or of a rulebook
 */
public record ProblemsPage(List<ProblemPage> kinds, List<ProblemText> codes) {
    public ProblemsPage {
        kinds = List.copyOf(kinds);
        codes = List.copyOf(codes);
    }
}
