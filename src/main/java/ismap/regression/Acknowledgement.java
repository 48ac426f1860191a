package ismap.regression;

import ismap.decision.Place;
import ismap.decision.Problem;
import ismap.rulebook.RulebookFiles;
import java.time.LocalDate;
import java.util.List;

/**
 * Somebody's word that something which is told as a problem is as it should be. It belongs to a revision's files and not to what they mean:
 * the digest of the rulebook is the same with and without it.
 *
 * @param problem the code of what is accepted, {@code SCENARIO_DECIDED_OTHERWISE}
 * @param region what is accepted of it: a scenario ({@code service-validity SV-001}), or a workbook, sheet or cell; blank for all
 * @param clause document and clause on which that rests; blank where none is meant
 * @param until the last day on which it counts; far away where none is named
 * @param place the cell of the problem
 */
public record Acknowledgement(
        String problem, String region, String reason, String clause, String who, LocalDate until, Place place) {

    public boolean countsOn(LocalDate day) {
        return !day.isAfter(until);
    }

    /** What was read of them. */
    public record Read(List<Acknowledgement> acknowledgements, List<Problem> problems) {
        public static final Read NOTHING = new Read(List.of(), List.of());

        public Read {
            acknowledgements = List.copyOf(acknowledgements);
            problems = List.copyOf(problems);
        }
    }

    /** Reads those of a rulebook's files; none where there is no such file. Never throws for what a file holds. */
    @FunctionalInterface
    public interface Reader {
        Read read(RulebookFiles files);
    }
}
