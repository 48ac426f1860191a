package ismap.evaluation;

import ismap.ledger.RecordSummary;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A record without what was asked and answered, as JSON and as a line of a table. */
public final class SummaryForm {

    /** The columns of {@link #cells}. */
    public static final List<String> COLUMNS = List.of(
            "sequence",
            "id",
            "recordedAt",
            "recordedBy",
            "decision",
            "outcome",
            "applicableDay",
            "asOf",
            "revision",
            "application",
            "service",
            "applicant",
            "assessor",
            "supersedes",
            "supersededBy");

    private SummaryForm() {}

    public static Map<String, @Nullable Object> of(RecordSummary summary) {
        var form = new LinkedHashMap<String, @Nullable Object>();
        form.put("id", summary.id().toString());
        form.put("sequence", summary.sequence());
        form.put("recordedAt", summary.recordedAt().toString());
        form.put("recordedBy", summary.recordedBy());
        form.put("decision", summary.decision());
        form.put("outcome", summary.outcome());
        form.put("applicableDay", summary.applicableDay().toString());
        form.put("asOf", summary.asOf().toString());
        form.put("revision", summary.revisionId());
        form.put(
                "reference",
                Records.reference(summary.application(), summary.service(), summary.applicant(), summary.assessor()));
        form.put("supersedes", summary.supersedes().map(UUID::toString).orElse(null));
        form.put("supersededBy", summary.supersededBy().map(UUID::toString).orElse(null));
        return form;
    }

    /** Empty where there is nothing. */
    public static List<String> cells(RecordSummary summary) {
        return List.of(
                String.valueOf(summary.sequence()),
                summary.id().toString(),
                summary.recordedAt().toString(),
                summary.recordedBy(),
                summary.decision(),
                summary.outcome(),
                summary.applicableDay().toString(),
                summary.asOf().toString(),
                summary.revisionId(),
                given(summary.application()),
                given(summary.service()),
                given(summary.applicant()),
                given(summary.assessor()),
                summary.supersedes().map(UUID::toString).orElse(""),
                summary.supersededBy().map(UUID::toString).orElse(""));
    }

    private static String given(@Nullable String text) {
        return text == null ? "" : text;
    }
}
