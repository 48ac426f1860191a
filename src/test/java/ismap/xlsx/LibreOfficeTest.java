package ismap.xlsx;

import static org.assertj.core.api.Assertions.assertThat;

import ismap.rulebook.Digests;
import ismap.rulebook.LoadedRulebook;
import ismap.rulebook.Rulebook;
import ismap.rulebook.RulebookFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Saving a workbook again in LibreOffice changes its bytes and a good deal of its XML, and must not change what it says. */
@Tag("libreoffice")
class LibreOfficeTest {

    @TempDir
    Path folder;

    @Test
    void aRulebookSavedAgainByLibreOfficeReadsBackToAnEqualOne() throws Exception {
        LoadedRulebook first = Sample.read(Sample.files());
        Rulebook rulebook = first.rulebook().orElseThrow();

        LoadedRulebook again = Sample.read(savedAgain(new RulebookWriter().write(rulebook, first.sources())));

        assertThat(again.problems()).isEmpty();
        assertThat(again.rulebook()).contains(rulebook);
        assertThat(Digests.ofRulebook(again.rulebook().orElseThrow())).isEqualTo(Digests.ofRulebook(rulebook));
    }

    @Test
    void theRulebookThatShipsIsTheSameAfterwards() throws Exception {
        RulebookFiles shipped = Folder.shipped();
        var workbooks = new java.util.TreeMap<>(shipped.contents());
        workbooks.keySet().removeIf(path -> path.contains("/"));
        LoadedRulebook before = Folder.reader().read(shipped);

        var saved = new java.util.TreeMap<>(shipped.contents());
        saved.putAll(savedAgain(workbooks).contents());
        LoadedRulebook after = Folder.reader().read(new RulebookFiles(saved));

        assertThat(after.problems()).isEmpty();
        assertThat(Digests.ofRulebook(after.rulebook().orElseThrow()))
                .isEqualTo(Digests.ofRulebook(before.rulebook().orElseThrow()));
    }

    @Test
    void plainWorkbooksWithoutLayoutSurviveItToo() throws Exception {
        LoadedRulebook again = Sample.read(savedAgain(Sample.files().contents()));

        assertThat(again.problems()).isEmpty();
        assertThat(again.rulebook()).isEqualTo(Sample.read(Sample.files()).rulebook());
    }

    /** A truth value comes back as the formula TRUE(), an era date with another format, and they are read all the same. */
    @Test
    void cellsThatPeopleTypeMeanTheSameAfterwards() throws Exception {
        byte[] typed = Sample.edited(Sample.bytesOf("licence.xlsx"), Bad.typed());
        LoadedRulebook before = Sample.read(Sample.with("licence.xlsx", typed));

        LoadedRulebook after =
                Sample.read(savedAgain(Sample.with("licence.xlsx", typed).contents()));

        assertThat(before.problems()).isEmpty();
        assertThat(after.problems()).isEmpty();
        assertThat(after.rulebook())
                .isEqualTo(before.rulebook())
                .isEqualTo(Sample.read(Sample.files()).rulebook());
    }

    @Test
    void scenariosSurviveItToo() throws Exception {
        byte[] bytes = ScenarioSheetReaderTest.workbook();
        RulebookFiles saved = savedAgain(Map.of("scenarios.xlsx", bytes));

        assertThat(new ScenarioSheetReader()
                        .read("scenarios.xlsx", saved.contents().getOrDefault("scenarios.xlsx", new byte[0])))
                .isEqualTo(new ScenarioSheetReader().read("scenarios.xlsx", bytes));
    }

    private RulebookFiles savedAgain(Map<String, byte[]> files) throws IOException, InterruptedException {
        Path in = folder.resolve("in");
        Path out = folder.resolve("out");
        Folder.write(in, files);
        var command = new ArrayList<>(List.of(
                "soffice",
                "-env:UserInstallation=" + folder.resolve("profile").toUri(),
                "--headless",
                "--convert-to",
                "xlsx",
                "--outdir",
                out.toString()));
        files.keySet().forEach(path -> command.add(in.resolve(path).toString()));
        // Where soffice is missing this throws and the test fails, as it should: nothing would have been shown.
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(() -> log()).isZero();
        RulebookFiles saved = Folder.read(out);
        assertThat(saved.contents().keySet()).isEqualTo(new java.util.TreeSet<>(files.keySet()));
        return saved;
    }

    private String log() {
        try {
            return Files.readString(folder.resolve("log"));
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }
}
