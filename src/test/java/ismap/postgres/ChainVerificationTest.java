package ismap.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import ismap.evaluation.Audit;
import ismap.ledger.Cases;
import ismap.ledger.Checkpoint;
import ismap.ledger.NewRecord;
import ismap.ledger.Receipt;
import ismap.ledger.Redaction;
import ismap.ledger.Redactions;
import ismap.ledger.RevisionDigests;
import ismap.ledger.Seal;
import ismap.ledger.Signer;
import ismap.ledger.Signers;
import ismap.ledger.SigningKey;
import ismap.ledger.StoredLink;
import ismap.ledger.Verification;
import ismap.postgres.DatabaseSettings.Embedded;
import ismap.postgres.DatabaseSettings.Login;
import ismap.revision.NewRevisions;
import ismap.revision.StoredRevision;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a superuser who has switched the triggers off does to the tables, and what the walk says of it. */
@Tag("database")
final class ChainVerificationTest {
    private static final int RECORDS = 150;
    private static final long CHANGED = 70;
    private static final long UNKEYED = 69;
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
    private static final List<String> TABLES = List.of(
            "entry",
            "decision_record",
            "idempotency_key",
            "checkpoint",
            "signing_key",
            "redaction_proposal",
            "redaction",
            "redacted_key");

    private static Path folder = Path.of("");
    private static Database database = never();
    private static Signer signer = Signers.some();
    private static final List<Receipt> receipts = new ArrayList<>();

    @SuppressWarnings("NullAway") // it is open before any test looks at it
    private static Database never() {
        return null;
    }

    @BeforeAll
    static void recordSomething() throws IOException, SQLException {
        folder = TestPostgres.folder();
        database = Database.open(new Embedded(folder, DatabaseSettings.ANY_PORT));
        StoredRevision revision = database.revisions().publish(NewRevisions.some());
        for (int i = 1; i <= RECORDS; i++) {
            NewRecord record = i == CHANGED
                    ? Cases.of(i, revision.id(), receipts.get(3).id(), "key-" + i)
                    : Cases.of(i, revision.id());
            receipts.add(database.ledger().append(record));
        }
        database.checkpoints().add(SigningKey.first(signer, LocalDate.of(2026, 4, 1)));
        sign(50);
        sign(120);
        for (String table : TABLES) {
            superuser("alter table ismap.%s disable trigger all".formatted(table));
            superuser("create table public.%s as select * from ismap.%s".formatted(table, table));
        }
    }

    private static void sign(int sequence) {
        Seal seal = receipts.get(sequence - 1).seal();
        database.checkpoints().add(Checkpoint.signed(seal.sequence(), seal.hash(), NOW, signer));
    }

    @AfterAll
    static void stop() throws IOException {
        database.close();
        TestPostgres.delete(folder);
    }

    @BeforeEach
    void everythingAsItWas() throws SQLException {
        superuser("alter table ismap.decision_record drop constraint if exists decision_record_check");
        superuser("alter table ismap.entry drop constraint if exists entry_kind_check, "
                + "drop constraint if exists entry_sequence_check");
        for (String table : TABLES) {
            superuser("delete from ismap." + table);
            superuser("insert into ismap.%s overriding system value select * from public.%s".formatted(table, table));
        }
    }

    private static void superuser(String sql) throws SQLException {
        Login login = Objects.requireNonNull(database.embedded()).superuser();
        TestPostgres.execute(database.server().url(), login, List.of(sql));
    }

    private static Verification verify() {
        return new Audit(database.chain(), database.checkpoints(), Runnable::run)
                .verify(Duration.ofMinutes(1))
                .join();
    }

    private static void assertBadAt(long sequence) {
        Verification verification = verify();
        assertThat(verification.intact()).isFalse();
        assertThat(verification.firstBad().orElseThrow().sequence())
                .as(verification.form().toString())
                .isEqualTo(sequence);
    }

    @Test
    void aChainThatNobodyTouchedIsIntact() {
        Verification verification = verify();

        assertThat(verification.form()).doesNotContainKey("firstBad");
        assertThat(verification.records()).isEqualTo(RECORDS);
        assertThat(verification.checkpoints()).isEqualTo(2);
        assertThat(verification.head())
                .isEqualTo(receipts.get(RECORDS - 1).seal().hash());
    }

    @Test
    void theWalkGivesEveryRecordInItsOrder() {
        var walked = new ArrayList<StoredLink>();
        database.chain().walk(CHANGED, walked::add);

        assertThat(walked).hasSize((int) (RECORDS - CHANGED));
        assertThat(walked.get(0).sequence()).isEqualTo(CHANGED + 1);
        assertThat(walked)
                .allMatch(link -> link.entry().isPresent() && link.row().isPresent());
    }

