package ismap.api;

/** Who stands behind the service, in the words that every page shows. */
final class Operator {

    private Operator() {}

    static String notice(ApiSettings settings) {
        return settings.operatorName()
                .map(name -> "運営者 / Operator: " + name
                        + settings.operatorContact()
                                .map(contact -> "（" + contact + "）")
                                .orElse(""))
                .orElse("試行環境 / Unofficial: not operated by the Government of Japan");
    }
}
