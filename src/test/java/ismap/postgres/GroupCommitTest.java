package ismap.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ismap.ledger.LedgerFull;
import ismap.ledger.NewRecord;
import ismap.ledger.NewRecords;
import ismap.ledger.Receipt;
import ismap.ledger.Seal;
import ismap.ledger.StorageUnavailable;
import ismap.postgres.DatabaseSettings.Server;
import ismap.postgres.FaultProxy.Fault;
import ismap.revision.NewRevisions;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the sealer does when many come at once, and when the database fails it. */
@Tag("alone")
@Tag("database")
@ExtendWith(PostgresExtension.class)
final class GroupCommitTest {

    private final Database database;
    private String revision = "";

    GroupCommitTest(Database database) {
        this.database = database;
    }

    @BeforeEach
    void publish() {
        revision = database.revisions().publish(NewRevisions.some()).id();
    }

    @Test
    void manyAtOnceStandInOneChainWithoutAGap() {
        var submitted = new ArrayList<CompletableFuture<Receipt>>();
        for (int i = 0; i < 600; i++) {
            submitted.add(database.ledger().submit(NewRecords.minimal(revision)));
        }
        List<Receipt> receipts = submitted.stream()
                .map(CompletableFuture::join)
                .sorted(Comparator.comparing(receipt -> receipt.seal().sequence()))
                .toList();

        for (int i = 1; i < receipts.size(); i++) {
            Seal seal = receipts.get(i).seal();
            Seal before = receipts.get(i - 1).seal();
            assertThat(seal.sequence()).isEqualTo(before.sequence() + 1);
            assertThat(seal.previous()).isEqualTo(before.hash());
            assertThat(seal.recordedAt()).isAfterOrEqualTo(before.recordedAt());
        }
        assertThat(receipts.stream().map(Receipt::recordedAt).distinct().count())
                .as("transactions")
                .isLessThan(60);
    }

    @Test
    void twoInstancesTakeTurnsAndTheChainStaysOne() throws Exception {
        try (var other = Database.connect(null, database.server())) {
            var submitted = new ArrayList<CompletableFuture<Receipt>>();
            for (int i = 0; i < 200; i++) {
                submitted.add((i % 2 == 0 ? database : other).ledger().submit(NewRecords.minimal(revision)));
                if (i % 20 == 0) {
                    Thread.sleep(1);
                }
            }
            List<Receipt> receipts = submitted.stream()
                    .map(CompletableFuture::join)
                    .sorted(Comparator.comparing(receipt -> receipt.seal().sequence()))
                    .toList();
            for (int i = 1; i < receipts.size(); i++) {
                assertThat(receipts.get(i).seal().previous())
                        .isEqualTo(receipts.get(i - 1).seal().hash());
            }
        }
    }

    @Test
    void aKeyTwiceInOneGroupIsOneRecord() {
        String key = UUID.randomUUID().toString();
        NewRecord first = keyed(key);
        NewRecord second = keyed(key);
        var receipts = List.of(
                database.ledger().submit(first),
                database.ledger().submit(second),
                database.ledger().submit(keyed(key)));

        assertThat(receipts.stream().map(CompletableFuture::join).map(Receipt::id))
                .containsOnly(receipts.get(0).join().id());
        assertThat(database.ledger().append(keyed(key)).id())
                .isEqualTo(receipts.get(0).join().id());
        assertThat(database.ledger().find(first.recordedBy(), key)).isPresent();
        assertThat(database.ledger().find("somebody else", key)).isEmpty();
    }

    @Test
    void oneThatIsRefusedTakesNobodyWithIt() {
        var good = new ArrayList<CompletableFuture<Receipt>>();
        var bad = new ArrayList<CompletableFuture<Receipt>>();
        for (int i = 0; i < 20; i++) {
            good.add(database.ledger().submit(NewRecords.minimal(revision)));
            bad.add(database.ledger().submit(NewRecords.correcting(UUID.randomUUID(), "of nothing", revision)));
            bad.add(database.ledger().submit(NewRecords.minimal("never published")));
        }

        assertThat(good)
                .allSatisfy(each -> assertThat(each.join().seal().sequence()).isPositive());
        assertThat(bad)
                .allSatisfy(each -> assertThatThrownBy(each::join)
                        .isInstanceOf(CompletionException.class)
                        .hasCauseInstanceOf(IllegalArgumentException.class));
    }

