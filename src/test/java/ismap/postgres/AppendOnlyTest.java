package ismap.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ismap.ledger.Cases;
import ismap.ledger.Checkpoint;
import ismap.ledger.NewRecord;
import ismap.ledger.NewRecords;
import ismap.ledger.Signer;
import ismap.ledger.Signers;
import ismap.ledger.SigningKey;
import ismap.postgres.DatabaseSettings.Login;
import ismap.revision.NewEvent;
import ismap.revision.NewRevisions;
import ismap.revision.RevisionEvent;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
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
        sign();
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

    static Stream<String> powers() {
        return Stream.of(
                "create table ismap.mine (id int)",
                "create table public.mine (id int)",
                "alter table ismap.decision_record disable trigger all",
                "drop table ismap.decision_record cascade",
                "drop schema ismap cascade",
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
                        + "idempotency_key INSERT, idempotency_key SELECT, revision INSERT, revision SELECT, "
                        + "revision_blob INSERT, revision_blob SELECT, revision_event INSERT, revision_event SELECT, "
                        + "revision_file INSERT, revision_file SELECT, "
                        + "signing_key INSERT, signing_key SELECT, token INSERT, token SELECT, "
                        + "token_revocation INSERT, token_revocation SELECT, "
                        + "token_use INSERT, token_use SELECT, token_use UPDATE");
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
