package ismap.selfcheck;

import io.micronaut.http.HttpStatus;
import ismap.decision.Bilingual;
import ismap.pages.MessagePage;

/** Leaves an answer to a browser that cannot be what it asked for, with the page that says so. Never leaves the package. */
final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    static final MessagePage NOT_FOUND = new MessagePage(
            new Bilingual("見つかりません", "There is nothing here"),
            new Bilingual(
                    "このアドレスのページはありません。自己確認の最初のページから選び直してください。",
                    "There is no page at this address. Choose again from the first page of the self-check."));
    static final MessagePage NO_RULEBOOK = new MessagePage(
            new Bilingual("公表された改定版がありません", "No revision has been published"),
            new Bilingual("自己確認は、改定版が公表された後に利用できます。", "The self-check can be used once a revision is published."));
    static final MessagePage TOO_OFTEN = new MessagePage(
            new Bilingual("操作が多すぎます", "Too many requests"),
            new Bilingual(
                    "少し待ってから、もう一度お試しください。入力した内容は失われません。",
                    "Wait a moment and try again. Nothing that you entered is lost."));
    static final MessagePage FAILED = new MessagePage(
            new Bilingual("判定できませんでした", "This could not be decided"),
            new Bilingual(
                    "サービス側の問題により判定できませんでした。運営者に通知されています。入力した内容は失われません。しばらくしてから、もう一度お試しください。",
                    "Something is wrong with the service, and its operator has been told. Nothing that you entered is lost. Try again later."));
    static final MessagePage NOT_A_FORM = new MessagePage(
            new Bilingual("送信された内容を読み取れません", "What was sent cannot be read"),
            new Bilingual("前のページに戻り、もう一度送信してください。", "Go back and send it again."));
    static final MessagePage FOREIGN = new MessagePage(
            new Bilingual("別のサイトからの送信は受け付けません", "Forms of other sites are not taken"),
            new Bilingual("この操作は、このサービスのページから行ってください。", "Do this from the pages of this service."));
    static final MessagePage TOO_MUCH = new MessagePage(
            new Bilingual("回答が大きすぎます", "There is too much"),
            new Bilingual(
                    "この画面で扱える量を超えています。前のページに戻って件数を減らすか、APIをご利用ください。",
                    "It is more than these pages can hold. Go back and remove entries, or use the API."));
    static final MessagePage NO_STORAGE = new MessagePage(
            new Bilingual("いまは保存できません", "Nothing can be saved just now"),
            new Bilingual(
                    "保存先を利用できません。回答は失われていません。しばらくしてから試すか、JSONでダウンロードしてください。",
                    "The storage cannot be reached. Your answers are not lost. Try again later, or download them as JSON."));

    /** No refusal: what was saved is gone. */
    static final MessagePage DELETED = new MessagePage(
            new Bilingual("保存した回答を消しました", "What was saved is deleted"),
            new Bilingual(
                    "このコードでは、もう続きから始められません。ブラウザーに残っている回答はそのままです。",
                    "The code cannot be used any more. What your browser holds is as it was."));

    private final HttpStatus status;
    private final transient MessagePage page;
    private final long retryAfter;

    Refused(HttpStatus status, MessagePage page) {
        this(status, page, 0);
    }

    Refused(HttpStatus status, MessagePage page, long retryAfter) {
        super(status.toString(), null, false, false);
        this.status = status;
        this.page = page;
        this.retryAfter = retryAfter;
    }

    HttpStatus status() {
        return status;
    }

    MessagePage page() {
        return page;
    }

    long retryAfter() {
        return retryAfter;
    }
}