    @Test
    void aCommitWhoseAnswerIsLostIsLookedUpAndNotMadeTwice() throws Exception {
        try (var proxy = proxy();
                var through = Database.connect(null, by(proxy))) {
            proxy.set(Fault.LOSE_THE_ANSWER_TO_A_COMMIT);
            NewRecord record = NewRecords.minimal(revision);

            Receipt receipt = through.ledger().append(record);

            assertThat(proxy.isDone()).as("the answer was lost").isTrue();
            assertThat(receipt.id()).isEqualTo(record.id());
            assertThat(database.ledger().find(record.id()).orElseThrow().seal().hash())
                    .isEqualTo(receipt.seal().hash());
        }
    }

    @Test
    void aDatabaseThatIsCutOffIsSaidToBeGoneWithinASecondAndIsUsedAgainWhenItIsBack() throws Exception {
        try (var proxy = proxy();
                var through = Database.connect(null, by(proxy))) {
            through.ledger().append(NewRecords.minimal(revision));
            proxy.set(Fault.CUT);
            long start = System.nanoTime();
            assertThatThrownBy(() -> through.ledger().append(NewRecords.minimal(revision)))
                    .isInstanceOf(StorageUnavailable.class);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(1500));

            proxy.set(Fault.NONE);
            assertThat(recordedWithin(through, Duration.ofSeconds(5))).isTrue();
        }
    }

    @Test
    void aConnectionThatStallsWhileItHoldsTheLockHoldsOthersForASecondOrTwo() throws Exception {
        try (Connection holder =
                TestPostgres.connect(database.server().url(), database.server().service())) {
            holder.setAutoCommit(false);
            new RecordRows(holder).lock();
            // And now it does nothing at all.
            assertThat(recordedWithin(database, Duration.ofSeconds(6))).isTrue();
        } catch (SQLException thrownOut) {
            // The server has closed the holder's connection, so that closing it may fail.
        }
    }

    @Test
    void aConnectionThatStallsIsGivenUp() throws Exception {
        try (var proxy = proxy();
                var through = Database.connect(null, by(proxy))) {
            through.ledger().append(NewRecords.minimal(revision));
            proxy.set(Fault.STALL);
            NewRecord lost = NewRecords.minimal(revision);
            long start = System.nanoTime();
            assertThatThrownBy(() -> through.ledger().append(lost)).isInstanceOf(StorageUnavailable.class);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(6));

            assertThat(recordedWithin(database, Duration.ofSeconds(6)))
                    .as("others go on meanwhile")
                    .isTrue();
            proxy.set(Fault.NONE);
            assertThat(recordedWithin(through, Duration.ofSeconds(6))).isTrue();
            assertThat(database.ledger().find(lost.id())).isEmpty();
        }
    }

    @Test
    void whenTooManyWaitFurtherOnesAreSentAway() throws Exception {
        try (Connection holder =
                TestPostgres.connect(database.server().url(), database.server().service())) {
            holder.setAutoCommit(false);
            new RecordRows(holder).lock();
            var waiting = new ArrayList<CompletableFuture<Receipt>>();

            assertThatThrownBy(() -> {
                        for (int i = 0; i < 2 * GroupCommit.CAPACITY + 512; i++) {
                            waiting.add(database.ledger().submit(NewRecords.minimal(revision)));
                        }
                    })
                    .isInstanceOf(LedgerFull.class);
            holder.rollback();
            waiting.forEach(
                    each -> assertThat(each.handle((receipt, failure) -> true).join())
                            .as("everybody is told something")
                            .isTrue());
        }
        assertThat(recordedWithin(database, Duration.ofSeconds(5))).isTrue();
    }

    private boolean recordedWithin(Database where, Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() < end) {
            try {
                where.ledger().append(NewRecords.minimal(revision));
                return true;
            } catch (StorageUnavailable notYet) {
                Thread.sleep(50);
            }
        }
        return false;
    }

    private NewRecord keyed(String key) {
        NewRecord plain = NewRecords.minimal(revision);
        return new NewRecord(
                plain.id(),
                plain.recordedBy(),
                key,
                plain.decision(),
                plain.outcome(),
                plain.applicableDay(),
                plain.asOf(),
                plain.revisionId(),
                null,
                null,
                null,
                null,
                null,
                null,
                "{}".getBytes(UTF_8),
                plain.answer());
    }

    private FaultProxy proxy() throws IOException {
        return new FaultProxy(Objects.requireNonNull(database.embedded()).port());
    }

    private Server by(FaultProxy proxy) {
        Server server = database.server();
        int port = Objects.requireNonNull(database.embedded()).port();
        return new Server(
                server.url().replace(":" + port + "/", ":" + proxy.port() + "/"), server.service(), server.migration());
    }
}
