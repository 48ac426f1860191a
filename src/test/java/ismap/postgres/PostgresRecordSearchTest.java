package ismap.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import ismap.ledger.Ledger;
import ismap.ledger.NewRecord;
import ismap.ledger.RecordSearch;
import ismap.ledger.RecordSearchContract;
import ismap.revision.NewRevisions;
import ismap.revision.RevisionStore;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("database")
@ExtendWith(PostgresExtension.class)
final class PostgresRecordSearchTest extends RecordSearchContract {
    private final Database database;

    PostgresRecordSearchTest(Database database) {
        this.database = database;
    }

    @Override
    protected Ledger ledger() {
        return database.ledger();
    }

    @Override
    protected RecordSearch search() {
        return database.search();
    }

    @Override
    protected RevisionStore revisions() {
        return database.revisions();
    }

    @ParameterizedTest
    @ValueSource(strings = {"no json", "[]", "{\"findings\":7}", "{\"findings\":[7,{},{\"rule\":null}]}"})
    void anAnswerOfAnotherFormIsRecordedAndFindsNothing(String answer) throws SQLException {
        var id = UUID.randomUUID();
        database.ledger()
                .append(new NewRecord(
                        id,
                        "desk",
                        null,
                        "d",
                        "A",
                        LocalDate.EPOCH,
                        LocalDate.EPOCH,
                        database.revisions().publish(NewRevisions.some()).id(),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        new byte[0],
                        answer.getBytes(java.nio.charset.StandardCharsets.UTF_8)));

        var server = database.server();
        assertThat(TestPostgres.ask(
                        server.url(),
                        server.service(),
                        "select array_to_string(found, ',') !~ 'rule:.' from ismap.decision_record where id = '%s'"
                                .formatted(id)))
                .isEqualTo("t");
    }

    /** The pool hands the same connections to those who decide, and they wait for a second and a half at most. */
    @Test
    void aSearchLeavesItsPatienceToNobody() throws SQLException {
        for (int i = 0; i < 20; i++) {
            search().newestFirst(ismap.ledger.RecordFilter.NONE, RecordSearch.END, 1);
        }
        try (var connection = database.dataSource().getConnection();
                var statement = connection.createStatement();
                var answer = statement.executeQuery("show statement_timeout")) {
            answer.next();
            assertThat(answer.getString(1)).isEqualTo("1500ms");
            assertThat(connection.getNetworkTimeout()).isEqualTo(2000);
        }
    }
}
