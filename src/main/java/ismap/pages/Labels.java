package ismap.pages;

import ismap.decision.Bilingual;
import ismap.rulebook.ClauseRegister.Coverage;
import ismap.rulebook.Table.HitPolicy;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Words for what the model names by codes of its own. */
public final class Labels {

    private static final Pattern NAMED_CLAUSE = Pattern.compile("(chapter|supplementary|table|unnumbered)-?(.*)");

    private Labels() {}

    public static Bilingual coverage(Coverage coverage) {
        return switch (coverage) {
            case RULES -> new Bilingual("規則が判定", "Decided by rules");
            case PARTLY -> new Bilingual("一部を規則が判定", "Decided in part");
            case NOT_DECIDABLE -> new Bilingual("人が判断", "Decided by people");
            case NOT_HELD -> new Bilingual("本文未入手", "Text not held");
            case INFORMATIVE -> new Bilingual("判定を要しない", "Nothing to decide");
        };
    }

    public static Bilingual hitPolicy(HitPolicy policy) {
        return switch (policy) {
            case UNIQUE -> new Bilingual("当てはまる行は一つだけです。", "Exactly one row matches.");
            case ANY -> new Bilingual("複数の行が当てはまるときは、同じ結果になります。", "Where several rows match, they say the same.");
            case FIRST -> new Bilingual("上から順に見て、最初に当てはまる行によります。", "The first row that matches decides.");
            case COLLECT -> new Bilingual("当てはまる行をすべて集めます。", "All rows that match are collected.");
        };
    }

    /** A clause as people cite it; the register's {@code chapter-3} is 第3章. */
    public static Bilingual clause(String clause) {
        Matcher named = NAMED_CLAUSE.matcher(clause);
        if (!named.matches()) {
            return new Bilingual(clause, clause);
        }
        String number = named.group(2);
        return switch (named.group(1)) {
            case "chapter" -> new Bilingual("第" + number + "章", "chapter " + number);
            case "supplementary" -> new Bilingual("附則" + number, "supplementary provision " + number);
            case "table" -> new Bilingual("表" + number, "table " + number);
            default -> new Bilingual("（条番号未確認）", "(number not seen)");
        };
    }

    /** How much there is of a table. */
    public static Bilingual counted(int rows, long scenarios) {
        return new Bilingual(
                "%d行、シナリオ%d件".formatted(rows, scenarios),
                "%d row%s, %d scenario%s".formatted(rows, rows == 1 ? "" : "s", scenarios, scenarios == 1 ? "" : "s"));
    }

    /** How sure it is that the regulations say so; codes of the register. */
    public static Bilingual certainty(String certainty) {
        return switch (certainty) {
            case "SEED" -> new Bilingual("規程の本文で確認", "seen in the text of the regulation");
            case "FOUND-P", "FOUND_P" -> new Bilingual("一次資料で確認", "seen in a primary source");
            case "FOUND-S", "FOUND_S" -> new Bilingual("二次資料による", "by a secondary source");
            case "FOUND" -> new Bilingual("公開資料で確認", "seen in a public text");
            case "KNOWN" -> new Bilingual("一般に知られている内容（未確認）", "generally known, not verified");
            case "UNKNOWN" -> new Bilingual("未確認", "not established");
            default -> new Bilingual(certainty, certainty);
        };
    }

    /** Who decides what no rule does. */
    public static Bilingual decidedBy(String who) {
        return switch (who) {
            case "COMMITTEE" -> new Bilingual("ISMAP運営委員会", "the ISMAP Steering Committee");
            case "PROCURING_BODY" -> new Bilingual("調達省庁等", "the procuring body");
            case "ASSESSOR" -> new Bilingual("監査機関", "the assessor");
            case "PROVIDER" -> new Bilingual("クラウドサービス事業者", "the cloud service provider");
            case "SUPPORT_ORGANIZATION" -> new Bilingual("ISMAP運用支援機関", "the Operations Support Organization");
            case "NOBODY" -> new Bilingual("判断を要しない", "nobody: there is nothing to decide");
            default -> new Bilingual(who, who);
        };
    }
}
