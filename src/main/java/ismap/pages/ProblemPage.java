package ismap.pages;

import ismap.decision.ProblemText;
import java.util.Optional;

/** @param status of an answer that is a problem as a whole */
public record ProblemPage(ProblemText text, Optional<Integer> status) {}
