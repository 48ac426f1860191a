package ismap.pages;

import ismap.decision.Bilingual;
import java.util.List;
import java.util.Optional;

/**
 * One thing to enter.
 *
 * @param name under which the form sends it
 * @param optional whether it may be left blank
 * @param values what stands in it, as it was typed
 * @param echo how a day that was typed is read
 */
public record QuestionField(
        Kind kind,
        String name,
        Bilingual label,
        boolean optional,
        List<Option> options,
        List<String> values,
        Optional<Bilingual> error,
        Optional<Bilingual> echo) {

    public enum Kind {
        RADIOS,
        CHECKBOXES,
        DAY,
        NUMBER,
        TEXT
    }

    /** @param apart whether it stands apart from the others: not an answer like them */
    public record Option(String value, Bilingual label, boolean apart) {}

    /** The value of the option that none of the others applies. */
    public static final String NONE = "-none-";

    /** The value of the option that it is not known. */
    public static final String UNKNOWN = "-unknown-";

    public QuestionField {
        options = List.copyOf(options);
        values = List.copyOf(values);
    }

    public boolean has(String value) {
        return values.contains(value);
    }

    public String typed() {
        return values.isEmpty() || values.get(0).equals(UNKNOWN) ? "" : values.get(0);
    }

    public String id() {
        return name.replace('.', '-');
    }

    public boolean chosen() {
        return kind == Kind.RADIOS || kind == Kind.CHECKBOXES;
    }

    /** The first thing of it that takes the focus. */
    public String target() {
        return chosen() ? id() + "-0" : id();
    }
}
