package ismap.app;

import ismap.access.Tokens;
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
import ismap.publication.Bundles;
import ismap.revision.RevisionStore;
import ismap.revision.Takeovers;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The service's own database, for commands that work on what it keeps while no service serves it, or beside one on a server. */
final class RecordStorage implements Storage {

    private final Database database;
    private final SigningKeys keys;
    private final Clock clock;
    private final Revisions revisions;
    private final Replays replays;

    private RecordStorage(Database database, SigningKeys keys, Clock clock, Alarm alarm) {
        this.database = database;
        this.keys = keys;
        this.clock = clock;
        this.revisions = new Revisions(database.revisions(), Rulebooks::checked, new DroolsCompiler());
        this.replays = new Replays(revisions, alarm);
    }

    /** @param environment the variables that the service itself is set by */
    static Storage open(Map<String, String> environment, Clock clock, Alarm alarm) throws Refused {
        try {
            Database database = Database.open(DatabaseSettings.from(environment));
            var file = new SigningKeyFile(
                    Settings.from(environment, false).settings().signingKey());
            return new RecordStorage(database, new SigningKeys(file, database.checkpoints(), clock), clock, alarm);
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
    public RevisionStore revisions() {
        return database.revisions();
    }

    @Override
    public Takeovers takeovers() {
        return database.takeovers();
    }

    @Override
    public Bundles bundles() {
        return new Bundles(database.revisions(), database.checkpoints(), keys::signer, clock);
    }

    @Override
    public Tokens tokens() {
        return database.tokens();
    }

    @Override
    public void close() {
        revisions.close();
        database.close();
    }
}
