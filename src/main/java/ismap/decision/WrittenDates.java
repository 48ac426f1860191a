package ismap.decision;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.chrono.JapaneseDate;
import java.time.chrono.JapaneseEra;
import java.time.format.TextStyle;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Days as people in a Japanese office write them: {@code 2024-04-01}, {@code 2024/4/1}, {@code 2024年4月1日}, {@code 令和6年4月1日},
 * {@code R6.4.1}, {@code 令和元年5月1日}, {@code 二〇二四年四月一日}, with or without the day of the week, in one calendar or in both:
 * {@code 2024-04-01 (R6.4.1)}, {@code 令和6年（2024年）4月1日}.
 *
 * <p>Strict: there is no 31st of April, no 平成31年5月1日, and a day of the week has to be the right one. Year first, always: what
 * {@code 4/1/2024} means depends on its reader.
 */
public final class WrittenDates {

    /** Not a day of the calendar, though written like one. */
    public static final class NoSuchDay extends Exception {
        private static final long serialVersionUID = 1L;

        NoSuchDay(String text) {
            super(text, null, false, false);
        }
    }

    private static final String ERA = "明治|大正|昭和|平成|令和|[MTSHRmtshr]";
    private static final Pattern WESTERN =
            Pattern.compile("(\\d{4})(?:年(\\d{1,2})月(\\d{1,2})日|([-/.])(\\d{1,2})\\4(\\d{1,2}))");
    private static final Pattern OF_ERA =
            Pattern.compile("(" + ERA + ")(元|\\d{1,2})(?:年(\\d{1,2})月(\\d{1,2})日|([-/.])(\\d{1,2})\\5(\\d{1,2}))");
    private static final Pattern WEEKDAY = Pattern.compile("(.*?)\\(?([日月火水木金土])(?:曜日?)?\\)?");
    private static final Pattern APART = Pattern.compile("\\d\\s+\\d");
    private static final Pattern IN_BOTH_CALENDARS = Pattern.compile("([^()]*\\d日?)\\(([^()]*\\d日?)\\)");
    private static final Pattern YEAR_IN_BOTH_CALENDARS =
            Pattern.compile("([^()]*年)\\(([^()]*\\d)年?\\)(\\d{1,2}月\\d{1,2}日)");
    private static final Pattern KANJI_NUMBER = Pattern.compile("[〇一二三四五六七八九十]+(?=[年月日])");
    private static final Pattern INSIDE = Pattern.compile("(?:" + ERA + ")?\\s*(?:元|\\d{1,4})\\s*"
            + "(?:年\\s*\\d{1,2}\\s*月\\s*\\d{1,2}\\s*日|[-/.]\\s*\\d{1,2}\\s*[-/.]\\s*\\d{1,2}(?!\\d))"
            + "(?:\\s*\\([日月火水木金土](?:曜日?)?\\))?");
    private static final String WEEKDAYS = "月火水木金土日";
    private static final String DIGITS = "〇一二三四五六七八九";

    private WrittenDates() {}

    /** The day that {@code text} names; empty where it is not written like a day at all. */
    public static Optional<LocalDate> read(String text) throws NoSuchDay {
        String spaced = plain(text);
        if (APART.matcher(spaced).find()) {
            // Without its space, 2024/4/1 1 would be the 11th.
            return Optional.empty();
        }
        String plain = spaced.replaceAll("\\s+", "");
        Optional<LocalDate> day = day(plain);
        if (day.isPresent()) {
            return day;
        }
        Matcher both = IN_BOTH_CALENDARS.matcher(plain);
        Matcher year = YEAR_IN_BOTH_CALENDARS.matcher(plain);
        if (both.matches()) {
            return agreed(text, both.group(1), both.group(2));
        }
        if (year.matches()) {
            return agreed(text, year.group(1) + year.group(3), year.group(2) + "年" + year.group(3));
        }
        Matcher weekday = WEEKDAY.matcher(plain);
        if (!weekday.matches()) {
            return Optional.empty();
        }
        Optional<LocalDate> named = day(weekday.group(1));
        if (named.isPresent()
                && WEEKDAYS.indexOf(weekday.group(2))
                        != named.get().getDayOfWeek().getValue() - 1) {
            throw new NoSuchDay(text);
        }
        return named;
    }

    /** A day that is written twice, which has to be the same one. */
    private static Optional<LocalDate> agreed(String text, String one, String other) throws NoSuchDay {
        Optional<LocalDate> first = day(one);
        Optional<LocalDate> second = day(other);
        if (first.isPresent() && second.isPresent() && !first.equals(second)) {
            throw new NoSuchDay(text);
        }
        return second.isPresent() ? first : Optional.empty();
    }

