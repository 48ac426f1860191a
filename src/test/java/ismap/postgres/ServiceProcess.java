package ismap.postgres;

import ismap.ledger.NewRecords;
import ismap.postgres.DatabaseSettings.Embedded;
import ismap.revision.NewRevisions;
import java.nio.file.Path;
import java.util.Objects;

/** A service of its own process, to be killed: opens a folder, records something, says so and waits. */
final class ServiceProcess {
    private ServiceProcess() {}

    public static void main(String[] args) throws InterruptedException {
        var database = Database.open(new Embedded(Path.of(args[0]), Integer.parseInt(args[1])));
        var revision = database.revisions().publish(NewRevisions.some());
        var receipt = database.ledger().append(NewRecords.minimal(revision.id()));
        var server = Objects.requireNonNull(database.embedded());
        System.out.println("READY " + receipt.id() + " " + server.postmaster().pid() + " " + server.port());
        Thread.sleep(120_000);
    }
}
