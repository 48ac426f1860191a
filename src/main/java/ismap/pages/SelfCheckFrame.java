package ismap.pages;

import ismap.decision.Bilingual;
import java.util.Optional;

/**
 * What every page of one self-check knows.
 *
 * @param home where its pages are
 * @param carried what was entered so far, as a form carries it along: a browser that lost it gets it back with the next answer
 * @param notice something to say above the page
 */
public record SelfCheckFrame(
        String decision, Bilingual title, Bilingual question, String home, String carried, Optional<Bilingual> notice) {

    /** What stands on every page and every print of a self-check. */
    public static final Bilingual FIXED = new Bilingual(
            "この結果は、入力された内容についての自己確認です。ISMAP運営委員会の決定、処分又は指導ではありません。受理や登録を約束するものではなく、また、この結果にかかわらず、どなたも申請することができます。"
                    + "規程の解釈については、日本語の原文が優先します。",
            "This is a self-check of what was entered. It is not a decision, disposition or guidance of the ISMAP Steering Committee."
                    + " It promises neither acceptance nor registration, and keeps nobody from applying."
                    + " The Japanese texts of the regulations prevail.");
}
