package ismap.app;

import ismap.cli.Cli;
import ismap.cli.CliTools;
import ismap.drools.DroolsCompiler;
import ismap.evaluation.ActiveRulebook;
import ismap.evaluation.Alarm;
import ismap.evaluation.Evaluations;
import ismap.json.JsonWriter;
import ismap.ledger.Ledger;
import ismap.ledger.NewRecord;
import ismap.ledger.Receipt;
import ismap.publication.CheckRulebook;
import ismap.publication.TakeOver;
import ismap.xlsx.AnnotatedWorkbook;
import ismap.xlsx.DiffWorkbook;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** Wires the commands; a database is opened by those alone that look at records. */
final class CommandLine {

    private CommandLine() {}

    static int run(String[] args, Map<String, String> environment, Clock clock, PrintStream out, PrintStream err) {
        CliTools tools = new CliTools(
                new CheckRulebook(Rulebooks::read, Rulebooks::scenarios),
                new DroolsCompiler(),
                DroolsCompiler::printed,
                AnnotatedWorkbook::of,
                active -> evaluations(active, clock, err),
                clock,
                new TakeOver(Rulebooks::checked),
                Optional.ofNullable(environment.get("ISMAP_TOKEN"))
                        .map(String::strip)
                        .filter(token -> !token.isEmpty()),
                instead -> RecordStorage.open(with(environment, instead), clock, alarm(err)),
                () -> new DatabaseBackups(environment),
                diff -> DiffWorkbook.of(diff, facts -> new String(JsonWriter.write(facts), StandardCharsets.UTF_8)));
        return new Cli(tools, utf8(out), utf8(err)).run(args);
    }

    private static Map<String, String> with(Map<String, String> environment, Map<String, String> instead) {
        var all = new HashMap<>(environment);
        all.putAll(instead);
        return all;
    }

    private static Evaluations evaluations(ActiveRulebook active, Clock clock, PrintStream err) {
        return new Evaluations(() -> Optional.of(active), new NoLedger(), clock, UUID::randomUUID, alarm(err));
    }

    private static Alarm alarm(PrintStream err) {
        return (decision, revision, difference) -> err.println("evaluation-failed: " + decision + ": " + difference);
    }

    private static PrintWriter utf8(PrintStream stream) {
        return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
    }

    /** What the command line decides is on no record. */
    private static final class NoLedger implements Ledger {
        @Override
        public CompletableFuture<Receipt> submit(NewRecord record) {
            throw new IllegalStateException("the command line records nothing");
        }

        @Override
        public Optional<Receipt> find(UUID id) {
            return Optional.empty();
        }

        @Override
        public Optional<Receipt> find(String principal, String key) {
            return Optional.empty();
        }
    }
}
