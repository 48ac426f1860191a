package ismap.publication;

import static org.assertj.core.api.Assertions.assertThat;

import ismap.decision.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("core")
class RulebookFolderTest {

    @TempDir
    Path root;

    @BeforeEach
    void aFolderWithOneWorkbookAndOneSheetOfScenarios() throws IOException {
        write("decision-tables/vocabulary.xlsx");
        write("decision-tables/scenarios/x.xlsx");
    }

    private Path write(String path) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(java.util.Objects.requireNonNull(file.getParent()));
        return Files.writeString(file, "content of " + path);
    }

    private Iterable<String> read() {
        RulebookFolder folder = RulebookFolder.read(root);
        assertThat(folder.problems()).isEmpty();
        return folder.files().contents().keySet();
    }

    @Test
    void theFolderIsTheOneThatHoldsDecisionTablesOrThatFolderItself() {
        assertThat(RulebookFolder.read(root).paths())
                .isEqualTo(RulebookFolder.read(root.resolve("decision-tables")).paths())
                .containsOnlyKeys("vocabulary.xlsx", "scenarios/x.xlsx");
    }

    @Test
    void drlIsLookedForInsideThenBesideThenWhereMavenKeepsIt() throws IOException {
        write("src/main/resources/rules/c.drl");
        assertThat(read()).contains("rules/c.drl");
        write("rules/b.drl");
        assertThat(read()).contains("rules/b.drl").doesNotContain("rules/c.drl");
        write("decision-tables/rules/a.drl");
        assertThat(read()).contains("rules/a.drl").doesNotContain("rules/b.drl");
    }

    @Test
    void whatOfficeProgramsLeaveBehindIsPassedOver() throws IOException {
        write("decision-tables/.~lock.vocabulary.xlsx#");
        write("decision-tables/~$vocabulary.xlsx");
        write("decision-tables/.hidden.xlsx");
        write("decision-tables/README.md");

        assertThat(read()).containsExactly("scenarios/x.xlsx", "vocabulary.xlsx");
    }

    @Test
    void aWorkbookOfAnotherKindIsAProblemAndNotSilence() throws IOException {
        write("decision-tables/parameters.ods");

        assertThat(RulebookFolder.read(root).problems())
                .extracting(Problem::code)
                .containsExactly("FILE_KIND");
    }

    @Test
    void aLinkThatLeadsOutOfTheFolderIsNotFollowed() throws IOException {
        Files.createSymbolicLink(root.resolve("decision-tables/a.xlsx"), write("outside.xlsx"));

        RulebookFolder folder = RulebookFolder.read(root);

        assertThat(folder.problems()).extracting(Problem::code).containsExactly("FILE_LEADS_AWAY");
        assertThat(folder.files().contents()).doesNotContainKey("a.xlsx");
    }

    @Test
    void aFileOverTheLimitIsNotRead() throws IOException {
        Files.write(root.resolve("decision-tables/big.xlsx"), new byte[(int) RulebookFolder.LARGEST_FILE + 1]);

        RulebookFolder folder = RulebookFolder.read(root);

        assertThat(folder.problems()).extracting(Problem::code).containsExactly("FILE_TOO_LARGE");
        assertThat(folder.files().contents()).doesNotContainKey("big.xlsx");
    }

    @Test
    void aFolderThatIsNotThereIsAProblem() {
        assertThat(RulebookFolder.read(root.resolve("nowhere")).problems())
                .extracting(Problem::code)
                .containsExactly("FOLDER_NOT_FOUND");
    }

    @Test
    void aFolderWithoutWorkbooksIsAProblem() throws IOException {
        Path empty = Files.createDirectory(root.resolve("empty"));

        assertThat(RulebookFolder.read(empty).problems())
                .extracting(Problem::code)
                .containsExactly("FOLDER_EMPTY");
    }
}
