package ismap.pages;

import ismap.rulebook.DecisionDefinition;
import java.util.List;

/** @param decisions those of the revision in force; none where there is none */
public record HomePage(List<DecisionDefinition> decisions) {
    public HomePage {
        decisions = List.copyOf(decisions);
    }
}
