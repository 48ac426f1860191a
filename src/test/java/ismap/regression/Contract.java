package ismap.regression;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The public contract as it is written: {@code docs/contract/decisions.md} with a section for each decision, and {@code facts.csv}. Read in
 * its own words, so that what it says and what is tested cannot part.
 */
public final class Contract {

    private static final Path FOLDER = Path.of("docs/contract");

    private static final Pattern HEADING = Pattern.compile("(?m)^## ([a-z-]+) — .*$");

    /** A rule id, {@code LIU-A2-1}, {@code BR-LATE-x}; the dots of a range; the rest of an id, {@code -3}. */
    private static final Pattern RULE = Pattern.compile(
            "(?<id>(?<stem>[A-Z]{2,}(?:-[A-Z0-9][A-Za-z0-9.]*)*?-)(?<last>\\d+|x)(?![\\w.-]*\\w))|(?<range>…)|(?<=[\\s/])-(?<short>\\d+)");

    /** @param governingFact empty where the section says that there is none, or does not speak of one */
    public record Section(
            String decision,
            String text,
            Optional<String> governingFact,
            List<String> rules,
            List<String> outcomes,
            List<String> values) {}

    private Contract() {}

    /** By name, in the order of the document. */
    public static Map<String, Section> sections() {
        String document = read("decisions.md");
        var texts = new LinkedHashMap<String, String>();
        List<MatchResult> headings = HEADING.matcher(document).results().toList();
        for (MatchResult heading : headings) {
            int end = document.indexOf("\n## ", heading.end());
            texts.put(heading.group(1), spaced(document.substring(heading.end(), end < 0 ? document.length() : end)));
        }
        var sections = new LinkedHashMap<String, Section>();
        texts.forEach((name, text) -> sections.put(
                name,
                new Section(
                        name,
                        text,
                        matches("Governing fact `([A-Za-z]+)`", text).stream().findFirst(),
                        rules(sentence(text, "Rules:? ").orElseThrow()),
                        outcomes(text, texts),
                        values(text))));
        return Collections.unmodifiableMap(sections);
    }

    public static List<String> decisions() {
        return List.copyOf(sections().keySet());
    }

    public static Section section(String decision) {
        return java.util.Objects.requireNonNull(sections().get(decision), decision);
    }

    /** The codes in backticks that stand in {@code decisions.md} from some words to others. */
    static List<String> codes(String from, String to) {
        String document = spaced(read("decisions.md"));
        int start = document.indexOf(from);
        return matches("`([A-Z_]+)`", document.substring(start, document.indexOf(to, start)));
    }

    /** The rows of {@code facts.csv}: what stands in each column. */
    public static Map<String, Map<String, String>> facts() {
        List<List<String>> lines = read("facts.csv")
                .lines()
                .filter(line -> !line.isBlank())
                .map(Contract::csv)
                .toList();
        var facts = new LinkedHashMap<String, Map<String, String>>();
        for (List<String> line : lines.subList(1, lines.size())) {
            var row = new LinkedHashMap<String, String>();
            for (int i = 0; i < lines.get(0).size(); i++) {
                row.put(lines.get(0).get(i), i < line.size() ? line.get(i) : "");
            }
            facts.put(line.get(0), row);
        }
        return facts;
    }

    /** The ids of a list such as {@code LIU-0-1 … -3, BR-3.3-1/-2, AG-1 (a warning)}. */
    static List<String> rules(String list) {
        var rules = new ArrayList<String>();
        String stem = "";
        int last = 0;
        boolean range = false;
        for (Matcher part = RULE.matcher(list); part.find(); ) {
            if (part.group("range") != null) {
                range = true;
                continue;
            }
            if (part.group("id") != null && !range) {
                stem = part.group("stem");
            }
            String number = part.group("id") == null ? part.group("short") : part.group("last");
            if (!number.equals("x")) {
                for (int i = range ? last + 1 : Integer.parseInt(number); i < Integer.parseInt(number); i++) {
                    rules.add(stem + i);
                }
                last = Integer.parseInt(number);
            }
            rules.add(stem + number);
            range = false;
        }
        return rules;
    }

    private static List<String> outcomes(String text, Map<String, String> texts) {
        Optional<String> own = sentence(text, "Outcomes: ");
        if (own.isPresent()) {
            return matches("`([A-Z_]+)`", own.get());
        }
        String other = matches("Outcomes as ([a-z-]+)", text).get(0);
        return outcomes(java.util.Objects.requireNonNull(texts.get(other), other), texts);
    }

    /** The names in backticks; one after an equals sign is what a value is computed from. */
    private static List<String> values(String text) {
        return Stream.concat(
                        matches("`values\\.([a-z][A-Za-z]*)`", text).stream(),
                        sentence(text, "`values`: ").stream()
                                .flatMap(list -> matches("(?<!= )`([a-z][A-Za-z]*)`", list).stream()))
                .distinct()
                .toList();
    }

    /** From a word to the end of its sentence. */
    private static Optional<String> sentence(String text, String from) {
        return matches("(?:^|[ (])" + from + "(.*?)\\.(?: |$)", text).stream().findFirst();
    }

    private static List<String> matches(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(found -> found.group(1))
                .distinct()
                .toList();
    }

    private static String spaced(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }

    private static List<String> csv(String line) {
        var cells = new ArrayList<String>();
        Matcher cell = Pattern.compile("(\"((?:[^\"]|\"\")*)\"|[^,]*)(,|$)").matcher(line);
        while (cell.find()) {
            cells.add(cell.group(2) == null ? cell.group(1) : cell.group(2).replace("\"\"", "\""));
            if (cell.group(3).isEmpty()) {
                break;
            }
        }
        return cells;
    }

    private static String read(String file) {
        try {
            return Files.readString(FOLDER.resolve(file));
        } catch (IOException lost) {
            throw new UncheckedIOException(lost);
        }
    }
}
