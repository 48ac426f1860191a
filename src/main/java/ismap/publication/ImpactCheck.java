package ismap.publication;

import ismap.decision.Bilingual;
import ismap.decision.Place;
import ismap.decision.Problem;
import ismap.evaluation.Impact;
import ismap.evaluation.ImpactReport;
import ismap.ledger.RecordSearch;
import ismap.regression.Acknowledgement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How many of the newest records the draft would decide otherwise: never a bar, for what was decided stays decided; but to be known. */
public final class ImpactCheck implements Check {

    static final String DIFFERENT = "RECORDS_DECIDED_OTHERWISE";

    private final RecordSearch search;
    private final int most;
    private final Acknowledgement.Reader acknowledgements;
    private final Supplier<LocalDate> today;

    /** @param most so many of the newest records are looked at */
    public ImpactCheck(
            RecordSearch search, int most, Acknowledgement.Reader acknowledgements, Supplier<LocalDate> today) {
        this.search = search;
        this.most = most;
        this.acknowledgements = acknowledgements;
        this.today = today;
    }

    @Override
    public String name() {
        return "impact";
    }

    @Override
    public Result run(Subject subject, Progress progress) {
        var details = new LinkedHashMap<String, @Nullable Object>();
        var problems = new ArrayList<Problem>();
        if (subject.checked().rulebook().isEmpty()) {
            details.put("examined", 0);
            return new Result(problems, details);
        }
        Optional<Impact> base =
                subject.base().filter(read -> read.rulebook().isPresent()).map(read -> new Impact(read.plans()));
        ImpactReport report = new ImpactReport(new Impact(subject.checked().plans()), base)
                .newest(search, most, done -> progress.at(done, most));
        var accepted =
                new Acknowledgements(acknowledgements.read(subject.files()).acknowledgements(), today.get());
        report.byDecision().forEach((decision, count) -> {
            Problem problem = otherwise(decision, count);
            if (accepted.of(problem).isEmpty()) {
                problems.add(problem);
            }
        });
        details.putAll(report.form());
        return new Result(problems, details);
    }

    private static Problem otherwise(String decision, int count) {
        return Problem.warning(
                        DIFFERENT,
                        new Place.Cell(decision + ".xlsx", "", ""),
                        new Bilingual(
                                "「%s」の記録のうち%d件は、この改定版では答えが変わります。".formatted(decision, count),
                                "%d records of %s would be answered otherwise.".formatted(count, decision)),
                        new Bilingual(
                                "検査結果の impact で、どの記録がどの行によって変わるかを確かめてください。記録された判定は変わりません。",
                                "See under impact which they are, and by which row. What is on record stays as it is."))
                .value(String.valueOf(count));
    }
}
