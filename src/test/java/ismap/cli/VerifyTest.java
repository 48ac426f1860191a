package ismap.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import ismap.evaluation.RecordExport;
import ismap.evaluation.RecordQuery;
import ismap.evaluation.Records;
import ismap.json.JsonReader;
import ismap.json.JsonWriter;
import ismap.json.Parsed;
import ismap.ledger.Cases;
import ismap.ledger.Checkpoint;
import ismap.ledger.InMemoryCheckpoints;
import ismap.ledger.InMemoryLedger;
import ismap.ledger.KeyRing;
import ismap.ledger.NewRecord;
import ismap.ledger.RecordFilter;
import ismap.ledger.Signer;
import ismap.ledger.Signers;
import ismap.ledger.SigningKey;
import ismap.revision.InMemoryRevisionStore;
import ismap.revision.NewRevision;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Receipts as files, and nothing else: no service, no database. */
@Tag("core")
class VerifyTest {

    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Signer signer = Signers.some();
    private final InMemoryCheckpoints checkpoints = new InMemoryCheckpoints();

    private Path export = Path.of("");

    @BeforeEach
    void anExport() throws IOException {
        checkpoints.add(SigningKey.first(signer, LocalDate.of(2026, 4, 1)));
        export = folder.resolve("export.ndjson");
        Files.writeString(export, String.join("\n", receipts("EFFECTIVE")) + "\n");
        Files.createDirectory(folder.resolve("checkpoints"));
        sign(4, hash(3));
        sign(8, hash(7));
    }

    /** @param third the outcome of the third; all that follow hang on it */
    private static List<String> receipts(String third) {
        var revisions = new InMemoryRevisionStore(() -> NOW);
        revisions.publish(new NewRevision("r-1", "sha256:d", "sha256:f", "", new TreeMap<>()));
        var ledger = new InMemoryLedger(revisions, () -> NOW);
        var ids = new ArrayList<UUID>();
        for (int i = 1; i <= 10; i++) {
            NewRecord record = i == 6 ? Cases.of(i, "r-1", ids.get(1), "key") : Cases.of(i, "r-1");
            ids.add(ledger.append(i == 3 ? withOutcome(record, third) : record).id());
        }
        var records = new Records(ledger);
        return ids.stream()
                .map(id -> ((Records.Found.OnRecord) records.find(id, any -> true)).body())
                .map(body -> new String(body, StandardCharsets.UTF_8))
                .toList();
    }

    private static NewRecord withOutcome(NewRecord old, String outcome) {
        return new NewRecord(
                old.id(),
                old.recordedBy(),
                old.key(),
                old.decision(),
                outcome,
                old.applicableDay(),
                old.asOf(),
                old.revisionId(),
                old.application(),
                old.service(),
                old.applicant(),
                old.assessor(),
                old.supersedes(),
                old.supersedeReason(),
                old.request(),
                old.answer());
    }

    private String hash(int line) throws IOException {
        return new ObjectMapper().readTree(lines().get(line)).path("hash").asText();
    }

    private List<String> lines() throws IOException {
        return Files.readAllLines(export);
    }

    private void sign(long sequence, String hash) throws IOException {
        checkpoints.add(Checkpoint.signed(sequence, hash, NOW, signer));
        writeCheckpoints();
    }

    private void writeCheckpoints() throws IOException {
        for (Checkpoint checkpoint : checkpoints.after(0, 100)) {
            Files.write(
                    folder.resolve("checkpoints/checkpoint-%d.json".formatted(checkpoint.sequence())),
                    JsonWriter.write(checkpoint.form()));
        }
        Files.write(
                folder.resolve("checkpoints/keys.json"),
                JsonWriter.write(Map.of("keys", new KeyRing(checkpoints.keys()).form())));
    }

