package ismap.drools;

import ismap.decision.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How the names and the texts of a rulebook are written in the DRL of one decision. A name becomes an identifier; a text that is not
 * plainly harmless becomes {@code text-3} and is handed over as data. So nothing that an author typed becomes part of a program.
 */
final class Wording {

    private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 _.-]{0,99}");
    private static final Pattern HARMLESS_ROW =
            Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,99}(/[A-Za-z0-9][A-Za-z0-9_.-]{0,99})?");
    private static final String TOKEN = "text-";

    /** What a column needs beside its own field: see {@link Column}. */
    private static final List<String> SUFFIXES = List.of("", "_is", "_least", "_most");

    /** Words of DRL, MVEL and Java, and the fields that every printed fact has. */
    private static final Set<String> RESERVED =
            Set.of(("abstract accumulate acc action activation after agenda and any as"
                            + " assert attributes auto before boolean break byte calendars case catch char class coincides collect"
                            + " const contains continue convertable_to date declare def default dialect do double duration during else"
                            + " empty enabled end enum entry eval excludes exists extend extends false final finally finishedby"
                            + " finishes float for forall foreach from function global goto group if implements import in includes"
                            + " index init instanceof int interface is isdef lock long loop matches meets memberof memberOf metby"
                            + " modify native new nil no not null on or over overlappedby overlaps package private proto protected"
                            + " public query result return reverse rule salience short soundslike startedby starts static strictfp"
                            + " strsim super switch synchronized template then this throw throws timer traitable transient true try"
                            + " type typeof unit unless until update using value var void volatile when while window with xor yes")
                    .split(" "));

    private final Map<String, String> identifiers = new HashMap<>();
    private final Map<String, String> names = new HashMap<>();
    private final Set<String> taken = new HashSet<>();
    private final Map<String, String> tokens = new HashMap<>();
    private final List<String> texts = new ArrayList<>();
    private final List<Value> constants = new ArrayList<>();

    /** The identifier of a name: letters, digits and underscores; another one for every name. */
    String identifier(String name, String prefix) {
        return identifiers.computeIfAbsent(name, any -> {
            String plain = (prefix + name).replaceAll("[^A-Za-z0-9_]", "_");
            plain = Character.isDigit(plain.charAt(0)) || plain.charAt(0) == '_' ? "x" + plain : plain;
            String identifier = plain;
            for (int i = 2; !isFree(identifier); i++) {
                identifier = plain + "_" + i;
            }
            for (String suffix : SUFFIXES) {
                taken.add(identifier + suffix);
            }
            names.put(identifier, name);
            return identifier;
        });
    }

    private boolean isFree(String identifier) {
        return !RESERVED.contains(identifier)
                && SUFFIXES.stream().noneMatch(suffix -> taken.contains(identifier + suffix));
    }

    /** A text as it stands between quotation marks. */
    String text(String text) {
        return HARMLESS.matcher(text).matches() && !text.startsWith(TOKEN) ? text : token(text);
    }

    /** The id of a row as it stands between quotation marks, {@code BR-3.5-4/2}. */
    String row(String id) {
        return HARMLESS_ROW.matcher(id).matches() && !id.startsWith(TOKEN) ? id : token(id);
    }

    private String token(String text) {
        return tokens.computeIfAbsent(text, unsafe -> {
            texts.add(unsafe);
            return TOKEN + texts.size();
        });
    }

    /** Keeps a value that has no notation in DRL; the printed program asks for it by its number. */
    int constant(Value value) {
        int known = constants.indexOf(value);
        if (known < 0) {
            constants.add(value);
        }
        return known < 0 ? constants.size() - 1 : known;
    }

    /** What a printed program needs to understand the facts of a case; it does not change any more. */
    Lexicon lexicon() {
        return new Lexicon(Map.copyOf(names), Map.copyOf(tokens), List.copyOf(texts), List.copyOf(constants));
    }

    /**
     * @param names by identifier
     * @param tokens by text
     */
    record Lexicon(Map<String, String> names, Map<String, String> tokens, List<String> texts, List<Value> constants) {

        String name(String identifier) {
            String name = names.get(identifier);
            if (name == null) {
                throw new IllegalArgumentException("no name is written %s".formatted(identifier));
            }
            return name;
        }

        /** The text that a printed one stands for. */
        String raw(String written) {
            return written.startsWith(TOKEN)
                    ? texts.get(Integer.parseInt(written.substring(TOKEN.length())) - 1)
                    : written;
        }

        /** A text of a case as a printed constant is written that equals it; one that equals none is never taken for one. */
        String written(String text) {
            String token = tokens.get(text);
            return token != null ? token : text.startsWith(TOKEN) ? TOKEN : text;
        }
    }
}
