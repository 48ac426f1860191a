package ismap.rulebook;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** The files of a rulebook, by their path in it: {@code parameters.xlsx}, {@code scenarios/x.xlsx}, {@code rules/x.drl}. */
public record RulebookFiles(Map<String, byte[]> contents) {

    public RulebookFiles {
        contents = Collections.unmodifiableMap(new TreeMap<>(contents));
    }
}
