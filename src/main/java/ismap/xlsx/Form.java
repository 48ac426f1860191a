package ismap.xlsx;

/** The forms that names have. */
enum Form {
    DECISION("[a-z][a-z0-9-]*", "判断の名前", "the name of a decision", "service-validity"),
    DOCUMENT("[a-z][a-z0-9-]*", "文書の名前", "the name of a document", "basic-regulations"),
    FACT("[a-z][A-Za-z0-9]*(\\.[a-z][A-Za-z0-9]*)?", "事実の名前", "the name of a fact", "renewalDecidedOn"),
    PARAMETER("[a-z][A-Za-z0-9]*", "パラメータの名前", "the name of a parameter", "serviceValidityMonths"),
    CODE("[A-Z][A-Z0-9_]*", "コード", "a code", "NOT_APPROVED"),
    RULE("[A-Z][A-Za-z0-9.-]*", "規則の番号", "a rule id", "BR-3.5-4"),
    ASSUMPTION("A-[0-9]+[a-z]?", "解釈の番号", "the id of an assumption", "A-6c"),
    ATTRIBUTE(
            "finding:[a-z][A-Za-z0-9]*", "所見に加える項目の名前", "the name of what a finding shows besides", "finding:urgency"),
    SCENARIO("[A-Za-z][A-Za-z0-9.-]*", "シナリオの番号", "the id of a scenario", "SV-001");

    private final String pattern;
    private final String ja;
    private final String en;
    private final String example;

    Form(String pattern, String ja, String en, String example) {
        this.pattern = pattern;
        this.ja = ja;
        this.en = en;
        this.example = example;
    }

    boolean fits(String name) {
        return name.matches(pattern);
    }

    String pattern() {
        return pattern;
    }

    String ja() {
        return ja;
    }

    String en() {
        return en;
    }

    String example() {
        return example;
    }
}
