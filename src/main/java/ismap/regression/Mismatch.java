package ismap.regression;

import ismap.decision.Bilingual;
import ismap.decision.Place;

/**
 * An expectation of a scenario that does not hold.
 *
 * @param about the rule, the value name; blank where there is only one of its kind
 * @param place the cell of the expectation
 */
public record Mismatch(Kind kind, String about, String expected, String actual, Place place) {

    public enum Kind {
        OUTCOME,
        FINDING,
        VALUE,
        MISSING,
        /** The two engines do not find the same. */
        ENGINES_DISAGREE,
        /** The rules themselves fail on this case. */
        RULES_FAIL
    }

    /** One sentence in each language. */
    public Bilingual message() {
        return switch (kind) {
            case OUTCOME -> differs("結論", "the outcome");
            case FINDING -> differs("規則 " + about + " の判定", "the finding of " + about);
            case VALUE -> differs("値 " + about, "the value " + about);
            case MISSING -> differs("不足している事実", "the missing facts");
            case ENGINES_DISAGREE ->
                new Bilingual("二つの実行系の結果が一致しません: " + actual, "The two engines disagree: " + actual);
            case RULES_FAIL -> new Bilingual("規則を評価できません: " + actual, "The rules fail on this case: " + actual);
        };
    }

    private Bilingual differs(String ja, String en) {
        return new Bilingual(
                "%sは %s のはずですが、%s でした。".formatted(ja, expected, actual),
                "Expected %s to be %s; it is %s.".formatted(en, expected, actual));
    }
}
