package ismap.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ismap.ledger.Cases;
import ismap.ledger.Checkpoint;
import ismap.ledger.NewRecord;
import ismap.ledger.NewRecords;
import ismap.ledger.Redaction;
import ismap.ledger.RedactionProposal;
import ismap.ledger.Redactions.Result.CarriedOut;
import ismap.ledger.Signer;
import ismap.ledger.Signers;
import ismap.ledger.SigningKey;
import ismap.postgres.DatabaseSettings.Login;
import ismap.revision.NewEvent;
import ismap.revision.NewRevisions;
import ismap.revision.RevisionEvent;
import ismap.revision.Takeovers.Takeover;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Tag("database")
@ExtendWith(PostgresExtension.class)
final class AppendOnlyTest {
    private static final String APPEND_ONLY = "55000";
    private static final String NO_RIGHT = "42501";
    private static final String WRONG = "22023";

    /** Redacted, with its key; once for all tests of the database that they share. */
    private static @Nullable NewRecord redacted;

    private final Database database;
    private NewRecord record;

    AppendOnlyTest(Database database) {
        this.database = database;
        this.record = NewRecords.minimal("");
    }

    @BeforeEach
    void recordSomething() {
        var revision = database.revisions().publish(NewRevisions.some());
        database.revisionLog()
                .append(
                        new NewEvent(revision.id(), 1, "editor", new RevisionEvent.FileRemoved("x.xlsx", "sha256:1")),
                        Map.of("ab".repeat(32), new byte[] {1}));
        record = NewRecords.minimal(revision.id());
        database.ledger().append(record);
        database.ledger().append(Cases.of(1, revision.id()));
        var taken = NewRevisions.some();
        database.takeovers().publish(taken, new Takeover(taken.id(), taken.id(), "", Instant.EPOCH));
        sign();
        if (redacted == null) {
            redacted = redact(NewRecords.full(revision.id(), LocalDate.EPOCH, LocalDate.EPOCH));
        }
    }

    private NewRecord redact(NewRecord some) {
        database.ledger().append(some);
        var proposal = propose(some.id());
        assertThat(database.redactions().carryOut(some.id(), proposal.id(), "auditor-2"))
                .isInstanceOf(CarriedOut.class);
        return some;
    }

    private RedactionProposal propose(UUID id) {
        return database.redactions().propose(UUID.randomUUID(), id, "auditor-1", "誤記載", "第98条");
    }

    private void sign() {
        if (database.checkpoints().keys().isEmpty()) {
            Signer signer = Signers.some();
            database.checkpoints().add(SigningKey.first(signer, LocalDate.EPOCH));
            database.checkpoints().add(Checkpoint.signed(1, "", Instant.EPOCH, signer));
        }
    }

    static Stream<String> changes() {
        return Stream.of(
                "update ismap.decision_record set outcome = 'LAPSED'",
                "delete from ismap.decision_record",
                "truncate ismap.decision_record cascade",
                "update ismap.decision_record set request = null, answer = null, salt = null, application = null, "
                        + "service = null, applicant = null, assessor = null, supersede_reason = null, found = '{}' "
                        + "where salt is not null",
                "update ismap.decision_record set request = '', answer = '' where salt is null",
                "update ismap.decision_record set application = null, service = null where salt is not null",
                "update ismap.redaction_proposal set reason = 'changed'",
                "delete from ismap.redaction_proposal",
                "truncate ismap.redaction_proposal cascade",
                "update ismap.redaction set carried_out_by = 'auditor-3'",
                "delete from ismap.redaction",
                "truncate ismap.redaction cascade",
                "update ismap.redacted_key set digest = ''",
                "delete from ismap.redacted_key",
                "truncate ismap.redacted_key",
                "update ismap.entry set hash = ''",
                "delete from ismap.entry",
                "truncate ismap.entry cascade",
                "update ismap.idempotency_key set key = ''",
                "delete from ismap.idempotency_key",
                "truncate ismap.idempotency_key",
                "update ismap.checkpoint set hash = ''",
                "delete from ismap.checkpoint",
                "truncate ismap.checkpoint",
                "update ismap.signing_key set public_key = ''",
                "delete from ismap.signing_key",
                "truncate ismap.signing_key cascade",
                "update ismap.revision set note = 'changed'",
                "delete from ismap.revision",
                "truncate ismap.revision cascade",
                "update ismap.revision_file set content = ''",
                "delete from ismap.revision_file",
                "truncate ismap.revision_file",
                "update ismap.takeover set origin = 'changed'",
                "delete from ismap.takeover",
                "truncate ismap.takeover",
                "update ismap.revision_event set why = 'changed'",
                "delete from ismap.revision_event",
                "truncate ismap.revision_event",
                "update ismap.revision_blob set content = ''",
                "delete from ismap.revision_blob",
                "truncate ismap.revision_blob");
    }

