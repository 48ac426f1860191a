package ismap.decision;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a problem of one code means wherever it appears, and how it is mended; beside its message, which speaks of one place. The kinds of
 * answers that are problems as a whole ({@code not-found}) have one each too.
 *
 * <p>They stand in {@code problems.tsv} beside this class: a line a code, the columns named by the first line, {@code \n} for a line break.
 *
 * @param wrong an example of what has the problem; blank where there is none, as {@code right}
 */
public record ProblemText(
        String code, Bilingual title, Bilingual meaning, Bilingual remedy, String wrong, String right) {

    private static final List<String> COLUMNS = List.of(
            "code",
            "title_ja",
            "title_en",
            "meaning_ja",
            "meaning_en",
            "remedy_ja",
            "remedy_en",
            "example_wrong",
            "example_right");

    private static final Map<String, ProblemText> ALL = read("problems.tsv");

    /** All of them, in the order of their codes. */
    public static List<ProblemText> all() {
        return List.copyOf(ALL.values());
    }

    public static Optional<ProblemText> of(String name) {
        return Optional.ofNullable(ALL.get(name));
    }

    private static Map<String, ProblemText> read(String resource) {
        try (InputStream stream = ProblemText.class.getResourceAsStream(resource)) {
            if (stream == null) {
                throw new IllegalStateException("%s is not on the class path".formatted(resource));
            }
            var reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
            return read(reader.lines().filter(line -> !line.isBlank()).toList());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Map<String, ProblemText> read(List<String> lines) {
        if (!List.of(lines.get(0).split("\t", -1)).equals(COLUMNS)) {
            throw new IllegalStateException("the columns should be %s, not %s".formatted(COLUMNS, lines.get(0)));
        }
        var texts = new LinkedHashMap<String, ProblemText>();
        for (String line : lines.subList(1, lines.size()).stream().sorted().toList()) {
            String[] cells = line.replace("\\n", "\n").split("\t", -1);
            if (cells.length != COLUMNS.size()) {
                throw new IllegalStateException(
                        "%d cells and not %d: %s".formatted(cells.length, COLUMNS.size(), line));
            }
            String code = cells[0];
            var text = new ProblemText(
                    code,
                    new Bilingual(cells[1], cells[2]),
                    new Bilingual(cells[3], cells[4]),
                    new Bilingual(cells[5], cells[6]),
                    cells[7],
                    cells[8]);
            if (texts.put(text.code(), text) != null) {
                throw new IllegalStateException("%s stands there twice".formatted(text.code()));
            }
        }
        return texts;
    }
}
