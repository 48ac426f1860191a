package ismap.publication;

import ismap.decision.Bilingual;
import ismap.decision.Place;
import ismap.decision.Problem;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Under which path a file belongs that is handed in under some name: {@code parameters (1).xlsx} is {@code parameters.xlsx}, because its
 * stamp says so.
 */
final class FilePaths {

    private static final String WORKBOOK = "(scenarios/)?[a-z][a-z0-9-]{0,99}\\.xlsx";
    private static final String RULES = "rules/[A-Za-z0-9][A-Za-z0-9._-]{0,99}\\.drl";
    private static final String SCENARIOS = "scenarios/";

    /** There is one of each, so that a copy under another name can only be meant to be it. */
    private static final Set<String> ONE_OF_A_KIND = Set.of(
            "vocabulary.xlsx",
            "clauses.xlsx",
            "parameters.xlsx",
            "derivations.xlsx",
            "registers.xlsx",
            "acknowledgements.xlsx");

    private FilePaths() {}

    /** What is known of the other files of the draft. */
    interface Others {
        boolean has(String path);

        /** The path in the stamp of the file that lies there. */
        Optional<String> stampOf(String path);

        /** Whether the file says that it is the decision of the one at {@code path}, not of its new name. */
        boolean isAnotherOf(String path);
    }

    /** @param said what its sender should know of where it went */
    record Found(String path, List<Problem> said) {}

    sealed interface Result {
        record At(Found found) implements Result {}

        record Nowhere(Problem why) implements Result {}
    }

    static Result of(String named, Optional<String> stamp, Others others) {
        boolean wellFormed = named.matches(WORKBOOK) || named.matches(RULES) || others.has(named);
        if (stamp.isEmpty()) {
            return wellFormed ? at(named) : new Result.Nowhere(ofNoRulebook(named));
        }
        String stamped = stamp.get();
        if (stamped.equals(named)) {
            return at(named);
        }
        if (!wellFormed) {
            return new Result.At(new Found(stamped, List.of(recognised(named, stamped))));
        }
        if (others.has(named)) {
            // A decision that began as a copy keeps the stamp of what it was copied from.
            return others.stampOf(named).equals(stamp) ? at(named) : new Result.Nowhere(ofAnotherPath(named, stamped));
        }
        boolean copyOfNew = stamped.startsWith(SCENARIOS)
                ? named.startsWith(SCENARIOS) && others.has(named.substring(SCENARIOS.length()))
                : !ONE_OF_A_KIND.contains(stamped) && !(others.has(stamped) && others.isAnotherOf(stamped));
        return copyOfNew ? at(named) : new Result.At(new Found(stamped, List.of(recognised(named, stamped))));
    }

    private static Result at(String path) {
        return new Result.At(new Found(path, List.of()));
    }

    private static Problem recognised(String named, String stamped) {
        return Problem.warning(
                        "WORKBOOK_RECOGNISED",
                        new Place.Cell(stamped, "", ""),
                        new Bilingual(
                                "「%s」は、中の印により %s として保存されました。".formatted(named, stamped),
                                "\"%s\" was stored as %s, because it says so inside.".formatted(named, stamped)),
                        new Bilingual(
                                "それでよければ、することはありません。別の判断を作るための写しなら、Decision シートの名前を変えてから送ってください。",
                                "Nothing has to be done. A copy that is to become another decision needs another name on its Decision sheet."))
                .value(named)
                .expected(stamped);
    }

    private static Problem ofAnotherPath(String named, String stamped) {
        return Problem.error(
                        "WORKBOOK_OF_ANOTHER_PATH",
                        new Place.Cell(named, "", ""),
                        new Bilingual(
                                "%s として送られたブックの中の印は %s です。取り違えのおそれがあるため保存しません。".formatted(named, stamped),
                                "The workbook sent as %s says inside that it is %s. It may be the wrong one, so it is not stored."
                                        .formatted(named, stamped)),
                        new Bilingual("%s として送ってください。".formatted(stamped), "Send it as %s.".formatted(stamped)))
                .value(stamped)
                .expected(named);
    }

    private static Problem ofNoRulebook(String named) {
        return Problem.error(
                        "FILE_OF_NO_RULEBOOK",
                        new Place.Pointer("/path"),
                        new Bilingual(
                                "「%s」は規則集のファイルではありません。".formatted(named),
                                "\"%s\" is no file of a rulebook.".formatted(named)),
                        new Bilingual(
                                "パスは parameters.xlsx、scenarios/x.xlsx、rules/x.drl の形です。ダウンロードしたブックなら、名前が変わっていても中の印で分かります。",
                                "Paths are like parameters.xlsx, scenarios/x.xlsx, rules/x.drl. A workbook that was downloaded is recognised by what it says inside, whatever its name."))
                .value(named)
                .expected("x.xlsx, scenarios/x.xlsx or rules/x.drl");
    }
}
