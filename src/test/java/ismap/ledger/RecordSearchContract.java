package ismap.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ismap.revision.NewRevisions;
import ismap.revision.RevisionStore;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How records are found again, whatever keeps them. A decision of its own tells the records of a test from others. */
public abstract class RecordSearchContract {

    private static final LocalDate DAY = LocalDate.of(2025, 4, 1);

    protected abstract Ledger ledger();

    protected abstract RecordSearch search();

    protected abstract RevisionStore revisions();

    private final String decision = "d-" + UUID.randomUUID();
    private String revision = "";

    @BeforeEach
    void publishARevision() {
        revision = revisions().publish(NewRevisions.some()).id();
    }

    @Test
    void aSummarySaysWhoDecidedWhatWhenAndWhatCorrectsIt() {
        Receipt wrong = add("NO", DAY, null, "S-1", null, null, "[]");
        Receipt right = correct(wrong, "YES");

        assertThat(find(mine())).hasSize(2).first().satisfies(summary -> {
            assertThat(summary.id()).isEqualTo(right.id());
            assertThat(summary.supersedes()).contains(wrong.id());
            assertThat(summary.supersededBy()).isEmpty();
        });
        assertThat(find(mine()).get(1))
                .isEqualTo(new RecordSummary(
                        wrong.id(),
                        wrong.seal().sequence(),
                        wrong.recordedAt(),
                        "desk",
                        decision,
                        "NO",
                        DAY,
                        DAY.plusDays(1),
                        revision,
                        null,
                        "S-1",
                        null,
                        null,
                        Optional.empty(),
                        Optional.of(right.id())));
    }

    @Test
    void theOutcomeIsAFilter() {
        add("NO", DAY);
        Receipt yes = add("YES", DAY);

        assertThat(ids(with(filter -> filter.outcome = Optional.of("YES")))).containsExactly(yes.id());
    }

    @Test
    void theRevisionIsAFilter() {
        add("NO", DAY);
        String first = revision;
        publishARevision();
        Receipt second = add("NO", DAY);

        assertThat(ids(mine().under(revision))).containsExactly(second.id());
        assertThat(ids(mine().under(first))).hasSize(1).doesNotContain(second.id());
    }

    @Test
    void aReferenceIsOfAnyKind() {
        String name = "x-" + UUID.randomUUID();
        var all = List.of(
                add("A", DAY, name, null, null, null, "[]"),
                add("A", DAY, null, name, null, null, "[]"),
                add("A", DAY, null, null, name, null, "[]"),
                add("A", DAY, "other", null, null, name, "[]"));
        add("A", DAY, name + "-", "s", "t", "u", "[]");

        assertThat(ids(with(filter -> filter.reference = Optional.of(name))))
                .containsExactlyInAnyOrderElementsOf(
                        all.stream().map(Receipt::id).toList());
    }

    @Test
    void theFirstDayIsIncludedAndTheLastIsNot() {
        add("A", DAY.minusDays(1));
        Receipt first = add("A", DAY);
        Receipt second = add("A", DAY.plusDays(1));
        add("A", DAY.plusDays(2));

        assertThat(ids(with(filter -> {
                    filter.applicableFrom = Optional.of(DAY);
                    filter.applicableUntil = Optional.of(DAY.plusDays(2));
                })))
                .containsExactly(second.id(), first.id());
    }

    @Test
    void theTimeOfRecordingIsAFilter() {
        Receipt first = add("A", DAY);
        Receipt second = add("A", DAY);

        assertThat(ids(with(filter -> filter.recordedFrom = Optional.of(first.recordedAt()))))
                .contains(first.id(), second.id());
        assertThat(ids(with(filter ->
                        filter.recordedFrom = Optional.of(second.recordedAt().plusSeconds(60)))))
                .isEmpty();
        assertThat(ids(with(filter ->
                        filter.recordedUntil = Optional.of(second.recordedAt().plusSeconds(60)))))
                .contains(first.id(), second.id());
        assertThat(ids(with(filter -> filter.recordedUntil = Optional.of(first.recordedAt()))))
                .isEmpty();
    }

    @Test
    void aRuleIsFoundWhereItSaidMoreThanNotApplicable() {
        Receipt satisfied = add("A", DAY, null, null, null, null, "[" + finding("R-1", "SATISFIED", "3.5") + "]");
        Receipt failed = add(
                "A",
                DAY,
                null,
                null,
                null,
                null,
                "[" + finding("R-2", "NOT_APPLICABLE", "4") + "," + finding("R-1", "NOT_SATISFIED", "3.5") + "]");
        add("A", DAY, null, null, null, null, "[" + finding("R-1", "NOT_APPLICABLE", "3.5") + "]");

        assertThat(ids(with(filter -> filter.rule = Optional.of("R-1")))).containsExactly(failed.id(), satisfied.id());
        assertThat(ids(with(filter -> filter.rule = Optional.of("R-2")))).isEmpty();
        assertThat(ids(with(filter -> filter.rule = Optional.of("R-")))).isEmpty();
    }