    /** The text with every day in it as {@code 2024-04-01}, so that a condition may be written {@code < 令和3年6月4日}. */
    public static String withIsoDays(String text) throws NoSuchDay {
        Matcher inside = INSIDE.matcher(plain(text));
        var iso = new StringBuilder();
        while (inside.find()) {
            MatchResult found = inside.toMatchResult();
            String before = found.start() == 0 ? "" : plain(text).substring(found.start() - 1, found.start());
            boolean partOfMore = before.matches("[\\w-]");
            Optional<LocalDate> day = partOfMore ? Optional.empty() : read(found.group());
            inside.appendReplacement(
                    iso, Matcher.quoteReplacement(day.map(LocalDate::toString).orElse(found.group())));
        }
        inside.appendTail(iso);
        return iso.toString();
    }

    /** The day with the era it belongs to: {@code 令和6年4月1日}, {@code Reiwa 6}. Before 1873 Japan had another calendar, and both are blank. */
    public static Bilingual inEra(LocalDate day) {
        if (day.isBefore(LocalDate.of(1873, 1, 1))) {
            return Bilingual.EMPTY;
        }
        JapaneseDate date = JapaneseDate.from(day);
        int year = date.get(ChronoField.YEAR_OF_ERA);
        return new Bilingual(
                "%s%s年%d月%d日"
                        .formatted(
                                date.getEra().getDisplayName(TextStyle.FULL, Locale.JAPANESE),
                                year == 1 ? "元" : String.valueOf(year),
                                day.getMonthValue(),
                                day.getDayOfMonth()),
                "%s %d".formatted(date.getEra().getDisplayName(TextStyle.FULL, Locale.ENGLISH), year));
    }

    private static String plain(String text) {
        String plain = Characters.code(text).replace('ー', '-').replace('―', '-');
        return KANJI_NUMBER.matcher(plain).replaceAll(number -> digits(number.group()));
    }

    /** 十二 is 12, 二〇二四 is 2024. */
    private static String digits(String kanji) {
        if (!kanji.contains("十")) {
            var digits = new StringBuilder();
            kanji.chars().forEach(c -> digits.append(DIGITS.indexOf(c)));
            return digits.toString();
        }
        int ten = kanji.indexOf('十');
        int tens = ten == 0 ? 1 : DIGITS.indexOf(kanji.charAt(0));
        int ones = ten == kanji.length() - 1 ? 0 : DIGITS.indexOf(kanji.charAt(ten + 1));
        return kanji.length() > 3 || ten > 1 || tens < 1 || ones < 0 ? kanji : String.valueOf(tens * 10 + ones);
    }

    private static Optional<LocalDate> day(String text) throws NoSuchDay {
        Matcher western = WESTERN.matcher(text);
        Matcher ofEra = OF_ERA.matcher(text);
        try {
            if (western.matches()) {
                return Optional.of(
                        LocalDate.of(Integer.parseInt(western.group(1)), either(western, 2, 5), either(western, 3, 6)));
            }
            return ofEra.matches() ? Optional.of(ofEra(ofEra)) : Optional.empty();
        } catch (DateTimeException notInCalendar) {
            throw new NoSuchDay(text);
        }
    }

    private static LocalDate ofEra(Matcher text) {
        JapaneseEra era = switch (text.group(1).toUpperCase(Locale.ROOT)) {
            case "明治", "M" -> JapaneseEra.MEIJI;
            case "大正", "T" -> JapaneseEra.TAISHO;
            case "昭和", "S" -> JapaneseEra.SHOWA;
            case "平成", "H" -> JapaneseEra.HEISEI;
            case "令和", "R" -> JapaneseEra.REIWA;
            default -> throw new IllegalArgumentException("no era " + text.group(1));
        };
        int year = text.group(2).equals("元") ? 1 : Integer.parseInt(text.group(2));
        JapaneseDate day = JapaneseDate.of(era, year, either(text, 3, 6), either(text, 4, 7));
        if (!day.getEra().equals(era) || day.get(ChronoField.YEAR_OF_ERA) != year) {
            throw new DateTimeException("%s is not in %s".formatted(day, era));
        }
        return LocalDate.from(day);
    }

    private static int either(Matcher matcher, int one, int other) {
        String group = matcher.group(one);
        return Integer.parseInt(group == null ? matcher.group(other) : group);
    }
}
