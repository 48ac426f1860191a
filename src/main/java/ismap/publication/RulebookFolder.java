package ismap.publication;

import ismap.decision.Bilingual;
import ismap.decision.Place;
import ismap.decision.Problem;
import ismap.rulebook.RulebookFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The files of a rulebook as they lie in a folder: {@code *.xlsx}, {@code scenarios/*.xlsx} and {@code rules/*.drl}.
 *
 * <p>The folder named is the one that holds {@code decision-tables/}, or that folder itself. DRL is looked for in {@code rules/}
 * inside it, beside it, then in {@code src/main/resources/rules} beside it; the first that exists is taken, alone. What an office program leaves behind
 * ({@code ~$x.xlsx}, {@code .~lock.x.xlsx#}) and hidden files are passed over. Nothing outside of these folders is read, through a
 * link neither.
 *
 * @param files what was read, by the path in the rulebook
 * @param paths where each of them lies
 * @param problems a folder that is not there, a file too large or of another kind, a link that leads away; the file is left out
 */
public record RulebookFolder(RulebookFiles files, Map<String, Path> paths, List<Problem> problems) {

    /** So many bytes may one file have, and so many all of them; so many files may there be. */
    public static final long LARGEST_FILE = 10L << 20;

    public static final long LARGEST_FOLDER = 100L << 20;
    public static final int MOST_FILES = 500;

    private static final String TABLES = "decision-tables";
    private static final String SCENARIOS = "scenarios";
    private static final String RULES = "rules";
    private static final List<String> OTHER_WORKBOOKS = List.of(".xls", ".xlsm", ".xlsb", ".ods", ".xltx");

    public RulebookFolder {
        paths = java.util.Collections.unmodifiableMap(new TreeMap<>(paths));
        problems = List.copyOf(problems);
    }

    /** Where a file of that path would be read from; it need not be there. */
    public static Path place(Path folder, String path) {
        Path tables = Reading.tables(folder.toAbsolutePath().normalize());
        return path.startsWith(RULES + "/")
                ? Reading.rules(tables)
                        .orElseGet(() -> tables.resolve(RULES))
                        .resolve(path.substring(RULES.length() + 1))
                : tables.resolve(path);
    }

    /** Never throws for what lies in the folder. */
    public static RulebookFolder read(Path folder) {
        return new Reading().read(folder.toAbsolutePath().normalize());
    }

    private static final class Reading {
        private final Map<String, byte[]> contents = new TreeMap<>();
        private final Map<String, Path> paths = new TreeMap<>();
        private final List<Problem> problems = new ArrayList<>();
        private long bytes;

        RulebookFolder read(Path folder) {
            Path tables = tables(folder);
            if (!Files.isDirectory(tables)) {
                problem(
                        "FOLDER_NOT_FOUND",
                        folder.toString(),
                        "",
                        "フォルダー「%s」がありません。".formatted(folder),
                        "There is no folder \"%s\".".formatted(folder),
                        "decision-tables のあるフォルダー、又は decision-tables そのものを指定してください。",
                        "Name the folder that holds decision-tables, or decision-tables itself.");
                return result();
            }
            files(tables, "", ".xlsx");
            files(tables.resolve(SCENARIOS), SCENARIOS + "/", ".xlsx");
            rules(tables).ifPresent(rules -> files(rules, RULES + "/", ".drl"));
            if (contents.isEmpty() && problems.isEmpty()) {
                problem(
                        "FOLDER_EMPTY",
                        tables.toString(),
                        "",
                        "フォルダー「%s」にワークブックがありません。".formatted(tables),
                        "There is no workbook in \"%s\".".formatted(tables),
                        "vocabulary.xlsx などのあるフォルダーを指定してください。",
                        "Name the folder that holds vocabulary.xlsx and the others.");
            }
            return result();
        }

        private RulebookFolder result() {
            return new RulebookFolder(new RulebookFiles(contents), paths, problems);
        }

        private static Path tables(Path folder) {
            Path inside = folder.resolve(TABLES);
            return Files.isDirectory(inside) ? inside : folder;
        }

        private static Optional<Path> rules(Path tables) {
            @Nullable Path beside = tables.getParent();
            return Stream.concat(
                            Stream.of(tables.resolve(RULES)),
                            Stream.ofNullable(beside)
                                    .flatMap(parent -> Stream.of(
                                            parent.resolve(RULES), parent.resolve("src/main/resources/" + RULES))))
                    .filter(Files::isDirectory)
                    .findFirst();
        }

        private void files(Path folder, String prefix, String ending) {
            if (!Files.isDirectory(folder)) {
                return;
            }
            try (Stream<Path> entries = Files.list(folder)) {
                for (Path file : entries.sorted().toList()) {
                    String name = String.valueOf(file.getFileName());
                    if (!name.startsWith(".") && !name.startsWith("~$") && !Files.isDirectory(file)) {
                        file(folder, file, prefix + name, ending);
                    }
                }
            } catch (IOException unreadable) {
                unreadable(folder.toString(), unreadable);
            }
        }

        private void file(Path folder, Path file, String path, String ending) {
            if (!path.endsWith(ending)) {
                if (OTHER_WORKBOOKS.stream().anyMatch(path.toLowerCase(java.util.Locale.ROOT)::endsWith)) {
                    problem(
                            "FILE_KIND",
                            path,
                            ending,
                            "「%s」は読み込めない形式のファイルです。".formatted(path),
                            "\"%s\" is not of a kind that is read.".formatted(path),
                            "Excelブック（.xlsx）として保存してください。",
                            "Save it as an Excel workbook (.xlsx).");
                }
                return;
            }
            try {
                if (!file.toRealPath().startsWith(folder.toRealPath())) {
                    problem(
                            "FILE_LEADS_AWAY",
                            path,
                            "a file in the folder",
                            "「%s」はフォルダーの外を指すリンクです。".formatted(path),
                            "\"%s\" is a link that leads out of the folder.".formatted(path),
                            "ファイルそのものを置いてください。",
                            "Put the file itself there.");
                    return;
                }
                content(file, path);
            } catch (IOException unreadable) {
                unreadable(path, unreadable);
            }
        }

        private void content(Path file, String path) throws IOException {
            byte[] content;
            // Not by the size it claims: a file may grow while it is read.
            try (InputStream input = Files.newInputStream(file)) {
                content = input.readNBytes((int) LARGEST_FILE + 1);
            }
            if (content.length > LARGEST_FILE) {
                problem(
                        "FILE_TOO_LARGE",
                        path,
                        "at most %d bytes".formatted(LARGEST_FILE),
                        "「%s」は大きすぎます（上限 %d MB）。".formatted(path, LARGEST_FILE >> 20),
                        "\"%s\" is too large (the limit is %d MB).".formatted(path, LARGEST_FILE >> 20),
                        "不要な書式や画像を除いて保存し直してください。",
                        "Remove formats and pictures that are not needed, and save it again.");
                return;
            }
            if (contents.size() >= MOST_FILES || bytes + content.length > LARGEST_FOLDER) {
                problem(
                        "FOLDER_TOO_LARGE",
                        path,
                        "at most %d files of %d bytes".formatted(MOST_FILES, LARGEST_FOLDER),
                        "ファイルが多すぎるため「%s」は読み込まれませんでした。".formatted(path),
                        "There are too many files; \"%s\" was not read.".formatted(path),
                        "ほかの用途のファイルを別のフォルダーに移してください。",
                        "Move files that serve other purposes to another folder.");
                return;
            }
            bytes += content.length;
            contents.put(path, content);
            paths.put(path, file);
        }

        private void unreadable(String path, IOException cause) {
            problem(
                    "FILE_UNREADABLE",
                    path,
                    "",
                    "「%s」を読み込めません（%s）。".formatted(path, cause.getClass().getSimpleName()),
                    "\"%s\" cannot be read (%s)."
                            .formatted(path, cause.getClass().getSimpleName()),
                    "ほかのプログラムで開いていないか、読取りの権限があるかを確認してください。",
                    "See whether another program has it open and whether you may read it.");
        }

        private void problem(
                String code, String path, String expected, String ja, String en, String adviceJa, String adviceEn) {
            problems.add(Problem.error(
                            code,
                            new Place.Cell(path, "", ""),
                            new Bilingual(ja, en),
                            new Bilingual(adviceJa, adviceEn))
                    .expected(expected));
        }
    }
}