    @Test
    void aClauseIsFoundWhereSuchAFindingCitesIt() {
        Receipt cites = add("A", DAY, null, null, null, null, "[" + finding("R-1", "SATISFIED", "3.5") + "]");
        add("A", DAY, null, null, null, null, "[" + finding("R-1", "NOT_APPLICABLE", "3.5") + "]");
        add("A", DAY, null, null, null, null, "[" + finding("R-1", "SATISFIED", "3.50") + "]");

        assertThat(ids(with(filter -> filter.clause = Optional.of("basic-regulations 3.5"))))
                .containsExactly(cites.id());
        assertThat(ids(with(filter -> {
                    filter.clause = Optional.of("basic-regulations 3.5");
                    filter.rule = Optional.of("R-2");
                })))
                .isEmpty();
    }

    @Test
    void filtersAllHold() {
        Receipt one = add("YES", DAY, "a-1", null, null, null, "[]");
        add("NO", DAY, "a-1", null, null, null, "[]");
        add("YES", DAY.plusYears(1), "a-1", null, null, null, "[]");

        assertThat(ids(with(filter -> {
                    filter.outcome = Optional.of("YES");
                    filter.reference = Optional.of("a-1");
                    filter.applicableUntil = Optional.of(DAY.plusDays(1));
                })))
                .containsExactly(one.id());
    }

    @Test
    void pagesAreCompleteWithoutDoublesWhileRecordsAreAdded() {
        var before = new ArrayList<UUID>();
        for (int i = 0; i < 47; i++) {
            before.add(add("A", DAY).id());
        }
        var seen = new ArrayList<UUID>();
        long after = RecordSearch.END;
        List<RecordSummary> page;
        do {
            add("A", DAY);
            page = search().newestFirst(mine(), after, 10);
            for (RecordSummary summary : page) {
                seen.add(summary.id());
                after = summary.sequence();
            }
        } while (page.size() == 10);

        assertThat(seen).doesNotHaveDuplicates().containsAll(before).hasSize(48);
    }

    @Test
    void theOldestFirstComeWithAllThatIsOnRecord() {
        Receipt first = add("A", DAY);
        Receipt second = add("B", DAY);
        Receipt third = add("C", DAY);

        assertThat(search().receipts(mine(), RecordSearch.START, 2))
                .usingRecursiveComparison()
                .isEqualTo(List.of(first, second));
        assertThat(search().oldestFirst(mine(), second.seal().sequence(), 2))
                .extracting(RecordSummary::id)
                .containsExactly(third.id());
    }

    // ---- records

    /** A filter that is being written. */
    private static final class Draft {
        private Optional<String> outcome = Optional.empty();
        private Optional<String> rule = Optional.empty();
        private Optional<String> clause = Optional.empty();
        private Optional<String> reference = Optional.empty();
        private Optional<LocalDate> applicableFrom = Optional.empty();
        private Optional<LocalDate> applicableUntil = Optional.empty();
        private Optional<java.time.Instant> recordedFrom = Optional.empty();
        private Optional<java.time.Instant> recordedUntil = Optional.empty();
    }

    private RecordFilter with(java.util.function.Consumer<Draft> change) {
        var draft = new Draft();
        change.accept(draft);
        return new RecordFilter(
                Optional.of(decision),
                draft.outcome,
                draft.rule,
                draft.clause,
                draft.reference,
                draft.applicableFrom,
                draft.applicableUntil,
                draft.recordedFrom,
                draft.recordedUntil,
                Optional.empty());
    }

    private RecordFilter mine() {
        return with(draft -> {});
    }

    private List<RecordSummary> find(RecordFilter filter) {
        return search().newestFirst(filter, RecordSearch.END, 100);
    }

    private List<UUID> ids(RecordFilter filter) {
        return find(filter).stream().map(RecordSummary::id).toList();
    }

    private Receipt add(String outcome, LocalDate applicableDay) {
        return add(outcome, applicableDay, null, null, null, null, "[]");
    }

    private Receipt add(
            String outcome,
            LocalDate applicableDay,
            @Nullable String application,
            @Nullable String service,
            @Nullable String applicant,
            @Nullable String assessor,
            String findings) {
        return ledger().append(new NewRecord(
                UUID.randomUUID(),
                "desk",
                null,
                decision,
                outcome,
                applicableDay,
                applicableDay.plusDays(1),
                revision,
                application,
                service,
                applicant,
                assessor,
                null,
                null,
                "{}".getBytes(UTF_8),
                ("{\"findings\":" + findings + "}").getBytes(UTF_8)));
    }

    private Receipt correct(Receipt wrong, String outcome) {
        return ledger().append(new NewRecord(
                UUID.randomUUID(),
                "desk",
                null,
                decision,
                outcome,
                DAY,
                DAY,
                revision,
                null,
                null,
                null,
                null,
                wrong.id(),
                "a slip",
                "{}".getBytes(UTF_8),
                "{}".getBytes(UTF_8)));
    }

    private static String finding(String rule, String status, String clause) {
        return "{\"rule\":\"%s\",\"status\":\"%s\",\"citation\":{\"document\":\"basic-regulations\",\"clause\":\"%s\"}}"
                .formatted(rule, status, clause);
    }
}
