package ismap.publication;

import static org.assertj.core.api.Assertions.assertThat;

import ismap.TinyRulebook;
import ismap.decision.Problem;
import ismap.ledger.InMemoryCheckpoints;
import ismap.ledger.Signer;
import ismap.ledger.Signers;
import ismap.ledger.SigningKey;
import ismap.revision.InMemoryRevisionStore;
import ismap.revision.InMemoryTakeovers;
import ismap.revision.NewRevision;
import ismap.revision.StoredRevision;
import ismap.revision.Takeovers;
import ismap.rulebook.Digests;
import ismap.rulebook.LoadedRulebook;
import ismap.rulebook.RulebookFiles;
import ismap.rulebook.SourceMap;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("core")
final class TakeOverTest {

    private static final Instant NOW = Instant.parse("2026-04-01T00:00:00Z");

    private Instant there = NOW;
    private final Signer signer = Signers.some();
    private final InMemoryCheckpoints keys = new InMemoryCheckpoints();
    private final InMemoryRevisionStore origin = new InMemoryRevisionStore(() -> there);
    private final Bundles bundles =
            new Bundles(origin, keys, () -> Optional.of(signer), Clock.fixed(NOW, ZoneOffset.UTC));

    private final InMemoryRevisionStore here = new InMemoryRevisionStore(() -> NOW);
    private final Takeovers takeovers = new InMemoryTakeovers(here);
    private final TakeOver takeOver = new TakeOver(TakeOverTest::read);

    TakeOverTest() {
        keys.add(SigningKey.first(signer, LocalDate.of(2020, 1, 1)));
    }

    /** Whatever the files are, they say the same; but for a workbook that nobody can read. */
    private static LoadedRulebook read(RulebookFiles files) {
        boolean readable = !Arrays.equals(files.contents().get("parameters.xlsx"), new byte[] {0});
        return new LoadedRulebook(
                Optional.of(TinyRulebook.rulebook()).filter(any -> readable), new SourceMap(Map.of()), List.of());
    }

    private byte[] published(String id, byte... parameters) {
        var files = new TreeMap<>(Map.of("parameters.xlsx", parameters, "rules/common.drl", new byte[] {1, 2}));
        origin.publish(new NewRevision(
                id,
                Digests.ofRulebook(TinyRulebook.rulebook()),
                Digests.ofFiles(new RulebookFiles(files)),
                "令和8年4月の改定",
                files));
        return bundle(id);
    }

    private byte[] bundle(String id) {
        return ((Bundles.Made.Bundled) bundles.make(id)).bundle().zip();
    }

    private TakeOver.Outcome take(byte[] zip) {
        return takeOver.take(zip, Optional.of(signer.keyId()), here, takeovers);
    }

    private static List<String> codes(TakeOver.Outcome outcome) {
        return ((TakeOver.Outcome.Refused) outcome)
                .problems().stream().map(Problem::code).toList();
    }

    @Test
    void takesExactlyTheFilesThatWerePublished() {
        TakeOver.Outcome outcome = take(published("r-1", (byte) 7));

        StoredRevision taken = ((TakeOver.Outcome.Taken) outcome).revision();
        assertThat(taken)
                .usingRecursiveComparison()
                .ignoringFields("publishedAt")
                .isEqualTo(origin.find("r-1").orElseThrow());
        assertThat(here.inForce().orElseThrow().id()).isEqualTo("r-1");
    }

    @Test
    void theSameRevisionHasTheSameAddressAndTheSameBytes() {
        byte[] first = published("r-1", (byte) 7);

        assertThat(bundle("r-1")).isEqualTo(first);
        assertThat(bundles.address("r-1"))
                .contains(BundleReader.read(first).bundle().orElseThrow().address());
    }

    @Test
    void takingItAgainChangesNothing() {
        byte[] zip = published("r-1", (byte) 7);
        take(zip);

        assertThat(take(zip)).isEqualTo(new TakeOver.Outcome.Here("r-1"));
    }

    @Test
    void refusesWhatItsOriginPublishedBeforeTheOneThatIsHere() {
        byte[] older = published("r-1", (byte) 7);
        there = NOW.plusSeconds(60);
        take(published("r-2", (byte) 8));

        assertThat(codes(take(older))).containsExactly("BUNDLE_OLDER");
        assertThat(here.inForce().orElseThrow().id()).isEqualTo("r-2");
    }

    @Test
    void refusesAnInstallationThatIsNotTrusted() {
        byte[] zip = published("r-1", (byte) 7);

        assertThat(codes(takeOver.take(zip, Optional.empty(), here, takeovers))).containsExactly("BUNDLE_NOT_TRUSTED");
        assertThat(codes(takeOver.take(zip, Optional.of("0".repeat(64)), here, takeovers)))
                .containsExactly("BUNDLE_NOT_TRUSTED");
        assertThat(here.inForce()).isEmpty();
    }

    @Test
    void anInstallationOfWhichSomethingIsHereNeedsNoNamingAgain() {
        take(published("r-1", (byte) 7));
        there = NOW.plusSeconds(60);

        assertThat(takeOver.take(published("r-2", (byte) 8), Optional.empty(), here, takeovers))
                .isInstanceOf(TakeOver.Outcome.Taken.class);
    }