    @ParameterizedTest
    @MethodSource("changes")
    void evenTheOwnerCannotChangeWhatIsStored(String change) {
        assertThat(refusal(database.server().migration(), change)).isEqualTo(APPEND_ONLY);
        assertThat(database.ledger().find(record.id())).isPresent();
    }

    @ParameterizedTest
    @MethodSource("changes")
    void theServiceHasNoRightToChangeWhatIsStored(String change) {
        assertThat(refusal(database.server().service(), change)).isEqualTo(NO_RIGHT);
        assertThat(database.ledger().find(record.id())).isPresent();
    }

    @ParameterizedTest
    @MethodSource("changes")
    void aSessionThatPlaysAReplicaDoesNotGetRoundTheTriggers(String change) {
        var embedded = database.embedded();
        assumeTrue(embedded != null, "needs a superuser");
        if (embedded != null) {
            assertThat(refusal(embedded.superuser(), "set session_replication_role = replica; " + change))
                    .isEqualTo(APPEND_ONLY);
        }
    }

    /** Calls of the function, as anybody with the password of either role may try them. */
    private void assertRefused(UUID proposal, @Nullable String by, String content, String state, UUID kept) {
        for (Login login :
                List.of(database.server().service(), database.server().migration())) {
            String call = "select ismap.redact('%s', %s, convert_to('%s', 'UTF8'))"
                    .formatted(proposal, by == null ? "null" : "'" + by + "'", content.replace("'", "''"));
            assertThat(refusal(login, call)).as(call).isEqualTo(state);
        }
        assertThat(database.ledger().find(kept).orElseThrow().isRedacted())
                .isEqualTo(kept.equals(Objects.requireNonNull(redacted).id()));
    }

    /** The content of an entry that would be right now; the shared chain stands still while one test runs. */
    private String rightNow(RedactionProposal proposal, String by) {
        var head = database.chain().last().orElseThrow();
        var seal = Redaction.of(
                        head.sequence(),
                        head.hash(),
                        PostgresLedgerTest.clock(database),
                        proposal,
                        database.ledger()
                                .find(proposal.recordId())
                                .orElseThrow()
                                .seal()
                                .sequence(),
                        by)
                .seal();
        return new String(seal.content(), StandardCharsets.UTF_8);
    }

    @Test
    void theFunctionTakesNoProposalThatDoesNotExist() {
        var proposal = propose(record.id());
        assertRefused(UUID.randomUUID(), "auditor-2", rightNow(proposal, "auditor-2"), WRONG, record.id());
    }

    @Test
    void theFunctionTakesNobodysOwnProposalAndNoNobody() {
        var proposal = propose(record.id());
        assertRefused(proposal.id(), "auditor-1", rightNow(proposal, "auditor-1"), NO_RIGHT, record.id());
        assertRefused(proposal.id(), null, rightNow(proposal, "auditor-2"), NO_RIGHT, record.id());
        assertRefused(proposal.id(), "", rightNow(proposal, ""), NO_RIGHT, record.id());
    }

    @Test
    void theFunctionTakesNoEntryThatSaysAnythingElse() {
        var proposal = propose(record.id());
        String right = rightNow(proposal, "auditor-2");
        assertThat(right).contains("誤記載", "\"format\":1");
        for (String wrong : List.of(
                right.replace("誤記載", "別の理由"),
                right.replace("\"format\":1", "\"format\":2"),
                right.replace("auditor-1", "auditor-3"),
                right.replace("\"previous\":\"", "\"previous\":\"0"),
                right.replaceFirst("\"sequence\":", "\"sequence\":1"),
                right.replaceFirst("\"recordSequence\":", "\"recordSequence\":1"),
                right.replaceFirst("\"recordedAt\":\"20", "\"recordedAt\":\"19"),
                right.replaceFirst("\"recordedAt\":\"20", "\"recordedAt\":\"29"),
                right.replaceFirst("\\{", "{\"fact\":1,"),
                "{}")) {
            assertRefused(proposal.id(), "auditor-2", wrong, WRONG, record.id());
        }
    }

    @Test
    void theFunctionRedactsNothingTwice() {
        UUID id = Objects.requireNonNull(redacted).id();
        var proposal = propose(id);
        assertRefused(proposal.id(), "auditor-2", rightNow(proposal, "auditor-2"), APPEND_ONLY, id);
    }

    static Stream<String> additions() {
        return Stream.of(
                "insert into ismap.entry select sequence + 1, 'REDACTION', hash, clock_timestamp(), 'x', 'x' "
                        + "from ismap.entry order by sequence desc limit 1",
                "insert into ismap.redaction select id, sequence, gen_random_uuid(), 'a', 'b' from ismap.decision_record limit 1",
                "insert into ismap.redacted_key select 'a', 'b', record_id from ismap.redaction limit 1");
    }