    static Stream<String> columns() {
        String uuid = "'00000000-0000-4000-8000-00000000dead'";
        return Stream.of(
                "entry: sequence = 100000 + sequence",
                "entry: kind = 'REDACTION'",
                "entry: previous = overlay(previous placing 'x' from 5)",
                "entry: recorded_at = recorded_at + interval '1 microsecond'",
                "entry: recorded_at = 'infinity'",
                "entry: content = set_byte(content, 40, get_byte(content, 40) # 1)",
                "entry: hash = overlay(hash placing 'x' from 64)",
                "decision_record: id = " + uuid,
                "decision_record: recorded_at = recorded_at - interval '1 microsecond'",
                "decision_record: recorded_by = 'somebody'",
                "decision_record: decision = 'procurement'",
                "decision_record: outcome = 'LAPSED'",
                "decision_record: applicable_day = applicable_day + 1",
                "decision_record: as_of = as_of - 1",
                "decision_record: revision_id = 'another'",
                "decision_record: application = null",
                "decision_record: application = application || ' '",
                "decision_record: service = 'S-1'",
                "decision_record: applicant = 'A-2'",
                "decision_record: assessor = 'somebody'",
                "decision_record: supersedes = null",
                "decision_record: supersedes = " + uuid,
                "decision_record: supersede_reason = 'typo'",
                "decision_record: supersede_reason = null",
                "decision_record: request = set_byte(request, 20, get_byte(request, 20) # 1)",
                "decision_record: request = request || ' '::bytea",
                "decision_record: answer = set_byte(answer, 20, get_byte(answer, 20) # 1)",
                "decision_record: salt = set_byte(salt, 0, get_byte(salt, 0) # 128)",
                "decision_record: salt = null",
                "decision_record: found = found || array['rule:BR-9.9-9']",
                "decision_record: sequence = 100000",
                "idempotency_key: principal = 'somebody'",
                "idempotency_key: key = 'another'",
                "idempotency_key: record_id = " + uuid);
    }

    @ParameterizedTest
    @MethodSource("columns")
    void aChangeOfAnyColumnIsNamedByItsPosition(String change) throws SQLException {
        String table = change.substring(0, change.indexOf(':'));
        String set = change.substring(change.indexOf(':') + 2);
        if (set.equals("salt = null")) {
            superuser("alter table ismap.decision_record alter column salt drop not null");
        }
        superuser("update ismap.%s set %s where %s"
                .formatted(
                        table,
                        set,
                        table.equals("idempotency_key")
                                ? "key = 'key-%d'".formatted(CHANGED)
                                : "sequence = " + CHANGED));

        assertBadAt(CHANGED);
    }

    @Test
    void everyColumnIsAmongThoseThatWereChanged() throws SQLException {
        List<String> changed = columns()
                .map(change -> change.replaceAll("(\\w+): (\\w+).*", "$1.$2"))
                .toList();
        Login login = Objects.requireNonNull(database.embedded()).superuser();
        String all = TestPostgres.ask(database.server().url(), login, """
                select string_agg(table_name || '.' || column_name, ',') from information_schema.columns
                where table_schema = 'ismap' and table_name in ('entry', 'decision_record', 'idempotency_key')
                """);

        assertThat(changed).contains(all.split(","));
    }

    @ParameterizedTest
    @ValueSource(strings = {"entry", "decision_record"})
    void aRowThatIsGoneIsNamedByItsPosition(String table) throws SQLException {
        superuser("delete from ismap.%s where sequence = %d".formatted(table, CHANGED));
        assertBadAt(CHANGED);
    }

    @Test
    void aRecordThatIsGoneWithItsEntryIsNamedByItsPosition() throws SQLException {
        superuser("delete from ismap.decision_record where sequence = " + CHANGED);
        superuser("delete from ismap.entry where sequence = " + CHANGED);
        assertBadAt(CHANGED);
    }

    @Test
    void theFirstRecordsAreMissed() throws SQLException {
        superuser("delete from ismap.decision_record where sequence <= 3");
        superuser("delete from ismap.entry where sequence <= 3");
        assertBadAt(1);
    }

    @Test
    void recordsThatAreGoneFromTheEndAreMissedByTheCheckpoint() throws SQLException {
        superuser("delete from ismap.decision_record where sequence > 110");
        superuser("delete from ismap.entry where sequence > 110");
        assertBadAt(111);
    }

