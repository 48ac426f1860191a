package ismap.api;

import ismap.decision.Bilingual;
import java.util.Arrays;
import java.util.Optional;

/** The kinds of problem that the API answers with; each has a page under {@code /problems/}. */
enum ProblemKind {
    BAD_REQUEST(
            400,
            "bad-request",
            "要求を読み取れません",
            "The request cannot be read",
            "要求の形（URI、ヘッダーなど）がHTTPの決まりに合っていません。",
            "The form of the request (its URI, a header) is not what HTTP asks for."),
    UNREADABLE(
            400,
            "unreadable-json",
            "JSONとして読めません",
            "The body is not readable JSON",
            "本文は、UTF-8の厳密なJSON（RFC 8259）一つでなければなりません。同じキーの重複、32段を超える入れ子、後続の文字は受け付けません。",
            "The body must be one strict JSON value (RFC 8259) in UTF-8: no key twice, no nesting deeper than 32, nothing behind it."),
    UNAUTHORIZED(
            401,
            "unauthorized",
            "認証が必要です",
            "A valid token is needed",
            "Authorization: Bearer … に有効なトークンを付けてください。トークンが設定されていない環境では、記録を伴う判定は行えません。",
            "Send a valid token as Authorization: Bearer …. Where the service was started without a token, nobody can record."),
    FORBIDDEN(
            403,
            "forbidden",
            "権限がありません",
            "This token may not do that",
            "そのトークンの役割では、この操作を行えません。",
            "The roles of this token do not include this."),
    NOT_FOUND(
            404,
            "not-found",
            "見つかりません",
            "There is nothing here",
            "そのパスには何もありません。使えるパスは /openapi.json にあります。",
            "Nothing is served at that path. /openapi.json lists the paths."),
    UNKNOWN_DECISION(
            404,
            "unknown-decision",
            "その判定はありません",
            "There is no such decision",
            "施行中の規則集に、その名前の判定はありません。一覧は GET /api/v1/decisions にあります。",
            "The rulebook in force has no decision of that name. GET /api/v1/decisions lists them."),
    UNKNOWN_RECORD(
            404,
            "unknown-record",
            "その記録はありません",
            "There is no such record",
            "そのIDの記録はありません。",
            "There is no record of that id."),
    UNKNOWN_PROPOSAL(
            404,
            "unknown-proposal",
            "その提案はありません",
            "There is no such proposal",
            "その記録に、そのIDの抹消の提案はありません。",
            "That record has no proposal of that id."),
    UNKNOWN_TOKEN(
            404,
            "unknown-token",
            "そのトークンはありません",
            "There is no such token",
            "その名前の有効なトークンはありません。",
            "Nobody of that name has a token in force."),
    UNKNOWN_REVISION(
            404,
            "unknown-revision",
            "その改定版はありません",
            "There is no such revision",
            "そのIDの改定版はありません。公表前のものは、職員のトークンを付けたときだけ見えます。",
            "There is no revision of that id. What is not published is shown to staff alone."),
    UNKNOWN_FILE(
            404,
            "unknown-file",
            "そのファイルはありません",
            "There is no such file",
            "その改定版に、そのパスのファイルはありません。一覧は …/files にあります。",
            "The revision has no file at that path. …/files lists them."),
    METHOD_NOT_ALLOWED(
            405,
            "method-not-allowed",
            "そのメソッドは使えません",
            "This method is not served here",
            "使えるメソッドは Allow ヘッダーにあります。",
            "The header Allow names the methods that are."),
    NOT_ACCEPTABLE(
            406,
            "not-acceptable",
            "その形式では返せません",
            "Not available in that form",
            "この応答は、求められた形式では返せません。",
            "The answer is not available in the form asked for."),
    NAME_IN_USE(
            409,
            "name-in-use",
            "その名前は使われています",
            "That name has a token already",
            "その名前には有効なトークンがあります。取り消してから、新しいトークンを発行してください。",
            "Somebody of that name has a token in force. Revoke it first; then the name can have another."),
    WRONG_STATE(
            409,
            "wrong-state",
            "今の状態ではできません",
            "Not in its present state",
            "その改定版の状態では、この操作を行えません。理由と次にすべきことが errors にあります。",
            "The revision is not in a state for that. errors says why, and what to do."),
    STALE(
            412,
            "stale",
            "ほかの人が先に変更しました",
            "Somebody else changed it first",
            "If-Match の版は、もう今の版ではありません。GET して今の内容と ETag を確かめ、もう一度行ってください。何も上書きされていません。",
            "The version in If-Match is not the present one. GET it, look at what changed, and send it again with its ETag. Nothing was overwritten."),
    ALREADY_REDACTED(
            409,
            "already-redacted",
            "その記録は既に抹消されています",
            "That record is redacted already",
            "記録の内容は既に抹消されています。いつ、誰が、なぜ抹消したかは、記録の redacted にあります。",
            "Its content is gone. When, by whom and why stands under redacted in the record."),
    OWN_PROPOSAL(
            409,
            "own-proposal",
            "自分の提案は実行できません",
            "That is your own proposal",
            "抹消は、提案した人とは別の監査担当者が実行します。",
            "A redaction is carried out by another auditor than the one who proposed it."),
    TOO_LARGE(
            413,
            "too-large",
            "本文が大きすぎます",
            "The body is too large",
            "本文は1 MiB（1,048,576バイト）までです。",
            "A body may have at most 1 MiB (1,048,576 bytes)."),
    UNSUPPORTED_MEDIA_TYPE(
            415,
            "unsupported-media-type",
            "JSONで送ってください",
            "Send JSON",
            "Content-Type は application/json としてください。",
            "The Content-Type must be application/json."),
    INVALID(
            422,
            "invalid-request",
            "入力に誤りがあります",
            "The input has mistakes",
            "JSONとしては読めましたが、内容に誤りがあります。すべての誤りが errors に位置とともに挙げられています。",
            "It is JSON, but what it says cannot be used. All mistakes are listed under errors, each with its place."),
    TOO_MANY_REQUESTS(
            429,
            "too-many-requests",
            "要求が多すぎます",
            "Too many requests",
            "Retry-After の秒数だけ待ってから、もう一度送ってください。",
            "Wait for the seconds that Retry-After says, then send it again."),
    INTERNAL(
            500,
            "internal",
            "内部エラー",
            "Internal error",
            "サービスの不具合です。判定も記録も行われていません。運営者にお知らせください。",
            "This is a fault of the service. Nothing was decided. Please tell its operator."),
    EVALUATION_FAILED(
            503,
            "evaluation-failed",
            "判定できませんでした",
            "The rules failed on this case",
            "二つの評価方法の結果が一致しないか、規則の評価に失敗したため、回答しません。記録もされていません。運営者に通知されています。",
            "The two engines disagree, or a rule failed, so there is no answer and no record. The operator has been alerted."),
    DATABASE_UNAVAILABLE(
            503,
            "database-unavailable",
            "データベースを利用できません",
            "The database is not available",
            "判定を記録できたか確かでないため、回答しません。もう一度送ってください。自己確認（self-check）は利用できます。",
            "Whether a decision was recorded is not sure, so it is not answered; send it again. Self-checks go on."),
    BUSY(
            503,
            "busy",
            "混み合っています",
            "Too many wait to be recorded",
            "記録を待つ要求が多すぎます。この要求は記録されていません。Retry-After の秒数だけ待って、もう一度送ってください。",
            "Too many requests wait to be recorded. This one was not. Wait for the seconds that Retry-After says, then send it again."),
    CHECKS_BUSY(
            503,
            "checks-busy",
            "検査が混み合っています",
            "Too many drafts wait to be checked",
            "検査を待つ草案が多すぎます。Retry-After の秒数だけ待って、もう一度送ってください。",
            "Too many drafts wait for their checks. Wait for the seconds that Retry-After says, then send it again."),
    STILL_VERIFYING(
            503,
            "still-verifying",
            "検証中です",
            "The verification still runs",
            "記録の連鎖の検証が続いています。Retry-After の秒数だけ待って、もう一度送ってください。終わっていれば、その結果を返します。",
            "The chain of records is still being walked. Wait for the seconds that Retry-After says and ask again: once it is done, that is its result."),
    NO_SIGNING_KEY(
            503,
            "no-signing-key",
            "署名鍵がありません",
            "The signing key is not here",
            "署名鍵がこのインスタンスにないため、署名できません。運営者にお知らせください。",
            "This instance does not hold the key that signs. Please tell its operator."),
    REVISION_NOT_READY(
            503,
            "revision-not-ready",
            "その改定版は準備中です",
            "That revision is being made ready",
            "施行中でない改定版は、求められたときに準備します。いま多くの要求がそれを待っています。Retry-After の秒数だけ待って、もう一度送ってください。",
            "A revision that is not in force is made ready when it is asked for, and many wait for that now. Wait for the seconds that Retry-After says, then send it again."),
    NO_RULEBOOK(
            503,
            "no-rulebook",
            "施行中の規則集がありません",
            "No rulebook is in force",
            "公表された規則集がまだ読み込まれていません。",
            "No published rulebook is compiled yet.");

    private final int status;
    private final String slug;
    private final Bilingual title;
    private final Bilingual about;

    ProblemKind(int status, String slug, String titleJa, String titleEn, String aboutJa, String aboutEn) {
        this.status = status;
        this.slug = slug;
        this.title = new Bilingual(titleJa, titleEn);
        this.about = new Bilingual(aboutJa, aboutEn);
    }

    int status() {
        return status;
    }

    /** The last part of its page's path, and of the {@code type} of its answers. */
    String slug() {
        return slug;
    }

    Bilingual title() {
        return title;
    }

    Bilingual about() {
        return about;
    }

    static Optional<ProblemKind> of(String slug) {
        return Arrays.stream(values()).filter(kind -> kind.slug.equals(slug)).findFirst();
    }

    /** What the framework means by a status; the first of each status is the general one. */
    static ProblemKind ofStatus(int status) {
        return Arrays.stream(values())
                .filter(kind -> kind.status == status)
                .findFirst()
                .orElse(status < 500 ? BAD_REQUEST : INTERNAL);
    }
}
