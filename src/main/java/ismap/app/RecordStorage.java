package ismap.app;

import ismap.cli.Storage;
import ismap.decision.Bilingual;
import ismap.drools.DroolsCompiler;
import ismap.evaluation.Alarm;
import ismap.evaluation.Replays;
import ismap.evaluation.Revisions;
import ismap.ledger.Receipt;
import ismap.ledger.RecordSearch;
import ismap.postgres.Database;
import ismap.postgres.DatabaseSettings;
import ismap.postgres.StorageRefused;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The service's own database, for commands that look at its records while no service serves it, or beside one on a server. */
final class RecordStorage implements Storage {

    private final Database database;
    private final Revisions revisions;
    private final Replays replays;

    private RecordStorage(Database database, Alarm alarm) {
        this.database = database;
        this.revisions = new Revisions(database.revisions(), Rulebooks::checked, new DroolsCompiler());
        this.replays = new Replays(revisions, alarm);
    }

    /** @param environment the variables that the service itself is set by */
    static Storage open(Map<String, String> environment, Alarm alarm) throws Refused {
        try {
            return new RecordStorage(Database.open(DatabaseSettings.from(environment)), alarm);
        } catch (StorageRefused refused) {
            throw new Refused(
                    new Bilingual(
                            "データベースを利用できません。",
                            "The database cannot be used.\n  %s\n  → %s"
                                    .formatted(refused.getMessage(), refused.advice())),
                    refused);
        }
    }

    @Override
    public RecordSearch search() {
        return database.search();
    }

    @Override
    public Optional<Receipt> find(UUID id) {
        return database.ledger().find(id);
    }

    @Override
    public Replays replays() {
        return replays;
    }

    @Override
    public void close() {
        revisions.close();
        database.close();
    }
}
