package ismap.xlsx;

import ismap.decision.Bilingual;
import ismap.decision.Characters;
import ismap.decision.Place;
import ismap.decision.WrittenDates;
import ismap.rulebook.Table;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** One row of a sheet, read cell by cell. What is wrong with a cell is said when it is read; a blank one is empty. */
final class Entry {

    /** What a number has to be to look like a day: 1954 to 2119. */
    private static final BigDecimal LIKE_A_DAY_FROM = BigDecimal.valueOf(20_000);

    private static final BigDecimal LIKE_A_DAY_TO = BigDecimal.valueOf(80_000);

    private final Grid grid;
    private final int row;
    private final Map<String, Integer> columns;
    private final Problems problems;

    Entry(Grid grid, int row, Map<String, Integer> columns, Problems problems) {
        this.grid = grid;
        this.row = row;
        this.columns = columns;
        this.problems = problems;
    }

    /** The place of a cell; where the column is missing, the first cell of the row. */
    Place.Cell at(String key) {
        return grid.at(row, columns.getOrDefault(key, 0));
    }

    boolean has(String key) {
        return columns.containsKey(key);
    }

    /** What the cell holds; empty for a blank one and for one that was refused already. */
    Optional<Content> content(String key) {
        return cell(key).filter(content -> !(content instanceof Content.Refused));
    }

    private Optional<Content> cell(String key) {
        return Optional.ofNullable(columns.get(key)).flatMap(column -> grid.cell(row, column));
    }

    /** Whether nothing stands there; a cell that was refused is not blank. */
    boolean isBlank(String key) {
        return cell(key).isEmpty();
    }

    /** A name, an id, a code or a condition: text, and nothing else. */
    Optional<String> code(String key) {
        Optional<Content> content = content(key);
        if (content.isPresent() && !(content.get() instanceof Content.Text)) {
            problems.add(Mistakes.textExpected(at(key), content.get().toString()));
            return Optional.empty();
        }
        return content.map(text -> Characters.code(text.toString())).filter(text -> !text.isEmpty());
    }

    Optional<String> required(String key) {
        if (isBlank(key)) {
            problems.add(Mistakes.valueMissing(at(key), key));
        }
        return code(key);
    }

    Optional<String> required(String key, Form form) {
        return required(key).filter(name -> fits(key, name, form));
    }

    Optional<String> optional(String key, Form form) {
        return code(key).filter(name -> fits(key, name, form));
    }

    private boolean fits(String key, String name, Form form) {
        if (!form.fits(name)) {
            problems.add(Mistakes.nameMalformed(at(key), name, form));
        }
        return form.fits(name);
    }

    Optional<String> oneOf(String key, Collection<String> allowed) {
        return required(key).filter(found -> {
            if (!allowed.contains(found)) {
                problems.add(Mistakes.notInList(at(key), found, allowed));
            }
            return allowed.contains(found);
        });
    }

    /** Text for people; a number or a day stands for its digits. */
    String prose(String key) {
        return content(key).map(Object::toString).orElse("");
    }

    Bilingual texts(String key) {
        return texts(key + "_ja", key + "_en");
    }

    /** A text in both languages. A blank English one is worth a warning; a blank Japanese one beside it is a mistake. */
    Bilingual texts(String ja, String en) {
        Bilingual texts = new Bilingual(prose(ja), prose(en));
        if (!texts.ja().isEmpty() && has(en) && isBlank(en)) {
            problems.add(Mistakes.englishMissing(at(en), texts.ja()));
        }
        if (has(ja) && isBlank(ja) && !texts.en().isEmpty()) {
            problems.add(Mistakes.japaneseMissing(at(ja), texts.en()));
        }
        return texts;
    }

    Bilingual requiredTexts(String key) {
        if (isBlank(key + "_ja") && isBlank(key + "_en")) {
            problems.add(Mistakes.valueMissing(at(key + "_ja"), key + "_ja"));
        }
        return texts(key);
    }

    Optional<LocalDate> day(String key) {
        Optional<Content> content = content(key);
        return content.flatMap(found -> day(key, found));
    }

    private Optional<LocalDate> day(String key, Content found) {
        if (found instanceof Content.Day day) {
            return Optional.of(day.day());
        }
        if (found instanceof Content.Number number) {
            problems.add(
                    looksLikeDay(number)
                            ? Mistakes.dateSerial(at(key), found.toString())
                            : Mistakes.dateExpected(at(key), found.toString()));
            return Optional.empty();
        }
        try {
            Optional<LocalDate> day = WrittenDates.read(found.toString());
            if (day.isEmpty()) {
                problems.add(Mistakes.dateExpected(at(key), found.toString()));
            }
            return day;
        } catch (WrittenDates.NoSuchDay impossible) {
            problems.add(Mistakes.dateInvalid(at(key), found.toString()));
            return Optional.empty();
        }
    }

    static boolean looksLikeDay(Content.Number number) {
        return number.value().scale() <= 0
                && number.value().compareTo(LIKE_A_DAY_FROM) > 0
                && number.value().compareTo(LIKE_A_DAY_TO) < 0;
    }

    /** Days in force; {@code until} is excluded, as everywhere in the model. */
    record Period(LocalDate from, LocalDate until) {}

    /** The cells hold the first and the last day, both included; a blank one is no bound. */
    Period period(String from, String until) {
        Optional<LocalDate> first = day(from);
        Optional<LocalDate> last = day(until);
        if (first.isPresent() && last.isPresent() && last.get().isBefore(first.get())) {
            problems.add(Mistakes.periodReversed(
                    at(until), at(from), first.get().toString(), last.get().toString()));
        }
        return new Period(
                first.orElse(Table.ALWAYS),
                last.map(day -> day.isBefore(Table.FOREVER) ? day.plusDays(1) : Table.FOREVER)
                        .orElse(Table.FOREVER));
    }
}
