package ismap.publication;

import ismap.decision.Bilingual;
import ismap.decision.Place;
import ismap.decision.Problem;
import ismap.regression.Acknowledgement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The acknowledgements of a revision on one day, and which of them were needed. */
final class Acknowledgements {

    private final List<Acknowledgement> all;
    private final LocalDate day;
    private final Set<Acknowledgement> used = new LinkedHashSet<>();
    private final Set<Acknowledgement> tooLate = new LinkedHashSet<>();

    Acknowledgements(List<Acknowledgement> all, LocalDate day) {
        this.all = all;
        this.day = day;
    }

    /** The one that accepts this by its name, and no other. */
    Optional<Acknowledgement> byName(String problem, String name) {
        return find(problem, each -> each.region().equals(name));
    }

    /** The one that accepts this at one of its places, or in the sheet or workbook of one, or everywhere. */
    Optional<Acknowledgement> of(Problem problem) {
        return find(
                problem.code(),
                each -> each.region().isEmpty()
                        || problem.places().stream().anyMatch(place -> isIn(place, each.region())));
    }

    private static boolean isIn(Place place, String region) {
        return place.toString().equals(region)
                || (place instanceof Place.Cell cell
                        && (cell.workbook().equals(region)
                                || new Place.Cell(cell.workbook(), cell.sheet(), "")
                                        .toString()
                                        .equals(region)))
                || (place instanceof Place.Line line && line.file().equals(region));
    }

    private Optional<Acknowledgement> find(String problem, java.util.function.Predicate<Acknowledgement> fits) {
        List<Acknowledgement> fitting = all.stream()
                .filter(each -> each.problem().equals(problem) && fits.test(each))
                .toList();
        Optional<Acknowledgement> counting =
                fitting.stream().filter(each -> each.countsOn(day)).findFirst();
        counting.ifPresent(used::add);
        if (counting.isEmpty()) {
            tooLate.addAll(fitting);
        }
        return counting;
    }

    int used() {
        return used.size();
    }

    /**
     * What is to be said of those that accepted nothing.
     *
     * @param elsewhere codes that others look for
     */
    List<Problem> leftOver(Set<String> elsewhere) {
        var problems = new ArrayList<Problem>();
        for (Acknowledgement each : all) {
            if (tooLate.contains(each) && !used.contains(each)) {
                problems.add(Problem.warning(
                                "ACKNOWLEDGEMENT_EXPIRED",
                                each.place(),
                                new Bilingual(
                                        "「%s」の承認は %s までのもので、もう効力がありません。".formatted(name(each), each.until()),
                                        "The acknowledgement of %s counted until %s."
                                                .formatted(name(each), each.until())),
                                new Bilingual(
                                        "改めて承認するなら until を先の日にし、そうでなければ行を削除してください。",
                                        "Set a later day if it is accepted again; otherwise delete the row."))
                        .value(each.until().toString()));
            } else if (!used.contains(each) && !elsewhere.contains(each.problem())) {
                problems.add(Problem.warning(
                                "ACKNOWLEDGEMENT_UNUSED",
                                each.place(),
                                new Bilingual(
                                        "「%s」に当たるものはありません。".formatted(name(each)),
                                        "There is no %s that could be accepted.".formatted(name(each))),
                                new Bilingual(
                                        "problem と region を確かめ、要らなければ行を削除してください。",
                                        "Look at problem and region; delete the row if nothing needs it."))
                        .value(name(each)));
            }
        }
        return List.copyOf(problems);
    }

    private static String name(Acknowledgement acknowledgement) {
        return (acknowledgement.problem() + " " + acknowledgement.region()).strip();
    }
}