    @ParameterizedTest
    @ValueSource(strings = {"entry", "decision_record"})
    void twoThatChangedPlacesAreNamedByTheFirst(String table) throws SQLException {
        superuser("update ismap.%s set sequence = -sequence where sequence in (70, 71)".formatted(table));
        superuser("update ismap.%s set sequence = 141 + sequence where sequence < 0".formatted(table));
        assertBadAt(CHANGED);
    }

    @Test
    void twoThatChangedPlacesTogetherWithTheirRecordsAreNamedByTheFirst() throws SQLException {
        for (String table : List.of("entry", "decision_record")) {
            superuser("update ismap.%s set sequence = -sequence where sequence in (70, 71)".formatted(table));
            superuser("update ismap.%s set sequence = 141 + sequence where sequence < 0".formatted(table));
        }
        assertBadAt(CHANGED);
    }

    @Test
    void aRecordWithoutAnEntryIsNamed() throws SQLException {
        superuser(
                "insert into ismap.decision_record select gen_random_uuid(), recorded_at, recorded_by, decision, outcome, "
                        + "applicable_day, as_of, revision_id, application, service, applicant, assessor, supersedes, "
                        + "supersede_reason, request, answer, 151, salt, found from ismap.decision_record where sequence = 150");
        assertBadAt(151);
    }

    @Test
    void aKeyOfNoRecordIsNamed() throws SQLException {
        superuser("insert into ismap.idempotency_key values ('窓口', 'stray', gen_random_uuid())");
        assertThat(verify().intact()).isFalse();
    }

    @Test
    void aKeyThatARecordNeverHadIsNamed() throws SQLException {
        superuser(
                "insert into ismap.idempotency_key select '窓口', 'stray', id from ismap.decision_record where sequence = 69");
        assertBadAt(69);
    }

    @ParameterizedTest
    @ValueSource(ints = {51, 70, 120})
    void aChainRewrittenFromSomewhereOnIsExposedByTheNextCheckpoint(int from) throws SQLException {
        rewrite(from);
        assertBadAt(120);
        superuser("delete from ismap.checkpoint");
        assertThat(verify().intact())
                .as("without a checkpoint nothing is to be seen")
                .isTrue();
    }

    @Test
    void aCheckpointThatIsForgedIsNoCheckpoint() throws SQLException {
        rewrite(70);
        superuser("update ismap.checkpoint c set hash = e.hash from ismap.entry e where e.sequence = c.sequence");
        assertBadAt(120);
    }

    @Test
    void aCheckpointByAKeyThatNobodyHandedOverToIsNoCheckpoint() throws SQLException {
        rewrite(70);
        Signer forger = Signers.some();
        SigningKey key = SigningKey.first(forger, LocalDate.of(2026, 4, 1));
        superuser(
                "insert into ismap.signing_key (key_id, public_key, from_day, previous, hand_over) values ('%s', '%s', '2026-04-01', '%s', '')"
                        .formatted(key.keyId(), key.publicKey(), signer.keyId()));
        superuser("delete from ismap.checkpoint where sequence = 120");
        String head = TestPostgres.ask(
                database.server().url(),
                Objects.requireNonNull(database.embedded()).superuser(),
                "select hash from ismap.entry where sequence = 120");
        database.checkpoints().add(Checkpoint.signed(120, head, NOW, forger));
        assertBadAt(120);
    }

    private static Redaction redact(long sequence) {
        UUID record = receipts.get((int) sequence - 1).id();
        var proposal = database.redactions().propose(UUID.randomUUID(), record, "auditor-1", "誤記載", "第98条");
        return ((Redactions.Result.CarriedOut) database.redactions().carryOut(record, proposal.id(), "auditor-2"))
                .redaction();
    }

    @Test
    void recordsThatWereRedactedVerify() {
        redact(UNKEYED);
        Redaction last = redact(CHANGED);
        Verification verification = verify();

        assertThat(verification.form()).doesNotContainKey("firstBad");
        assertThat(verification.records()).isEqualTo(RECORDS);
        assertThat(verification.redactions()).isEqualTo(2);
        assertThat(verification.head()).isEqualTo(last.seal().hash());
    }

    @Test
    void contentThatIsGoneWithoutAnEntryIsNamedByItsPosition() throws SQLException {
        superuser("update ismap.decision_record set request = null, answer = null, salt = null, application = null, "
                + "service = null, applicant = null, assessor = null, supersede_reason = null, found = '{}' "
                + "where sequence = " + UNKEYED);
        assertBadAt(UNKEYED);
        redact(UNKEYED - 3);
        assertBadAt(UNKEYED);
    }

    @Test
    void aRedactedRecordThatHasItsContentAgainIsNamedByTheRedaction() throws SQLException {
        redact(UNKEYED);
        superuser("delete from ismap.decision_record where sequence = " + UNKEYED);
        superuser("insert into ismap.decision_record select * from public.decision_record where sequence = " + UNKEYED);
        assertBadAt(RECORDS + 1);
    }

