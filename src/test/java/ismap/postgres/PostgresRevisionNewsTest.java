package ismap.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ismap.ledger.StorageUnavailable;
import ismap.revision.NewRevisions;
import ismap.revision.RevisionNews;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("database")
@ExtendWith(PostgresExtension.class)
final class PostgresRevisionNewsTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(50);

    private final Database database;
    private final RevisionNews news;

    PostgresRevisionNewsTest(Database database) {
        this.database = database;
        this.news = database.revisionNews();
        database.revisions().publish(NewRevisions.some());
    }

    @AfterEach
    void close() {
        news.close();
    }

    @Test
    void theFirstLookDoesNotWaitAndSaysThatSomethingMayHaveBeenApproved() {
        RevisionNews.Heard first = news.await(LONG);

        assertThat(first.head()).isEqualTo(database.revisions().head());
        assertThat(first.candidatesChanged()).isTrue();
        assertThat(news.await(SHORT).candidatesChanged()).isFalse();
    }

    @Test
    void aPublicationIsHeardAtOnce() throws Exception {
        news.await(LONG);
        var heard = CompletableFuture.supplyAsync(() -> news.await(LONG));
        Thread.sleep(100);
        var published = database.revisions().publish(NewRevisions.some());

        assertThat(heard.get().head().orElseThrow().id()).isEqualTo(published.id());
        assertThat(heard.get().candidatesChanged()).isFalse();
    }

    @Test
    void anApprovalIsHeardAtOnce() throws Exception {
        news.await(LONG);
        var heard = CompletableFuture.supplyAsync(() -> news.await(LONG));
        Thread.sleep(100);
        Announced.approved(database, "r-1");

        assertThat(heard.get().candidatesChanged()).isTrue();
    }

    @Test
    void whoeverIsCutOffListensAgain() {
        news.await(LONG);
        Announced.cut(database);

        assertThatThrownBy(() -> news.await(SHORT)).isInstanceOf(StorageUnavailable.class);
        RevisionNews.Heard again = news.await(LONG);
        assertThat(again.head()).isEqualTo(database.revisions().head());
        assertThat(again.candidatesChanged())
                .as("something may have been missed")
                .isTrue();
    }
}
