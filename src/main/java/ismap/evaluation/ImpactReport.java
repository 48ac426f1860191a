package ismap.evaluation;

import ismap.evaluation.Impact.Different;
import ismap.evaluation.Impact.Effect;
import ismap.evaluation.Impact.OtherFinding;
import ismap.evaluation.Impact.Same;
import ismap.evaluation.Impact.Undecidable;
import ismap.ledger.Receipt;
import ismap.ledger.RecordFilter;
import ismap.ledger.RecordSearch;
import ismap.ledger.RecordSummary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** How many records a rulebook would decide otherwise, which, and by what. Equal records give equal reports. */
public final class ImpactReport {

    /** So many of the newest records are looked at, where nothing else is said. */
    public static final int RECORDS = 2_000;

    /** So many are named. */
    public static final int LISTED = 100;

    private static final int PAGE = 100;

    private record Named(Recorded record, Different effect) {}

    private final Impact impact;
    private final Optional<Impact> base;
    private int examined;
    private int same;
    private int different;
    private int otherOutcome;
    private int already;
    private final Map<String, Integer> undecidable = new TreeMap<>();
    private final Map<String, Integer> decisions = new TreeMap<>();
    private final Map<String, Integer> transitions = new TreeMap<>();
    private final Map<String, Integer> clauses = new TreeMap<>();
    private final Map<String, Integer> rows = new TreeMap<>();
    private final List<Named> named = new ArrayList<>();

    /** @param base what the rulebook was made from: where it answers as the new one does, the difference is an older one */
    public ImpactReport(Impact impact, Optional<Impact> base) {
        this.impact = impact;
        this.base = base;
    }

    /**
     * Adds the newest records, oldest first. What is recorded meanwhile is left out.
     *
     * @param progress told how many are looked at
     * @throws ismap.ledger.StorageUnavailable where the database cannot be asked
     */
    public ImpactReport newest(RecordSearch search, int most, LongConsumer progress) {
        List<RecordSummary> newest = search.newestFirst(RecordFilter.NONE, RecordSearch.END, most);
        if (newest.isEmpty()) {
            return this;
        }
        long last = newest.get(0).sequence();
        long after = newest.get(newest.size() - 1).sequence() - 1;
        List<Receipt> page;
        do {
            page = search.receipts(RecordFilter.NONE, after, PAGE);
            for (Receipt receipt : page) {
                after = receipt.seal().sequence();
                if (after <= last) {
                    add(Recorded.of(receipt));
                }
            }
            progress.accept(examined);
        } while (page.size() == PAGE && after < last);
        return this;
    }

    public Effect add(Recorded record) {
        examined++;
        Effect effect = impact.on(record);
        if (effect instanceof Same) {
            same++;
        } else if (effect instanceof Undecidable undecided) {
            undecidable.merge(undecided.code(), 1, Integer::sum);
        } else {
            different(record, (Different) effect);
        }
        return effect;
    }

    private void different(Recorded record, Different effect) {
        if (base.map(earlier -> effect.equals(earlier.on(record))).orElse(false)) {
            already++;
            return;
        }
        different++;
        otherOutcome += effect.changesOutcome() ? 1 : 0;
        decisions.merge(record.decision(), 1, Integer::sum);
        transitions.merge(record.decision() + ": " + effect.before() + " → " + effect.after(), 1, Integer::sum);
        effect.findings().stream()
                .map(OtherFinding::clause)
                .distinct()
                .forEach(clause -> clauses.merge(clause, 1, Integer::sum));
        effect.findings().stream()
                .map(finding -> "%s: %s → %s"
                        .formatted(
                                finding.rule().replaceAll("\\[.*]$", "[]"),
                                finding.before().isEmpty() ? "-" : finding.before(),
                                finding.after().isEmpty() ? "-" : finding.after()))
                .distinct()
                .forEach(row -> rows.merge(row, 1, Integer::sum));
        // The newest are named: they were decided last, and are the ones that somebody may still act on.
        named.add(new Named(record, effect));
        if (named.size() > LISTED) {
            named.remove(0);
        }
    }

    public int examined() {
        return examined;
    }

    /** Those that the rulebook decides otherwise, and its base does not. */
    public int different() {
        return different;
    }

    public int otherOutcome() {
        return otherOutcome;
    }

    public Map<String, Integer> byDecision() {
        return new LinkedHashMap<>(decisions);
    }

    public int undecidable() {
        return undecidable.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Counts first; the records named are the newest, the newest first. */
    public Map<String, @Nullable Object> form() {
        var form = new LinkedHashMap<String, @Nullable Object>();
        form.put("examined", examined);
        form.put("same", same);
        form.put("different", different);
        form.put("otherOutcome", otherOutcome);
        form.put("already", already);
        form.put("undecidable", undecidable());
        form.put("undecidableBy", new LinkedHashMap<>(undecidable));
        form.put("byDecision", new LinkedHashMap<>(decisions));
        form.put("byOutcome", new LinkedHashMap<>(transitions));
        form.put("byClause", new LinkedHashMap<>(clauses));
        form.put("byRow", new LinkedHashMap<>(rows));
        var list = new ArrayList<Map<String, @Nullable Object>>();
        for (int i = named.size() - 1; i >= 0; i--) {
            var entry = new LinkedHashMap<String, @Nullable Object>();
            entry.put("id", named.get(i).record().id().toString());
            entry.put("sequence", named.get(i).record().sequence());
            entry.put("decision", named.get(i).record().decision());
            entry.putAll(named.get(i).effect().form());
            list.add(entry);
        }
        form.put("records", list);
        return form;
    }
}
