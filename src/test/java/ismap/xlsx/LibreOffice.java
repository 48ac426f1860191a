package ismap.xlsx;

import static org.assertj.core.api.Assertions.assertThat;

import ismap.rulebook.RulebookFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The real one, without a window. Where it is missing the tests that use it fail: nothing would have been shown. */
final class LibreOffice {

    private final Path folder;
    private int runs;

    LibreOffice(Path folder) {
        this.folder = folder;
    }

    /** Workbooks opened and saved again. */
    RulebookFiles savedAgain(Map<String, byte[]> files) throws IOException, InterruptedException {
        Path in = folder.resolve("in" + ++runs);
        Path out = folder.resolve("out" + runs);
        Folder.write(in, files);
        var command = new ArrayList<>(List.of("--convert-to", "xlsx", "--outdir", out.toString()));
        files.keySet().forEach(path -> command.add(in.resolve(path).toString()));
        run(command.toArray(String[]::new));
        RulebookFiles saved = Folder.read(out);
        assertThat(saved.contents().keySet()).isEqualTo(new java.util.TreeSet<>(files.keySet()));
        return saved;
    }

    /**
     * A workbook after somebody worked in one of its sheets. Steps are lines of Basic that speak of {@code sheet}; one that LibreOffice
     * refuses is passed over.
     */
    byte[] edited(byte[] workbook, String sheet, String... steps) throws IOException, InterruptedException {
        savedAgain(Map.of("first.xlsx", workbook)); // makes the profile, into which the macro goes
        Path in = folder.resolve("edit" + ++runs + ".xlsx");
        Path out = folder.resolve("edited" + runs + ".xlsx");
        Files.write(in, workbook);
        var macro = new ArrayList<String>();
        macro.add("Sub Main");
        macro.add("On Error Resume Next");
        macro.add("Dim doc, sheet");
        macro.add("Dim h(0) As New com.sun.star.beans.PropertyValue");
        macro.add("h(0).Name = \"Hidden\" : h(0).Value = True");
        macro.add("doc = StarDesktop.loadComponentFromURL(\"%s\", \"_blank\", 0, h())".formatted(in.toUri()));
        macro.add("sheet = doc.Sheets.getByName(\"%s\")".formatted(sheet));
        macro.addAll(Arrays.asList(steps));
        macro.add("Dim s(0) As New com.sun.star.beans.PropertyValue");
        macro.add("s(0).Name = \"FilterName\" : s(0).Value = \"Calc MS Excel 2007 XML\"");
        macro.add("doc.storeToURL(\"%s\", s())".formatted(out.toUri()));
        macro.add("StarDesktop.terminate");
        macro.add("End Sub");
        module(String.join("\n", macro));
        run("--norestore", "macro:///Standard.Edit.Main()");
        return Files.readAllBytes(out);
    }

    private void module(String basic) throws IOException {
        Path library = folder.resolve("profile/user/basic/Standard");
        Path modules = library.resolve("script.xlb");
        Files.writeString(
                modules,
                Files.readString(modules)
                        .replace("</library:library>", "<library:element library:name=\"Edit\"/></library:library>"));
        Files.writeString(
                library.resolve("Edit.xba"),
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?><script:module xmlns:script=\"http://openoffice.org/2000/script\""
                        + " script:name=\"Edit\" script:language=\"StarBasic\">\n"
                        + basic.replace("&", "&amp;").replace("<", "&lt;") + "\n</script:module>");
    }

    private void run(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                "soffice", "-env:UserInstallation=" + folder.resolve("profile").toUri(), "--headless"));
        command.addAll(Arrays.asList(arguments));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        assertThat(process.waitFor(180, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(this::log).isZero();
    }

    private String log() {
        try {
            return Files.readString(folder.resolve("log"));
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }
}
