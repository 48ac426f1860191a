package ismap.revision;

import ismap.decision.Bilingual;
import ismap.decision.Place;
import ismap.decision.Problem;

/** Why a revision does not take a step. */
public final class Refusals {

    private Refusals() {}

    public static Problem publishedIsFinal(String id) {
        return refusal(
                "REVISION_PUBLISHED",
                "改定版 %s は公表されており、変更できません。".formatted(id),
                "Revision %s is published; it is never changed.".formatted(id),
                "これを基にした新しい草案を作ってください。",
                "Make a new draft on its base.");
    }

    public static Problem submittedAlready() {
        return refusal(
                "REVISION_SUBMITTED",
                "すでに提出されています。",
                "It is submitted already.",
                "承認を待ってください。ファイルを変更すると草案に戻ります。",
                "Wait for its approval. A change of a file makes it a draft again.");
    }

    static Problem checksNotCurrent() {
        return refusal(
                "CHECKS_NOT_CURRENT",
                "今のファイルに対する検査の結果がありません。",
                "The files as they are now have not been checked.",
                "POST …/checks で検査し、終わるのを待ってください。",
                "POST …/checks, and wait until they are done.");
    }

    static Problem checksNotClean() {
        return refusal(
                "CHECKS_NOT_CLEAN",
                "検査で誤りが見つかっています。",
                "The checks found mistakes.",
                "GET …/checks の誤りを直してから、もう一度検査してください。",
                "Mend what GET …/checks lists, and check again.");
    }

    public static Problem notSubmitted() {
        return refusal(
                "REVISION_NOT_SUBMITTED",
                "提出されていないため、承認できません。",
                "It is not submitted, so it cannot be approved.",
                "提出されるのを待ってください。提出の後に変更されたものは、検査と提出をやり直す必要があります。",
                "Wait until it is. Where it was changed since, it has to be checked and submitted again.");
    }

    public static Problem notApproved(int given, int needed) {
        return refusal(
                "REVISION_NOT_APPROVED",
                "承認が足りないため、公表できません（%d人中%d人）。".formatted(needed, given),
                "It cannot be published: %d of the %d approvals needed are there.".formatted(given, needed),
                "作成に関わっていない人の承認を得てください。",
                "Have it approved by people who had no hand in it.");
    }

    static Problem ownRevision(String approver) {
        return refusal(
                        "REVISION_OWN",
                        "自ら作成又は変更したものは承認できません。",
                        "Whoever made or changed it cannot approve it.",
                        "作成に関わっていない人に承認を求めてください。",
                        "Ask somebody who had no hand in it.")
                .value(approver);
    }

    static Problem approvedAlready(String approver) {
        return refusal(
                        "REVISION_APPROVED_ALREADY",
                        "あなたの承認はすでに記録されています。",
                        "Your approval is on record already.",
                        "ほかの人の承認が必要かどうかは requiredApprovals にあります。",
                        "requiredApprovals says whether others have to approve too.")
                .value(approver);
    }

    static Problem contentChanged() {
        return refusal(
                "REVISION_CHANGED",
                "示された又は承認されたものと、今の内容又は検査の結果が違います。",
                "What was named or approved is not what it says, or what was found of it, now.",
                "今の内容を確かめてから、もう一度行ってください。",
                "Look at it as it is now, then do it again.");
    }

    public static Problem baseSuperseded(String base, String inForce) {
        return refusal(
                        "BASE_SUPERSEDED",
                        "基にした改定版 %s は、もう施行中ではありません（施行中: %s）。".formatted(base, inForce),
                        "Its base %s is no longer in force; %s is.".formatted(base, inForce),
                        "POST …/rebase で施行中の改定版に合わせ、検査からやり直してください。",
                        "POST …/rebase, then check, submit and approve it again.")
                .value(base)
                .expected(inForce);
    }

    public static Problem notInForce(String id, String inForce) {
        return refusal(
                        "WITHDRAWN_NOT_IN_FORCE",
                        "改定版 %s は施行中ではないため、取り下げられません（施行中: %s）。".formatted(id, inForce),
                        "Revision %s is not in force, so it cannot be withdrawn; %s is in force."
                                .formatted(id, inForce),
                        "取り下げられるのは、施行中の改定版だけです。",
                        "Only the one in force can be withdrawn.")
                .value(id)
                .expected(inForce);
    }

    public static Problem noPredecessor(String id) {
        return refusal(
                "REVISION_FIRST",
                "改定版 %s は最初のもので、戻る先がありません。".formatted(id),
                "Revision %s is the first; there is nothing to go back to.".formatted(id),
                "新しい改定版を作ってください。",
                "Make a new revision.");
    }

    /** What a service of another version wrote, perhaps. */
    public static Problem unreadable(String id) {
        return refusal(
                "CONTENT_UNREADABLE",
                "改定版 %s は、この版のサービスでは公表時と同じ規則集として読めません。".formatted(id),
                "This version of the service does not read revision %s as the rulebook that it was.".formatted(id),
                "新しい改定版を作ってください。",
                "Make a new revision.");
    }

    private static Problem refusal(String code, String ja, String en, String adviceJa, String adviceEn) {
        return Problem.error(code, new Place.Pointer(""), new Bilingual(ja, en), new Bilingual(adviceJa, adviceEn));
    }
}
