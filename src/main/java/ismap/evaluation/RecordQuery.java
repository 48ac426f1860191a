package ismap.evaluation;

import static ismap.evaluation.RequestProblems.escaped;
import static ismap.evaluation.RequestProblems.shown;

import ismap.decision.Bilingual;
import ismap.decision.Problem;
import ismap.ledger.RecordFilter;
import ismap.ledger.RecordSearch;
import ismap.rulebook.FactReader;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A question after records, as the parameters of a call have it. A blank parameter is one that was not given.
 *
 * @param before only records with a lower sequence: where the page before ended
 * @param format of an export
 */
public record RecordQuery(RecordFilter filter, long before, int limit, Format format) {

    public static final List<String> FILTERS = List.of(
            "decision",
            "outcome",
            "rule",
            "clause",
            "reference",
            "applicableFrom",
            "applicableUntil",
            "recordedFrom",
            "recordedUntil");

    public static final int LIMIT = 50;
    public static final int HIGHEST_LIMIT = 500;

    private static final int LONGEST = 200;

    /** How an export is written. */
    public enum Format {
        NDJSON,
        CSV
    }

    /** @param query only to be used where there is no problem */
    public record Read(RecordQuery query, List<Problem> problems) {
        public Read {
            problems = List.copyOf(problems);
        }
    }

    /** A page of a search. */
    public static Read page(Map<String, List<String>> parameters) {
        return new Reader(parameters).read(List.of("limit", "after"));
    }

    /** An export, which has no pages. */
    public static Read export(Map<String, List<String>> parameters) {
        return new Reader(parameters).read(List.of("format"));
    }

    private static final class Reader {
        private final Map<String, List<String>> parameters;
        private final List<Problem> problems = new ArrayList<>();

        Reader(Map<String, List<String>> parameters) {
            this.parameters = parameters;
        }

        Read read(List<String> others) {
            var known = new ArrayList<>(FILTERS);
            known.addAll(others);
            parameters.keySet().stream()
                    .sorted()
                    .filter(name -> !known.contains(name))
                    .forEach(name -> problems.add(RequestProblems.unknownField(at(name), name, known)));
            var filter = new RecordFilter(
                    text("decision"),
                    text("outcome"),
                    text("rule"),
                    value("clause", "document and clause, such as basic-regulations 3.5", Reader::clause),
                    text("reference"),
                    value("applicableFrom", "date (YYYY-MM-DD)", Reader::date),
                    value("applicableUntil", "date (YYYY-MM-DD), excluded", Reader::date),
                    value("recordedFrom", "date (YYYY-MM-DD, in Japan) or RFC 3339 date-time", Reader::instant),
                    value(
                            "recordedUntil",
                            "date (YYYY-MM-DD, in Japan) or RFC 3339 date-time, excluded",
                            Reader::instant),
                    Optional.empty());
            inOrder("applicableUntil", filter.applicableFrom(), filter.applicableUntil());
            inOrder("recordedUntil", filter.recordedFrom(), filter.recordedUntil());
            int limit = !others.contains("limit")
                    ? LIMIT
                    : value("limit", "whole number from 1 to %d".formatted(HIGHEST_LIMIT), Reader::limit)
                            .orElse(LIMIT);
            long before = !others.contains("after")
                    ? RecordSearch.END
                    : value("after", "sequence of the last record of the page before", Reader::sequence)
                            .orElse(RecordSearch.END);
            Format format = !others.contains("format")
                    ? Format.NDJSON
                    : value("format", "ndjson|csv", Reader::format).orElse(Format.NDJSON);
            return new Read(new RecordQuery(filter, before, limit, format), problems);
        }

        private static String at(String name) {
            return "/query/" + escaped(name);
        }

        private Optional<String> text(String name) {
            List<String> given = parameters.getOrDefault(name, List.of());
            if (given.size() > 1) {
                problems.add(RequestProblems.of(
                        "PARAMETER_TWICE",
                        at(name),
                        shown(String.join(", ", given)),
                        "one value",
                        new Bilingual(
                                "パラメーター「%s」が%d回あります。".formatted(name, given.size()),
                                "The parameter \"%s\" stands there %d times.".formatted(name, given.size())),
                        new Bilingual("一つだけにしてください。", "Give it once.")));
                return Optional.empty();
            }
            Optional<String> value = given.stream()
                    .map(String::strip)
                    .filter(text -> !text.isEmpty())
                    .findFirst();
            if (value.filter(text -> text.length() > LONGEST || text.indexOf(0) >= 0)
                    .isPresent()) {
                wrong(name, value.get(), "text of at most %d characters".formatted(LONGEST));
                return Optional.empty();
            }
            return value;
        }

        private void wrong(String name, String value, String expected) {
            problems.add(RequestProblems.wrongValue(at(name), value, expected));
        }

        /** @param reader empty for what is none; what it throws says so too */
        private <T> Optional<T> value(String name, String expected, Function<String, Optional<T>> reader) {
            Optional<String> text = text(name);
            if (text.isEmpty()) {
                return Optional.empty();
            }
            Optional<T> value;
            try {
                value = reader.apply(text.get());
            } catch (DateTimeException | NumberFormatException none) {
                value = Optional.empty();
            }
            if (value.isEmpty()) {
                wrong(name, text.get(), expected);
            }
            return value;
        }

        private static Optional<String> clause(String text) {
            return text.matches("\\S+ \\S.*") ? Optional.of(text) : Optional.empty();
        }

        private static Optional<LocalDate> date(String text) {
            return text.matches("\\d{4}-\\d{2}-\\d{2}")
                    ? Optional.of(LocalDate.parse(text)).filter(day -> day.getYear() > 0)
                    : Optional.empty();
        }

        private static Optional<Instant> instant(String text) {
            if (text.length() == 10) {
                return date(text).map(day -> day.atStartOfDay(FactReader.TOKYO).toInstant());
            }
            // A "+" that nobody wrote as %2B arrives as a space.
            String written = text.replace(' ', '+').toUpperCase(Locale.ROOT);
            return Optional.of(written)
                    .filter(each -> each.matches("\\d{4}-.*"))
                    .map(each -> OffsetDateTime.parse(each).toInstant())
                    .filter(instant -> !instant.isBefore(Instant.EPOCH));
        }

        private static Optional<Integer> limit(String text) {
            return text.matches("[0-9]{1,9}")
                    ? Optional.of(Integer.parseInt(text)).filter(limit -> limit >= 1 && limit <= HIGHEST_LIMIT)
                    : Optional.empty();
        }

        private static Optional<Long> sequence(String text) {
            return text.matches("[0-9]{1,18}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
        }

        private static Optional<Format> format(String text) {
            return switch (text.toLowerCase(Locale.ROOT)) {
                case "ndjson" -> Optional.of(Format.NDJSON);
                case "csv" -> Optional.of(Format.CSV);
                default -> Optional.empty();
            };
        }

        private <T extends Comparable<? super T>> void inOrder(String name, Optional<T> from, Optional<T> until) {
            if (from.isPresent() && until.isPresent() && from.get().compareTo(until.get()) >= 0) {
                problems.add(RequestProblems.of(
                        "PERIOD_EMPTY",
                        at(name),
                        until.get().toString(),
                        "later than %s".formatted(from.get()),
                        new Bilingual("期間の終わりが始まりより後ではありません。", "The period does not end after it begins."),
                        new Bilingual(
                                "終わり（その日・時刻を含まない）を始まりより後にしてください。",
                                "Let the end, which is not included, be later than the beginning.")));
            }
        }
    }
}