    private int verify(Object... args) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        var words = new ArrayList<String>(List.of("verify"));
        Arrays.stream(args).map(String::valueOf).forEach(words::add);
        return new CommandLine(new Root())
                .addSubcommand(new VerifyCommand(new PrintWriter(out, true)))
                .setErr(new PrintWriter(err, true))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(words.toArray(new String[0]));
    }

    @CommandLine.Command(name = "ismap")
    private static final class Root {}

    private int verifyWithCheckpoints() {
        return verify(export, "--checkpoints", folder.resolve("checkpoints"));
    }

    @Test
    void anExportThatNobodyTouchedIsClean() {
        assertThat(verify(export)).as(out.toString()).isEqualTo(Cli.CLEAN);
        assertThat(verifyWithCheckpoints()).as(out.toString()).isEqualTo(Cli.CLEAN);
        assertThat(out.toString()).contains("10 receipts, 0 findings. 2 of 2 checkpoints", "8 receipts hang on one");
    }

    @Test
    void aReceiptByItselfIsClean() throws IOException {
        Path receipt = Files.writeString(folder.resolve("r.json"), lines().get(4));
        assertThat(verify(receipt)).as(out.toString()).isEqualTo(Cli.CLEAN);
    }

    @Test
    void aReceiptThatWasLaidOutAnewIsClean() throws IOException {
        var mapper = new ObjectMapper();
        Path receipt = folder.resolve("r.json");
        Files.writeString(receipt, mapper.readTree(lines().get(4)).toPrettyString());
        assertThat(verify(receipt)).as(out.toString()).isEqualTo(Cli.CLEAN);
    }

    @Test
    void aReceiptThatSaysItWasCorrectedNeedsTheCorrection() throws IOException {
        Path corrected = Files.writeString(folder.resolve("2.json"), lines().get(1));
        Path correction = Files.writeString(folder.resolve("6.json"), lines().get(5));
        assertThat(verify(corrected)).isEqualTo(Cli.FINDINGS);
        assertThat(out.toString()).contains("supersededBy");
        assertThat(verify(correction, corrected)).as(out.toString()).isEqualTo(Cli.CLEAN);
    }

    /** The seed is fixed so that a failure can be seen again. */
    @Test
    void aFlippedByteIsNeverClean() throws IOException {
        byte[] bytes = Files.readAllBytes(export);
        var chance = new Random(20260401);
        int same = 0;
        for (int i = 0; i < 500; i++) {
            byte[] flipped = bytes.clone();
            int at = chance.nextInt(bytes.length);
            flipped[at] = (byte) (i % 2 == 0 ? flipped[at] ^ (1 << chance.nextInt(8)) : chance.nextInt(256));
            Files.write(export, flipped);
            if (verify(export) == Cli.CLEAN) {
                assertThat(meaning(flipped)).as("byte %d", at).isEqualTo(meaning(bytes));
                same++;
            }
        }
        assertThat(same).isLessThan(50);
    }

    private static List<String> meaning(byte[] ndjson) {
        return new String(ndjson, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.isBlank())
                .map(line -> JsonReader.read(line.getBytes(StandardCharsets.UTF_8)) instanceof Parsed.Document document
                        ? new String(JsonWriter.canonical(document.value()), StandardCharsets.UTF_8)
                        : "unreadable")
                .toList();
    }

    @Test
    void aFlippedByteInACheckpointOrAKeyIsNeverClean() throws IOException {
        checkpoints.add(SigningKey.successor(signer, Signers.some(), LocalDate.of(2026, 7, 1)));
        writeCheckpoints();
        for (String name : List.of("checkpoint-4.json", "keys.json")) {
            Path file = folder.resolve("checkpoints").resolve(name);
            byte[] bytes = Files.readAllBytes(file);
            for (int at = 0; at < bytes.length; at++) {
                byte[] flipped = bytes.clone();
                flipped[at] ^= 1;
                Files.write(file, flipped);
                assertThat(verifyWithCheckpoints())
                        .as(() -> name + " " + new String(flipped, StandardCharsets.UTF_8))
                        .isEqualTo(Cli.FINDINGS);
            }
            Files.write(file, bytes);
        }
    }

    @Test
    void aMissingAndASwappedReceiptAreNamed() throws IOException {
        List<String> lines = new ArrayList<>(lines());
        String fifth = lines.remove(4);
        Files.writeString(export, String.join("\n", lines));
        assertThat(verify(export)).isEqualTo(Cli.FINDINGS);
        assertThat(out.toString()).contains("5 to 5 are missing");
        assertThat(verify(export, "--selection")).isEqualTo(Cli.CLEAN);
        lines.add(5, fifth);
        Files.writeString(export, String.join("\n", lines));
        assertThat(verify(export)).isEqualTo(Cli.FINDINGS);
        assertThat(out.toString()).contains("out of order");
    }

    @Test
    void aChainThatWasRewrittenHangsTogetherAndIsExposedByTheCheckpoint() throws IOException {
        Files.writeString(export, String.join("\n", receipts("LAPSED")));
        assertThat(verify(export)).isEqualTo(Cli.CLEAN);
        assertThat(verifyWithCheckpoints()).isEqualTo(Cli.FINDINGS);
        assertThat(out.toString()).contains("export.ndjson:4 #4", "チェックポイント");
    }

    @Test
    void checkpointsOfAKeyThatWasHandedOverToHold() throws IOException {
        Signer second = Signers.some();
        checkpoints.add(SigningKey.successor(signer, second, LocalDate.of(2026, 6, 1)));
        checkpoints.add(Checkpoint.signed(10, hash(9), NOW.plusSeconds(86_400), second));
        writeCheckpoints();
        assertThat(verifyWithCheckpoints()).as(out.toString()).isEqualTo(Cli.CLEAN);
        assertThat(out.toString()).contains("3 of 3 checkpoints", "10 receipts hang on one");
    }

    @Test
    void checkpointsOfAKeyThatNobodyHandedOverToDoNotHold() throws IOException {
        Signer forger = Signers.some();
        SigningKey forged = SigningKey.successor(forger, forger, LocalDate.of(2026, 6, 1));
        checkpoints.add(
                new SigningKey(forged.keyId(), forged.publicKey(), forged.from(), signer.keyId(), forged.handOver()));
        checkpoints.add(Checkpoint.signed(10, hash(9), NOW, forger));
        writeCheckpoints();
        assertThat(verifyWithCheckpoints()).isEqualTo(Cli.FINDINGS);
        assertThat(out.toString()).contains("the hand-over is not signed", "no trusted key");
    }

    @Test
    void aCheckpointThatTheOldKeySignsAfterItsTimeDoesNotHold() throws IOException {
        checkpoints.add(SigningKey.successor(signer, Signers.some(), LocalDate.of(2026, 6, 1)));
        checkpoints.add(Checkpoint.signed(10, hash(9), NOW.plusSeconds(2 * 86_400), signer));
        writeCheckpoints();
        assertThat(verifyWithCheckpoints()).isEqualTo(Cli.FINDINGS);
        assertThat(out.toString()).contains("a day that its key does not sign on");
    }

    /** An export of ten records of which the second was redacted; the redaction is the line after the tenth. */
    private static List<String> redacted() {
        var revisions = new InMemoryRevisionStore(() -> NOW);
        revisions.publish(new NewRevision("r-1", "sha256:d", "sha256:f", "", new TreeMap<>()));
        var ledger = new InMemoryLedger(revisions, () -> NOW);
        for (int i = 1; i <= 10; i++) {
            ledger.append(Cases.of(i, "r-1"));
        }
        UUID second = Cases.of(2, "r-1").id();
        var proposal = ledger.propose(new UUID(1, 1), second, "auditor-1", "誤記載", "第98条");
        ledger.carryOut(second, proposal.id(), "auditor-2");
        ledger.append(Cases.of(12, "r-1"));
        try (var lines = RecordExport.open(ledger, RecordFilter.NONE, RecordQuery.Format.NDJSON)) {
            return new String(lines.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private int verifyLines(List<String> lines) throws IOException {
        return verify(Files.writeString(export, String.join("\n", lines)));
    }

    private static List<String> with(List<String> lines, int index, UnaryOperator<String> change) {
        var changed = new ArrayList<>(lines);
        changed.set(index, change.apply(changed.get(index)));
        assertThat(changed).isNotEqualTo(lines);
        return changed;
    }

    @Test
    void anExportWithARedactedRecordIsClean() throws IOException {
        List<String> lines = redacted();
        assertThat(lines).hasSize(12);
        assertThat(lines.get(1)).contains("\"redacted\":{").doesNotContain("\"salt\"", "\"request\"", "S-2");
        assertThat(verifyLines(lines)).as(out.toString()).isEqualTo(Cli.CLEAN);
        assertThat(out.toString()).contains("11 receipts, 0 findings", "1 entries say that a record was redacted");

        Files.delete(folder.resolve("checkpoints/checkpoint-4.json"));
        Files.delete(folder.resolve("checkpoints/checkpoint-8.json"));
        Files.write(
                folder.resolve("checkpoints/checkpoint-12.json"),
                JsonWriter.write(Checkpoint.signed(12, hash(11), NOW, signer).form()));
        assertThat(verifyWithCheckpoints()).as(out.toString()).isEqualTo(Cli.CLEAN);
        assertThat(out.toString()).contains("11 receipts hang on one");
    }

    @Test
    void contentThatIsGoneNeedsTheRedactionOfTheChain() throws IOException {
        List<String> lines = redacted();
        assertThat(verifyLines(lines.subList(0, 10))).isEqualTo(Cli.FINDINGS);
        assertThat(out.toString()).contains("export.ndjson:2 #2", "give the entry of the chain");

        Path receipt = Files.writeString(folder.resolve("r.json"), lines.get(1));
        Path redaction = Files.writeString(folder.resolve("redaction.json"), lines.get(10));
        assertThat(verify(receipt)).isEqualTo(Cli.FINDINGS);
        assertThat(verify(receipt, redaction)).as(out.toString()).isEqualTo(Cli.CLEAN);
    }

    @Test
    void contentThatIsGoneWithoutARedactionIsAFinding() throws IOException {
        List<String> lines = redacted();
        String other = lines.get(1).replaceFirst("(?s).*\"redacted\":", "");
        assertThat(verifyLines(with(lines, 2, line -> line.replaceFirst("\"salt\":.*", "\"redacted\":null}"))))
                .isEqualTo(Cli.FINDINGS);
        assertThat(out.toString()).contains("export.ndjson:3 #3");
        assertThat(verifyLines(with(lines, 2, line -> line.replaceFirst("\"salt\":.*", "") + "\"redacted\":" + other)))
                .isEqualTo(Cli.FINDINGS);
        assertThat(out.toString()).contains("is not the entry of the chain that redacts this record");
    }

    @Test
    void aRedactionWhoseRecordStillHasItsContentIsAFinding() throws IOException {
        String second =
                receipts("EFFECTIVE").get(1).replaceFirst("\"supersededBy\":\"[^\"]*\"", "\"supersededBy\":null");
        assertThat(verifyLines(with(redacted(), 1, line -> second))).isEqualTo(Cli.FINDINGS);
        assertThat(out.toString()).contains("export.ndjson:11 #11", "still has its content");
    }

    @Test
    void aChangedRedactionIsAFinding() throws IOException {
        List<String> lines = redacted();
        for (String change : List.of("auditor-1=auditor-2", "誤記載=別の理由", "\"hash\"=\"hush\"", "REDACTION=DECISION")) {
            String[] both = change.split("=", 2);
            assertThat(verifyLines(with(lines, 10, line -> line.replace(both[0], both[1]))))
                    .as(change)
                    .isEqualTo(Cli.FINDINGS);
            assertThat(verifyLines(
                            with(lines, 1, line -> line.replaceFirst("(\"redacted\".*)" + both[0], "$1" + both[1]))))
                    .as(change)
                    .isEqualTo(Cli.FINDINGS);
        }
        assertThat(verifyLines(with(lines, 1, line -> line.replaceFirst("EFFECTIVE", "LAPSED"))))
                .isEqualTo(Cli.FINDINGS);
    }

    @Test
    void aRedactedReceiptHasTheFormOfTheSchemaToo() throws IOException {
        try (InputStream schema = VerifyTest.class.getResourceAsStream("/ismap/api/receipt.schema.json")) {
            var validator = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                    .getSchema(new ObjectMapper().readTree(schema));
            String redacted = redacted().get(1);
            assertThat(validator.validate(new ObjectMapper().readTree(redacted)))
                    .isEmpty();
            assertThat(validator.validate(new ObjectMapper()
                            .readTree(redacted.replace("\"redacted\":", "\"request\":{},\"redacted\":"))))
                    .isNotEmpty();
            assertThat(validator.validate(new ObjectMapper().readTree(redacted.replaceFirst(",\"redacted\":.*", "}"))))
                    .isNotEmpty();
        }
    }

    @Test
    void theResultIsAlsoJson() throws IOException {
        Files.writeString(export, Files.readString(export).replaceFirst("EFFECTIVE", "LAPSED"));
        assertThat(verify(export, "--format", "json")).isEqualTo(Cli.FINDINGS);
        var json = new ObjectMapper().readTree(out.toString());
        assertThat(json.path("clean").asBoolean()).isFalse();
        assertThat(json.path("receipts").asInt()).isEqualTo(10);
        assertThat(json.path("findings").path(0).path("line").asInt()).isEqualTo(1);
        assertThat(json.path("findings").path(0).path("what").path("en").asText())
                .contains("outcome");
    }

    @Test
    void whatIsNotThereIsUsage() throws IOException {
        assertThat(verify()).isEqualTo(Cli.USAGE);
        assertThat(verify(folder.resolve("nothing.json"))).isEqualTo(Cli.USAGE);
        Files.delete(folder.resolve("checkpoints/keys.json"));
        assertThat(verifyWithCheckpoints()).isEqualTo(Cli.USAGE);
        assertThat(verify(Files.writeString(folder.resolve("empty"), ""))).isEqualTo(Cli.FINDINGS);
    }

    @Test
    void aReceiptHasTheFormOfItsSchema() throws IOException {
        try (InputStream schema = VerifyTest.class.getResourceAsStream("/ismap/api/receipt.schema.json")) {
            var validator = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                    .getSchema(new ObjectMapper().readTree(schema));
            for (String line : lines()) {
                assertThat(validator.validate(new ObjectMapper().readTree(line)))
                        .isEmpty();
            }
            String broken = lines().get(0).replaceFirst("\"hash\":\"", "\"hash\":\"x");
            assertThat(validator.validate(new ObjectMapper().readTree(broken))).isNotEmpty();
        }
    }
}