    @Test
    void refusesAnotherContentUnderAnIdThatIsHere() {
        var files = new TreeMap<>(Map.of("parameters.xlsx", new byte[] {9}));
        here.publish(new NewRevision("r-1", "d", "f", "", files));

        assertThat(codes(take(published("r-1", (byte) 7)))).containsExactly("BUNDLE_ID_TAKEN");
    }

    @Test
    void refusesRulesThatThisVersionCannotRead() {
        byte[] zip = published("r-1", (byte) 0);

        assertThat(take(zip)).isInstanceOf(TakeOver.Outcome.Refused.class);
        assertThat(here.inForce()).isEmpty();
    }

    @Test
    void acceptsWhatAKeySignedThatTheFirstOneHandedOverTo() {
        Signer second = Signers.some();
        keys.add(SigningKey.successor(signer, second, LocalDate.of(2026, 1, 1)));
        published("r-1", (byte) 7);
        byte[] zip = ((Bundles.Made.Bundled)
                        new Bundles(origin, keys, () -> Optional.of(second), Clock.fixed(NOW, ZoneOffset.UTC))
                                .make("r-1"))
                .bundle()
                .zip();

        assertThat(take(zip)).isInstanceOf(TakeOver.Outcome.Taken.class);
    }

    @Test
    void refusesAKeyThatNobodyHandedOverTo() {
        published("r-1", (byte) 7);
        byte[] zip = ((Bundles.Made.Bundled)
                        new Bundles(origin, keys, () -> Optional.of(Signers.some()), Clock.fixed(NOW, ZoneOffset.UTC))
                                .make("r-1"))
                .bundle()
                .zip();

        assertThat(codes(take(zip))).containsExactly("BUNDLE_SIGNATURE");
    }

    @Test
    void namesTheFileThatWasAltered() throws IOException {
        byte[] zip = with(published("r-1", (byte) 7), "files/rules/common.drl", content -> new byte[] {1, 3});

        TakeOver.Outcome outcome = take(zip);

        assertThat(codes(outcome)).contains("BUNDLE_ALTERED");
        assertThat(((TakeOver.Outcome.Refused) outcome)
                        .problems()
                        .get(0)
                        .places()
                        .get(0))
                .hasToString("files/rules/common.drl");
    }

    @Test
    void refusesEveryBundleInWhichOneByteIsAnother() throws IOException {
        byte[] zip = published("r-1", (byte) 7);
        for (Map.Entry<String, byte[]> part : parts(zip).entrySet()) {
            for (int at = 0; at < part.getValue().length; at++) {
                byte[] other = part.getValue().clone();
                other[at] ^= 1;
                byte[] flipped = with(zip, part.getKey(), content -> other);
                assertThat(take(flipped))
                        .as("%s, byte %d", part.getKey(), at)
                        .isInstanceOf(TakeOver.Outcome.Refused.class);
            }
        }
        assertThat(here.inForce()).isEmpty();
    }

    @Test
    void refusesPartsThatAreMissingOrWereNeverThere() throws IOException {
        byte[] zip = published("r-1", (byte) 7);

        for (String part : parts(zip).keySet()) {
            assertThat(take(with(zip, part, content -> new byte[0]))).isInstanceOf(TakeOver.Outcome.Refused.class);
        }
        assertThat(codes(take(with(zip, "files/more.xlsx", content -> new byte[] {1}))))
                .contains("BUNDLE_ALTERED");
        assertThat(codes(take(with(zip, "../escape.xlsx", content -> new byte[] {1}))))
                .containsExactly("BUNDLE_UNREADABLE");
        assertThat(codes(take(with(zip, "files/../../x.xlsx", content -> new byte[] {1}))))
                .containsExactly("BUNDLE_UNREADABLE");
    }

    @Test
    void refusesWhatIsNoZipAndWhatUnpacksToTooMuch() throws IOException {
        assertThat(codes(take(new byte[0]))).containsExactly("BUNDLE_UNREADABLE");
        assertThat(codes(take("no zip".getBytes(StandardCharsets.UTF_8)))).containsExactly("BUNDLE_UNREADABLE");
        assertThat(codes(take(Arrays.copyOf(published("r-1", (byte) 7), 100)))).containsExactly("BUNDLE_UNREADABLE");
        byte[] bomb =
                with(bundle("r-1"), "files/bomb.xlsx", content -> new byte[(int) RulebookFolder.LARGEST_FILE + 1]);
        assertThat(codes(take(bomb))).containsExactly("BUNDLE_UNREADABLE");
    }

    private static Map<String, byte[]> parts(byte[] zip) throws IOException {
        var parts = new LinkedHashMap<String, byte[]>();
        try (var in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                parts.put(entry.getName(), in.readAllBytes());
            }
        }
        return parts;
    }

    private static byte[] with(byte[] zip, String part, UnaryOperator<byte[]> change) throws IOException {
        Map<String, byte[]> parts = parts(zip);
        parts.put(part, change.apply(parts.getOrDefault(part, new byte[0])));
        var bytes = new ByteArrayOutputStream();
        try (var out = new ZipOutputStream(bytes)) {
            for (var each : parts.entrySet()) {
                out.putNextEntry(new ZipEntry(each.getKey()));
                out.write(each.getValue());
            }
        }
        return bytes.toByteArray();
    }
}
