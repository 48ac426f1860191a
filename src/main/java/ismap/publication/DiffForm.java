package ismap.publication;

import ismap.analysis.Change;
import ismap.analysis.DecisionDiff;
import ismap.analysis.Diff;
import ismap.analysis.Region;
import ismap.decision.Place;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A difference as JSON. */
public final class DiffForm {

    private DiffForm() {}

    public static Map<String, @Nullable Object> of(Diff diff) {
        var form = new LinkedHashMap<String, @Nullable Object>();
        form.put("identical", diff.isEmpty());
        form.put("changes", diff.changes().stream().map(DiffForm::change).toList());
        form.put("decisions", diff.decisions().stream().map(DiffForm::decision).toList());
        return form;
    }

    private static Map<String, @Nullable Object> change(Change change) {
        var form = new LinkedHashMap<String, @Nullable Object>();
        form.put("type", change.type().name());
        form.put("kind", change.kind().name());
        form.put("decision", change.decision().isEmpty() ? null : change.decision());
        form.put("id", change.id());
        form.put("clause", change.clause().isEmpty() ? null : change.clause());
        form.put(
                "cells",
                change.cells().stream()
                        .map(cell -> named(cell.name(), cell.before(), cell.after()))
                        .toList());
        form.put("before", place(change.before()));
        form.put("after", place(change.after()));
        return form;
    }

    private static Map<String, @Nullable Object> decision(DecisionDiff decision) {
        var form = new LinkedHashMap<String, @Nullable Object>();
        form.put("decision", decision.decision());
        form.put("verdict", decision.verdict().name());
        form.put("changed", decision.changed());
        form.put("asked", decision.asked());
        form.put("complete", !decision.spent());
        form.put("regions", decision.regions().stream().map(DiffForm::region).toList());
        return form;
    }

    private static Map<String, @Nullable Object> region(Region region) {
        var form = new LinkedHashMap<String, @Nullable Object>();
        form.put("what", region.what().name());
        form.put("name", region.name().isEmpty() ? null : region.name());
        form.put("before", side(region.before()));
        form.put("after", side(region.after()));
        form.put("columns", region.columns().stream().map(DiffForm::column).toList());
        form.put("cases", region.cases());
        Region.Example example = region.example();
        var shown = new LinkedHashMap<String, @Nullable Object>();
        shown.put("asOf", example.asOf().toString());
        shown.put("facts", example.facts());
        shown.put("outcomeBefore", example.outcomeBefore());
        shown.put("outcomeAfter", example.outcomeAfter());
        shown.put("derived", example.derived().stream().map(DiffForm::column).toList());
        form.put("example", shown);
        return form;
    }

    private static Map<String, @Nullable Object> side(Region.Side side) {
        var form = new LinkedHashMap<String, @Nullable Object>();
        form.put("row", side.row().isEmpty() ? null : side.row());
        form.put("result", side.result());
        return form;
    }

    private static Map<String, @Nullable Object> column(Region.Column column) {
        return named(column.name(), column.before(), column.after());
    }

    private static Map<String, @Nullable Object> named(String name, String before, String after) {
        var form = new LinkedHashMap<String, @Nullable Object>();
        form.put("name", name);
        form.put("before", before.isEmpty() ? null : before);
        form.put("after", after.isEmpty() ? null : after);
        return form;
    }

    private static @Nullable Object place(Optional<Place> place) {
        if (place.isEmpty()) {
            return null;
        }
        var form = new LinkedHashMap<String, @Nullable Object>();
        if (place.get() instanceof Place.Cell cell) {
            form.put("workbook", cell.workbook());
            form.put("sheet", cell.sheet());
            form.put("cell", cell.cell());
        } else if (place.get() instanceof Place.Line line) {
            form.put("file", line.file());
            form.put("line", line.line());
        }
        return form;
    }
}
