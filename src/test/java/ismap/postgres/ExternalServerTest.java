package ismap.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ismap.ledger.NewRecords;
import ismap.postgres.DatabaseSettings.Embedded;
import ismap.postgres.DatabaseSettings.Login;
import ismap.postgres.DatabaseSettings.Server;
import ismap.revision.NewRevisions;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A server that somebody else runs: played by an embedded one, in which each test has a database of its own. */
@Tag("database")
@Tag("slow")
final class ExternalServerTest {
    private static Path folder = Path.of("");
    private static EmbeddedServer somebodyElses;

    @BeforeAll
    static void start() throws IOException {
        folder = TestPostgres.folder();
        somebodyElses = EmbeddedServer.start(new Embedded(folder, DatabaseSettings.ANY_PORT));
    }

    @AfterAll
    static void stop() throws IOException {
        somebodyElses.close();
        TestPostgres.delete(folder);
    }

    private static String database(String name, String... statements) throws SQLException {
        var url = somebodyElses.connection().url();
        TestPostgres.execute(url, somebodyElses.superuser(), List.of("create database " + name));
        var created = url.replaceFirst("/[a-z]+$", "/" + name);
        TestPostgres.execute(created, somebodyElses.superuser(), List.of(statements));
        return created;
    }

    @Test
    void worksWithTwoRoles() throws SQLException {
        var url = database(
                "two",
                "create role two_owner login password 'o'",
                "create role two_service login password 's'",
                "create schema ismap authorization two_owner");

        try (var database =
                Database.open(new Server(url, new Login("two_service", "s"), new Login("two_owner", "o")))) {
            var revision = database.revisions().publish(NewRevisions.some());
            database.ledger().append(NewRecords.minimal(revision.id()));
            assertThat(TestPostgres.ask(
                            url,
                            new Login("two_owner", "o"),
                            "select tableowner from pg_tables where tablename = 'revision'"))
                    .isEqualTo("two_owner");
        }
    }

    @Test
    void worksWithOneRoleWhichTakesWhatItCanFromItself() throws SQLException {
        var url = database("one", "create role sole login password 'p'", "grant create on database one to sole");
        var sole = new Login("sole", "p");

        try (var database = Database.open(new Server(url, sole, sole))) {
            var revision = database.revisions().publish(NewRevisions.some());
            database.ledger().append(NewRecords.minimal(revision.id()));
            assertThat(refusal(url, sole, "delete from ismap.decision_record")).isEqualTo("42501");
            assertThat(refusal(url, sole, "truncate ismap.decision_record")).isEqualTo("42501");
            assertThat(refusal(url, sole, "update ismap.decision_record set outcome = ''"))
                    .isEqualTo("55000");
        }
    }

    private static String refusal(String url, Login login, String sql) {
        var refused = new String[1];
        assertThatThrownBy(() -> TestPostgres.execute(url, login, List.of(sql)))
                .asInstanceOf(InstanceOfAssertFactories.type(SQLException.class))
                .satisfies(e -> refused[0] = e.getSQLState());
        return String.valueOf(refused[0]);
    }

    @Test
    void opensAgainWithNothingToMigrate() throws SQLException {
        var url = database("again", "create role again login password 'p'", "grant create on database again to again");
        var server = new Server(url, new Login("again", "p"), new Login("again", "p"));
        Database.open(server).close();

        try (var database = Database.open(server)) {
            assertThat(database.revisions().inForce()).isEmpty();
        }
    }

    @Test
    void saysWhatIsMissingWhereTheOwnerMayNotSignIn() {
        var url = somebodyElses.connection().url();
        var wrong = new Login("ismap_owner", "wrong");

        assertThatThrownBy(() -> Database.open(new Server(url, wrong, wrong)))
                .isInstanceOf(StorageRefused.class)
                .hasMessageContaining("password authentication failed")
                .hasMessageNotContaining("wrong");
    }

    @Test
    void saysWhatIsMissingWhereTheServiceMayNotSignIn() throws SQLException {
        var url = database(
                "locked",
                "create role locked_owner login password 'o'",
                "create role locked_service login password 's'",
                "create schema ismap authorization locked_owner");

        assertThatThrownBy(() -> Database.open(
                        new Server(url, new Login("locked_service", "wrong"), new Login("locked_owner", "o"))))
                .isInstanceOf(StorageRefused.class)
                .hasMessageContaining("locked_service");
    }

    @Test
    void saysSoWhereNothingListens() {
        var nowhere = new Server("jdbc:postgresql://127.0.0.1:1/ismap", new Login("a", "b"), new Login("a", "b"));

        assertThatThrownBy(() -> Database.open(nowhere))
                .isInstanceOf(StorageRefused.class)
                .hasMessageContaining("127.0.0.1:1");
    }
}
