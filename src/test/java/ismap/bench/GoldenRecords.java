package ismap.bench;

import ismap.Shipped;
import ismap.evaluation.ActiveRulebook;
import ismap.evaluation.Evaluation;
import ismap.evaluation.Evaluations;
import ismap.evaluation.RecordExport;
import ismap.evaluation.RecordQuery;
import ismap.ledger.InMemoryLedger;
import ismap.ledger.RecordFilter;
import ismap.publication.RulebookFolder;
import ismap.regression.Scenario;
import ismap.revision.InMemoryRevisionStore;
import ismap.revision.NewRevision;
import ismap.rulebook.Digests;
import ismap.rulebook.RulebookFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * {@code dev/soak replay}: decides the shipped scenarios, their facts varied, until there are as many records as asked for, and writes
 * their receipts, one a line. The same on every machine, but for the ids.
 */
public final class GoldenRecords {

    private static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");
    private static final String REVISION = "golden";

    private final Random random = new Random(20261122);
    private final Map<Scenario, String> scenarios = new LinkedHashMap<>();

    private GoldenRecords() {
        for (String decision : Shipped.decisions()) {
            Shipped.scenarios(decision).forEach(scenario -> scenarios.put(scenario, decision));
        }
    }

    /** @param args how many, and the file */
    public static void main(String[] args) throws IOException {
        new GoldenRecords().write(Integer.parseInt(args[0]), Path.of(args[1]));
    }

    private void write(int records, Path file) throws IOException {
        RulebookFiles files = RulebookFolder.read(Shipped.FOLDER).files();
        String digest = Digests.ofRulebook(Shipped.checked().rulebook().orElseThrow());
        var revisions = new InMemoryRevisionStore(() -> NOW);
        revisions.publish(
                new NewRevision(REVISION, digest, Digests.ofFiles(files), "", new TreeMap<>(files.contents())));
        var active = new ActiveRulebook(
                REVISION,
                digest,
                NOW,
                Shipped.checked().rulebook().orElseThrow(),
                Shipped.checked().sources(),
                Shipped.checked().plans(),
                Shipped.compiled());
        var turns = new ArrayList<>(scenarios.keySet());
        int written = 0;
        int refused = 0;
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int turn = 0; written < records; turn++) {
                // A ledger of its own for each: what is looked for in memory grows with what is there.
                var ledger = new InMemoryLedger(revisions, () -> NOW);
                var evaluations = new Evaluations(
                        () -> Optional.of(active),
                        ledger,
                        Clock.fixed(NOW, ZoneOffset.UTC),
                        UUID::randomUUID,
                        (decision, revision, what) -> {
                            throw new IllegalStateException(decision + ": " + what);
                        });
                Scenario scenario = turns.get(turn % turns.size());
                boolean asItIs = turn < turns.size();
                Evaluation evaluation = evaluations.decide(
                        scenarios.getOrDefault(scenario, ""),
                        Map.of(
                                "asOf",
                                (asItIs ? scenario.asOf() : moved(scenario.asOf())).toString(),
                                "facts",
                                asItIs ? scenario.facts() : varied(scenario.facts())),
                        "golden",
                        Optional.empty());
                if (evaluation instanceof Evaluation.Answered) {
                    try (var export = RecordExport.open(ledger, RecordFilter.NONE, RecordQuery.Format.NDJSON)) {
                        export.transferTo(out);
                    }
                    written++;
                } else {
                    refused++;
                }
            }
        }
        System.err.printf(
                "%d records written on Java %s in %s, %s; %d variations were refused%n",
                written,
                Runtime.version().feature(),
                java.util.TimeZone.getDefault().getID(),
                java.util.Locale.getDefault(),
                refused);
    }

    private Map<String, @Nullable Object> varied(Map<String, @Nullable Object> facts) {
        var varied = new LinkedHashMap<>(facts);
        var names = List.copyOf(facts.keySet());
        int changes = names.isEmpty() ? 0 : 1 + random.nextInt(2);
        for (int i = 0; i < changes; i++) {
            String name = names.get(random.nextInt(names.size()));
            switch (random.nextInt(6)) {
                case 0 -> varied.remove(name);
                case 1 -> varied.put(name, null);
                default -> varied.computeIfPresent(name, (same, value) -> changed(value));
            }
        }
        return varied;
    }

    private Object changed(Object value) {
        if (value instanceof Boolean truth) {
            return !truth;
        }
        if (value instanceof BigDecimal number) {
            return number.add(BigDecimal.valueOf(random.nextInt(5) - 2));
        }
        if (value instanceof String text && text.matches("\\d{4}-\\d{2}-\\d{2}.*")) {
            return moved(LocalDate.parse(text.substring(0, 10))) + text.substring(10);
        }
        if (value instanceof List<?> list && !list.isEmpty()) {
            var fewer = new ArrayList<Object>(list);
            fewer.remove(random.nextInt(fewer.size()));
            return fewer;
        }
        return value;
    }

    private LocalDate moved(LocalDate day) {
        return random.nextBoolean() ? day.plusDays(random.nextInt(9) - 4L) : day.plusMonths(random.nextInt(37) - 18L);
    }
}