    @Test
    void aRedactionThatIsGoneFromTheEndIsMissedByTheRecord() throws SQLException {
        redact(UNKEYED);
        superuser("delete from ismap.redaction");
        superuser("delete from ismap.entry where sequence > " + RECORDS);
        assertBadAt(UNKEYED);
    }

    static Stream<String> redactionColumns() {
        String uuid = "'00000000-0000-4000-8000-00000000dead'";
        return Stream.of(
                "151 redaction: record_id = " + uuid,
                "151 redaction: sequence = 152",
                "151 redaction: proposal_id = " + uuid,
                "151 redaction: proposed_by = 'somebody'",
                "151 redaction: carried_out_by = 'somebody'",
                "151 redaction_proposal: id = " + uuid,
                "151 redaction_proposal: record_id = " + uuid,
                "151 redaction_proposal: proposed_by = 'somebody'",
                "151 redaction_proposal: reason = 'another'",
                "151 redaction_proposal: legal_basis = 'another'",
                "70 redacted_key: principal = 'somebody'",
                "70 redacted_key: record_id = " + uuid,
                "70 decision_record: outcome = 'LAPSED'",
                "70 decision_record: recorded_by = 'somebody'",
                "70 decision_record: supersedes = null",
                "70 decision_record: application = 'S'",
                "70 decision_record: supersede_reason = 'because'",
                "70 decision_record: answer = '{}'");
    }

    @ParameterizedTest
    @MethodSource("redactionColumns")
    void aChangeAfterARedactionIsNamedByItsPosition(String change) throws SQLException {
        redact(CHANGED);
        long bad = Long.parseLong(change.substring(0, change.indexOf(' ')));
        String table = change.substring(change.indexOf(' ') + 1, change.indexOf(':'));
        superuser("update ismap.%s set %s %s"
                .formatted(
                        table,
                        change.substring(change.indexOf(':') + 2),
                        table.equals("decision_record") ? "where sequence = " + CHANGED : ""));
        assertBadAt(bad);
    }

    /** What a superuser can do who knows how records are sealed, and who has no signing key. */
    private static void rewrite(int from) throws SQLException {
        String previous = receipts.get(from - 2).seal().hash();
        RevisionDigests digests = new RevisionDigests(
                receipts.get(0).record().revisionId(),
                database.revisions().inForce().orElseThrow().digest(),
                database.revisions().inForce().orElseThrow().filesDigest());
        try (var connection = TestPostgres.connect(
                        database.server().url(),
                        Objects.requireNonNull(database.embedded()).superuser());
                var entry = connection.prepareStatement(
                        "update ismap.entry set previous = ?, content = ?, hash = ? where sequence = ?");
                var record = connection.prepareStatement(
                        "update ismap.decision_record set outcome = ? where sequence = ?")) {
            for (int sequence = from; sequence <= RECORDS; sequence++) {
                Receipt receipt = receipts.get(sequence - 1);
                NewRecord old = receipt.record();
                String outcome = sequence == from ? "LAPSED" : old.outcome();
                var changed = new NewRecord(
                        old.id(),
                        old.recordedBy(),
                        old.key(),
                        old.decision(),
                        outcome,
                        old.applicableDay(),
                        old.asOf(),
                        old.revisionId(),
                        old.application(),
                        old.service(),
                        old.applicant(),
                        old.assessor(),
                        old.supersedes(),
                        old.supersedeReason(),
                        old.request(),
                        old.answer());
                Seal seal = Seal.of(sequence - 1, previous, receipt.recordedAt(), changed, digests, receipt.salt());
                entry.setString(1, seal.previous());
                entry.setBytes(2, seal.content());
                entry.setString(3, seal.hash());
                entry.setLong(4, sequence);
                entry.executeUpdate();
                record.setString(1, outcome);
                record.setLong(2, sequence);
                record.executeUpdate();
                previous = seal.hash();
            }
        }
    }

    @Test
    void keysAndCheckpointsAreFoundAsTheyWereAdded() {
        SigningKey successor = SigningKey.successor(signer, Signers.some(), LocalDate.of(2026, 7, 1));
        database.checkpoints().add(successor);

        assertThat(database.checkpoints().keys()).hasSize(2).last().isEqualTo(successor);
        assertThat(database.checkpoints().after(50, 10))
                .extracting(Checkpoint::sequence)
                .containsExactly(120L);
        assertThat(database.checkpoints().last().map(Checkpoint::sequence)).isEqualTo(Optional.of(120L));
    }
}