    @ParameterizedTest
    @MethodSource("additions")
    void theServiceSaysOfNoRecordThatItWasRedactedButByTheFunction(String addition) {
        assertThat(refusal(database.server().service(), addition)).isEqualTo(NO_RIGHT);
    }

    @Test
    void aRecordIsNotBornRedacted() {
        String empty =
                "insert into ismap.decision_record select gen_random_uuid(), recorded_at, recorded_by, decision, "
                        + "outcome, applicable_day, as_of, revision_id, null, null, null, null, null, null, null, null, "
                        + "9223372036854775807, null, '{}' from ismap.decision_record limit 1";
        assertThat(refusal(database.server().service(), empty)).isEqualTo(APPEND_ONLY);
        assertThat(refusal(database.server().migration(), empty)).isEqualTo(APPEND_ONLY);
    }

    static Stream<String> powers() {
        return Stream.of(
                "create table ismap.mine (id int)",
                "create table public.mine (id int)",
                "alter table ismap.decision_record disable trigger all",
                "drop table ismap.decision_record cascade",
                "drop schema ismap cascade",
                "create or replace function ismap.redact(uuid, text, bytea) returns void language sql as 'select'",
                "create or replace function ismap.refuse_change() returns trigger language plpgsql as 'begin return new; end'",
                "select * from ismap.flyway_schema_history",
                "set session_replication_role = replica",
                "create role other");
    }

    @ParameterizedTest
    @MethodSource("powers")
    void theServiceOwnsNothingAndMayDoNothingElse(String sql) {
        assertThat(refusal(database.server().service(), sql)).isEqualTo(NO_RIGHT);
    }

    @Test
    void theServiceHasExactlyTheRightsToAddAndToRead() throws SQLException {
        var server = database.server();
        var rights = """
                select string_agg(table_name || ' ' || privilege_type, ', ' order by table_name, privilege_type)
                from information_schema.role_table_grants
                where table_schema = 'ismap' and grantee = '%s'
                """.formatted(server.service().username());

        assertThat(TestPostgres.ask(server.url(), server.migration(), rights))
                .isEqualTo("access_event INSERT, access_event SELECT, checkpoint INSERT, checkpoint SELECT, "
                        + "decision_record INSERT, decision_record SELECT, entry INSERT, entry SELECT, "
                        + "idempotency_key INSERT, idempotency_key SELECT, "
                        + "redacted_key SELECT, redaction SELECT, redaction_proposal INSERT, redaction_proposal SELECT, "
                        + "revision INSERT, revision SELECT, revision_blob INSERT, revision_blob SELECT, "
                        + "revision_event INSERT, revision_event SELECT, revision_file INSERT, revision_file SELECT, "
                        + "saved_self_check DELETE, saved_self_check INSERT, saved_self_check SELECT, "
                        + "signing_key INSERT, signing_key SELECT, takeover INSERT, takeover SELECT, token INSERT, token SELECT, "
                        + "token_revocation INSERT, token_revocation SELECT, "
                        + "token_use INSERT, token_use SELECT, token_use UPDATE");
    }

    @Test
    void theFunctionIsTheOwnersAndItsPathIsPinned() throws SQLException {
        var server = database.server();
        String function = """
                select concat_ws(' ', pg_get_userbyid(p.proowner) = pg_get_userbyid(n.nspowner), p.prosecdef, p.proconfig,
                    has_function_privilege('%s', p.oid, 'execute'),
                    exists (select from aclexplode(p.proacl) a where a.grantee = 0))
                from pg_proc p join pg_namespace n on n.oid = p.pronamespace
                where n.nspname = 'ismap' and p.proname = 'redact'
                """.formatted(server.service().username());

        assertThat(TestPostgres.ask(server.url(), server.migration(), function))
                .isEqualTo("t t {\"search_path=pg_catalog, pg_temp\"} t f");
    }

    @Test
    void theServiceCannotChooseTheOrderOfPublication() {
        var sql = "insert into ismap.revision (id, sequence, digest, files_digest, note) values ('x', 0, '', '', '')";

        assertThat(refusal(database.server().service(), sql)).isEqualTo("428C9");
    }

    private String refusal(Login login, String sql) {
        var refused = new String[1];
        assertThatThrownBy(() -> TestPostgres.execute(database.server().url(), login, List.of(sql)))
                .asInstanceOf(InstanceOfAssertFactories.type(SQLException.class))
                .satisfies(e -> refused[0] = e.getSQLState());
        return String.valueOf(refused[0]);
    }
}
