package ismap.analysis;

import ismap.decision.Bilingual;

/** What a rulebook is made of, in the order in which differences are told. */
public enum PartKind {
    FORMAT("書式の版", "format"),
    DECISION("判断", "decision"),
    OUTCOME("結論", "outcome"),
    VALUE("示す値", "value shown"),
    BORROWED("借りる規則", "borrowed rule"),
    READING("事実の読替え", "reading of a fact"),
    NOT_EXAMINED("ここで判断しないもの", "not examined"),
    TABLE("表", "table"),
    ROW("行", "row"),
    PARAMETER("パラメータ", "parameter"),
    PARAMETER_VALUE("パラメータの値", "value of a parameter"),
    DERIVATION("導出", "derivation"),
    FACT("事実", "fact"),
    CODE("コード", "code"),
    STATUS("判定区分", "status"),
    DOCUMENT("文書", "document"),
    CLAUSE("条項", "clause"),
    NOT_ENCODED("表にしない規則", "rule without a table"),
    ASSUMPTION("前提とした解釈", "assumption");

    private final Bilingual label;

    PartKind(String ja, String en) {
        this.label = new Bilingual(ja, en);
    }

    public Bilingual label() {
        return label;
    }
}
