package ismap.decision;

/** What a finding says. The order is the status order: the finding of a rule over a list is the first of its elements' in it. */
public enum Status {
    PROHIBITED,
    NOT_ACCEPTED,
    NOT_SATISFIED,
    REFER_TO_COMMITTEE,
    REFER_TO_PROCURING_BODY,
    DUTY_ARISES,
    INSUFFICIENT_FACTS,
    WARNING,
    DUTY_MET,
    NOT_DUE,
    ALLOWED,
    SATISFIED,
    NOT_APPLICABLE
}
