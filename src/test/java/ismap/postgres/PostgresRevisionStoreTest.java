package ismap.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import ismap.revision.NewRevision;
import ismap.revision.NewRevisions;
import ismap.revision.RevisionStore;
import ismap.revision.RevisionStoreContract;
import java.time.Instant;
import java.util.ArrayList;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("database")
@ExtendWith(PostgresExtension.class)
final class PostgresRevisionStoreTest extends RevisionStoreContract {
    private final Database database;

    PostgresRevisionStoreTest(Database database) {
        this.database = database;
    }

    @Override
    protected RevisionStore revisions() {
        return database.revisions();
    }

    @Override
    protected Instant databaseClock() {
        return PostgresLedgerTest.clock(database);
    }

    @Test
    void publishesAllOfARevisionOrNothing() {
        var files = new TreeMap<String, byte[]>();
        files.put("a.xlsx", new byte[] {1});
        files.put("b\u0000.xlsx", new byte[] {2}); // a path that PostgreSQL refuses, after one that it takes
        var broken = new NewRevision(NewRevisions.some().id(), "sha256:1", "sha256:2", "", files);
        var before = revisions().inForce();

        Assertions.assertThatThrownBy(() -> revisions().publish(broken)).isInstanceOf(RuntimeException.class);
        assertThat(revisions().find(broken.id())).isEmpty();
        assertThat(revisions().inForce()).usingRecursiveComparison().isEqualTo(before);
    }

    @Test
    void takesOneAfterTheOtherWhereSeveralPublishAtOnce() {
        var publications = new ArrayList<CompletableFuture<Instant>>();
        for (int i = 0; i < 8; i++) {
            publications.add(CompletableFuture.supplyAsync(
                    () -> revisions().publish(NewRevisions.some()).publishedAt()));
        }
        var last = publications.stream()
                .map(CompletableFuture::join)
                .max(Instant::compareTo)
                .orElseThrow();

        assertThat(revisions().inForce().orElseThrow().publishedAt()).isEqualTo(last);
    }
}
