package ismap.rulebook;

import ismap.decision.Status;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The type of a fact: what values it may take. Written in the vocabulary as a type and a domain (see {@code facts.csv}). */
public sealed interface FactType {

    FactType TRUTH = new Truth();
    FactType DAY = new Day(false);
    FactType DAYS = new DaySetType();
    FactType NUMBER = new Numeric(false, List.of());
    FactType TEXT = new Text();
    FactType NOTHING = new Nothing();

    /** The codes of a registration's status (type {@code RegistrationStatus} of the contract). */
    FactType REGISTRATION_STATUS = new Code(
            List.of("EFFECTIVE", "EFFECTIVE_PENDING_RENEWAL", "SUSPENDED", "REVOKED", "LAPSED", "NOT_REGISTERED"));

    /** The statuses of a finding, as a column that names a rule reads them. */
    FactType STATUS = new Code(Arrays.stream(Status.values()).map(Enum::name).toList());

    /** What {@code compare} yields for days and for numbers, and {@code position} for days. */
    FactType ORDER = new Code(List.of("BEFORE", "SAME", "AFTER", "LESS", "EQUAL", "GREATER", "WITHIN"));

    record Code(List<String> codes) implements FactType {
        @Override
        public String describe() {
            return String.join("|", codes);
        }
    }

    record Text() implements FactType {
        @Override
        public String describe() {
            return "string";
        }
    }

    /** @param domain the numbers it may be; empty for any */
    record Numeric(boolean whole, List<BigDecimal> domain) implements FactType {
        @Override
        public String describe() {
            String name = whole ? "integer" : "number";
            return domain.isEmpty()
                    ? name
                    : name + " "
                            + String.join(
                                    "|",
                                    domain.stream()
                                            .map(BigDecimal::toPlainString)
                                            .toList());
        }
    }

    record Truth() implements FactType {
        @Override
        public String describe() {
            return "boolean";
        }
    }

    /** @param moment also takes an instant with an offset, which is read as its day in Asia/Tokyo */
    record Day(boolean moment) implements FactType {
        @Override
        public String describe() {
            return moment ? "moment (date, or RFC 3339 date-time with offset)" : "date";
        }
    }

    /** A set of days; only derivations and tables yield it. */
    record DaySetType() implements FactType {
        @Override
        public String describe() {
            return "days";
        }
    }

    /** The type of the literal none, which may stand anywhere. */
    record Nothing() implements FactType {
        @Override
        public String describe() {
            return "none";
        }
    }

    record ListOf(FactType element) implements FactType {
        @Override
        public String describe() {
            return "list of " + element.describe();
        }
    }

    record RecordOf(String name, Map<String, Field> fields) implements FactType {
        public RecordOf {
            fields = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        }

        @Override
        public String describe() {
            return name + " {"
                    + String.join(
                            ", ",
                            fields.entrySet().stream()
                                    .map(field ->
                                            field.getKey() + (field.getValue().optional() ? "?" : "") + ": "
                                                    + field.getValue().type().describe())
                                    .toList())
                    + "}";
        }
    }

    record Field(FactType type, boolean optional) {}

    /** The type in words that an error message can show. */
    String describe();

    /** Whether a value of this type may stand where {@code other} is wanted. */
    default boolean fits(FactType other) {
        if (this instanceof Nothing || other instanceof Nothing || (this instanceof Code && other instanceof Text)) {
            return true;
        }
        if (this instanceof Code mine && other instanceof Code theirs) {
            return mine.codes().stream().anyMatch(theirs.codes()::contains);
        }
        if (this instanceof ListOf mine && other instanceof ListOf theirs) {
            return mine.element().fits(theirs.element());
        }
        return getClass() == other.getClass();
    }

    Pattern LIST = Pattern.compile("list<([A-Za-z]+)>");
    Pattern FIELD = Pattern.compile("([A-Za-z][A-Za-z0-9]*):([A-Za-z]+)(?:\\(([^)]*)\\))?(\\??)");

    /** Reads a type and a domain as the vocabulary writes them; empty where they are not of its notation. */
    static Optional<FactType> parse(String type, String domain) {
        Matcher list = LIST.matcher(type);
        if (list.matches()) {
            String element = list.group(1);
            return switch (element) {
                case "enum", "integer", "number", "string", "date", "moment", "boolean", "RegistrationStatus" ->
                    parse(element, domain).map(ListOf::new);
                default -> record(element, domain).map(ListOf::new);
            };
        }
        return switch (type) {
            case "enum" -> domain.isBlank() ? Optional.empty() : Optional.of(new Code(split(domain)));
            case "RegistrationStatus" -> Optional.of(REGISTRATION_STATUS);
            case "string" -> Optional.of(TEXT);
            case "boolean" -> Optional.of(TRUTH);
            case "date" -> Optional.of(DAY);
            case "moment" -> Optional.of(new Day(true));
            case "days" -> Optional.of(DAYS);
            case "integer", "number" -> numeric(type.equals("integer"), domain);
            default -> Optional.empty();
        };
    }

    private static Optional<FactType> numeric(boolean whole, String domain) {
        try {
            return Optional.of(new Numeric(
                    whole,
                    domain.isBlank()
                            ? List.of()
                            : split(domain).stream().map(BigDecimal::new).toList()));
        } catch (NumberFormatException notNumbers) {
            return Optional.empty();
        }
    }

    private static Optional<FactType> record(String name, String domain) {
        var fields = new LinkedHashMap<String, Field>();
        for (String part : split(domain)) {
            Matcher field = FIELD.matcher(part);
            if (!field.matches()) {
                return Optional.empty();
            }
            String codes = field.group(3) == null ? "" : field.group(3).replace(',', '|');
            Optional<FactType> type = parse(field.group(2), codes);
            if (type.isEmpty()) {
                return Optional.empty();
            }
            fields.put(field.group(1), new Field(type.get(), !field.group(4).isEmpty()));
        }
        return fields.isEmpty() ? Optional.empty() : Optional.of(new RecordOf(name, fields));
    }

    private static List<String> split(String domain) {
        var parts = new ArrayList<String>();
        for (String part : domain.split("\\|")) {
            parts.add(part.strip());
        }
        return List.copyOf(parts);
    }
}
