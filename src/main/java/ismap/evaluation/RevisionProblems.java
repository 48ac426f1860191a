package ismap.evaluation;

import static ismap.evaluation.RequestProblems.shown;

import ismap.decision.Bilingual;
import ismap.decision.Problem;
import ismap.evaluation.Revisions.Unusable;
import java.time.Instant;

/** The words of what can be wrong with the revision that a request asks for. */
final class RevisionProblems {

    private static final String REVISION = "/revision";
    private static final String KNOWN_AT = "/knownAt";

    private static final Bilingual LEAVE_OUT =
            new Bilingual("この項目を取り除くと、施行中の改定版で判定します。", "Leave this field out to be answered by the revision in force.");

    private RevisionProblems() {}

    static Problem inTheFuture(Instant knownAt, Instant now) {
        return RequestProblems.of(
                "KNOWN_AT_IN_FUTURE",
                KNOWN_AT,
                knownAt.toString(),
                "an instant that has passed",
                new Bilingual(
                        "まだ来ていない時点です（現在 %s）。その時に何が公表されているかは分かりません。".formatted(now),
                        "That instant is still to come (it is %s); nobody knows what will be published then."
                                .formatted(now)),
                LEAVE_OUT);
    }

    static Problem beforeTheFirst(Instant knownAt) {
        return RequestProblems.of(
                "KNOWN_AT_TOO_EARLY",
                KNOWN_AT,
                knownAt.toString(),
                "an instant at which a revision was published",
                new Bilingual("その時点では、まだ改定版が公表されていません。", "No revision had been published at that instant."),
                new Bilingual(
                        "事実が問われる日は asOf で示します。knownAt は、この項目を取り除くと施行中の改定版になります。",
                        "The day that the question is about goes into asOf. Leave knownAt out to be answered by the revision in force."));
    }

    static Problem contradiction(String named, String then) {
        return RequestProblems.of(
                "REVISIONS_CONTRADICT",
                REVISION,
                named,
                then,
                new Bilingual(
                        "knownAt の時点で施行されていたのは %s で、revision の %s ではありません。".formatted(then, shown(named)),
                        "At knownAt the revision in force was %s, and revision says %s.".formatted(then, shown(named))),
                new Bilingual("どちらか一方を取り除いてください。", "Leave one of the two out."));
    }

    static Problem notOfTheBatch(String pointer, String value, String revision) {
        return RequestProblems.of(
                "REVISION_NOT_OF_BATCH",
                pointer,
                value,
                revision,
                new Bilingual(
                        "この一括処理は、始まった時に施行されていた改定版 %s だけで判定します。".formatted(revision),
                        "This batch is answered by revision %s alone, which was in force when it began."
                                .formatted(revision)),
                new Bilingual("別の改定版による判定は、一件ずつの呼出しで求めてください。", "Ask another revision by calls of a single decision."));
    }

    /** @param named whether the request names it, or an instant at which it was in force */
    static Problem unusable(String id, boolean named, Unusable reason) {
        boolean unknown = reason.code().equals(Timeline.unknown(id).code());
        return RequestProblems.of(
                reason.code(),
                named ? REVISION : KNOWN_AT,
                id,
                unknown ? "the id of a published revision" : "a revision that can be read",
                unknown
                        ? new Bilingual("その名前の公表された改定版はありません。", "There is no published revision of that id.")
                        : reason.message(),
                LEAVE_OUT);
    }
}
