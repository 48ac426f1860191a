package ismap.evaluation;

import ismap.decision.Bilingual;
import ismap.decision.Decision;
import ismap.decision.Finding;
import ismap.decision.Place;
import ismap.decision.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The answer as the contract words it, in JDK values that have a JSON form. It stands here and not with the HTTP calls because its
 * bytes are what is recorded, and what a replay must produce again.
 */
public final class AnswerForm {

    /** Beside the revision, {@code false} where another one was in force; how it stood at the time, and no part of the answer itself. */
    public static final String IN_FORCE = "inForce";

    private AnswerForm() {}

    /** @param revision id and digest of the revision that decided */
    public static Map<String, @Nullable Object> of(
            Optional<UUID> id, Decision decision, Instant knownAt, Map<String, String> revision) {
        var form = new LinkedHashMap<String, @Nullable Object>();
        id.ifPresent(known -> form.put("id", known.toString()));
        form.put("decision", decision.decision());
        form.put("outcome", decision.outcome());
        form.put("asOf", decision.asOf().toString());
        form.put("applicableDay", decision.applicableDay().toString());
        form.put("knownAt", knownAt.toString());
        form.put("revision", revision);
        form.put("values", values(decision.values()));
        form.put(
                "findings",
                decision.findings().stream().map(AnswerForm::finding).toList());
        form.put("missing", List.copyOf(decision.missing()));
        form.put(
                "notExamined",
                decision.notExamined().stream().map(AnswerForm::notExamined).toList());
        return form;
    }

    public static Map<String, String> revision(ActiveRulebook active) {
        var form = new LinkedHashMap<String, String>();
        form.put("id", active.revisionId());
        form.put("digest", active.digest());
        return form;
    }

    public static Map<String, String> bilingual(Bilingual text) {
        var form = new LinkedHashMap<String, String>();
        form.put("ja", text.ja());
        form.put("en", text.en());
        return form;
    }

    /** {@code {workbook, sheet, cell}}, {@code {file, line}} or {@code {pointer}}. */
    public static Map<String, Object> place(Place place) {
        var form = new LinkedHashMap<String, Object>();
        if (place instanceof Place.Cell cell) {
            form.put("workbook", cell.workbook());
            form.put("sheet", cell.sheet());
            form.put("cell", cell.cell());
        } else if (place instanceof Place.Line line) {
            form.put("file", line.file());
            form.put("line", line.line());
        } else {
            form.put("pointer", ((Place.Pointer) place).pointer());
        }
        return form;
    }

    static Map<String, @Nullable Object> finding(Finding finding) {
        var form = new LinkedHashMap<String, @Nullable Object>();
        form.put("rule", finding.rule());
        form.put("status", finding.status().name());
        form.put("row", finding.row());
        if (finding.item() != null) {
            form.put("item", finding.item());
        }
        var citation = new LinkedHashMap<String, @Nullable Object>();
        citation.put("document", finding.citation().document());
        citation.put("clause", finding.citation().clause());
        citation.put(
                "edition",
                finding.citation().edition().isBlank()
                        ? null
                        : finding.citation().edition());
        form.put("citation", citation);
        form.put("message", bilingual(finding.message()));
        form.put("because", values(finding.because()));
        form.put("source", place(finding.source()));
        if (finding.assumption() != null) {
            form.put("assumption", finding.assumption());
        }
        form.putAll(finding.attributes());
        return form;
    }

    private static Map<String, Object> notExamined(Decision.NotExamined entry) {
        var form = new LinkedHashMap<String, Object>();
        form.put("rule", entry.rule());
        form.put("message", bilingual(entry.message()));
        form.put("decidedBy", entry.decidedBy());
        return form;
    }

    private static Map<String, @Nullable Object> values(Map<String, Value> values) {
        var form = new LinkedHashMap<String, @Nullable Object>();
        values.forEach((name, value) -> form.put(name, value(value)));
        return form;
    }

    /** None is the text {@code none}; what is unknown, or known in part only, is null. */
    public static @Nullable Object value(Value value) {
        if (value.isNone()) {
            return "none";
        }
        if (!value.isKnown()) {
            return null;
        }
        if (value instanceof Value.Truth truth) {
            return truth.value();
        }
        if (value instanceof Value.Number number) {
            return number.value();
        }
        if (value instanceof Value.Elements elements) {
            var list = new ArrayList<@Nullable Object>();
            elements.values().forEach(element -> list.add(value(element)));
            return list;
        }
        return value instanceof Value.Element element ? values(element.fields()) : value.toString();
    }
}
