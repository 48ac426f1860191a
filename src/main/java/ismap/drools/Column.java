package ismap.drools;

import ismap.decision.Value;
import java.util.Set;
import java.util.TreeSet;

/** One name that the tables of a layer test, as fields of a printed fact; only those fields exist that a test looks at. */
final class Column {

    /** What constants the column is compared with; {@link #BARE} where only its state is asked for. */
    enum Kind {
        BARE,
        TEXT,
        TRUTH,
        DAY,
        NUMBER
    }

    /** The four states of a value that tests tell apart. */
    enum State {
        KNOWN,
        NONE,
        UNKNOWN,
        PARTLY;

        String written() {
            return switch (this) {
                case KNOWN -> "known";
                case NONE -> "none";
                case UNKNOWN -> "unknown";
                case PARTLY -> "partly";
            };
        }

        static State of(Value value) {
            return value.isKnown() ? KNOWN : value.isNone() ? NONE : value == Value.UNKNOWN ? UNKNOWN : PARTLY;
        }
    }

    /** A field of a printed fact. */
    enum Part {
        VALUE(""),
        STATE("_is"),
        LEAST("_least"),
        MOST("_most");

        private final String suffix;

        Part(String suffix) {
            this.suffix = suffix;
        }
    }

    private final String name;
    private final String identifier;
    private final Kind kind;
    private final boolean ofElement;
    private final boolean alwaysKnown;
    private final Set<Part> parts = new TreeSet<>();

    /**
     * @param ofElement whether it is read of an element of a list
     * @param alwaysKnown whether it is a day that every case has
     */
    Column(String name, String identifier, Kind kind, boolean ofElement, boolean alwaysKnown) {
        this.name = name;
        this.identifier = identifier;
        this.kind = kind;
        this.ofElement = ofElement;
        this.alwaysKnown = alwaysKnown;
    }

    String name() {
        return name;
    }

    String identifier() {
        return identifier;
    }

    Kind kind() {
        return kind;
    }

    boolean isOfElement() {
        return ofElement;
    }

    /** The states that its values can be in. */
    Set<State> states() {
        if (alwaysKnown) {
            return Set.of(State.KNOWN);
        }
        return switch (kind) {
            case BARE, NUMBER -> Set.of(State.values());
            case TEXT, TRUTH, DAY -> Set.of(State.KNOWN, State.NONE, State.UNKNOWN);
        };
    }

    /** The name of a field; from now on the fact has it. */
    String field(Part part) {
        parts.add(part);
        return identifier + part.suffix;
    }

    Set<Part> parts() {
        return parts;
    }

    /** The type of a field in a declaration. */
    String type(Part part) {
        return switch (part) {
            case STATE -> "String";
            case LEAST, MOST -> "java.math.BigDecimal";
            case VALUE ->
                switch (kind) {
                    case TEXT, TRUTH, BARE -> "String";
                    case DAY -> "long";
                    case NUMBER -> "java.math.BigDecimal";
                };
        };
    }
}
