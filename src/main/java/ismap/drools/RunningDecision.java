package ismap.drools;

import ismap.decision.Value;
import ismap.drools.Column.Part;
import ismap.drools.Column.State;
import ismap.drools.PrintedDecision.FactShape;
import ismap.drools.PrintedDecision.Layer;
import ismap.rulebook.EvaluationFailure;
import ismap.rulebook.Facts;
import ismap.rulebook.Reasoning;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.kie.api.KieBase;
import org.kie.api.definition.type.FactField;
import org.kie.api.definition.type.FactType;
import org.kie.api.runtime.KieSession;

/** One compiled decision. Each question has a session of its own, so any number of threads may ask. */
final class RunningDecision {

    /** A column's field, and the field of the compiled class that holds it. */
    private record Slot(Column column, Part part, FactField field) {}

    /** A printed fact type, compiled. */
    private record Shape(
            FactShape printed, FactType type, @Nullable FactField index, List<Slot> slots) {}

    private record Step(Layer layer, List<Shape> shapes) {}

    private final PrintedDecision printed;
    private final KieBase base;
    private final List<Step> steps;

    RunningDecision(PrintedDecision printed, KieBase base) {
        this.printed = printed;
        this.base = base;
        this.steps = printed.layers().stream()
                .map(layer -> new Step(
                        layer, layer.facts().stream().map(this::compiled).toList()))
                .toList();
    }

    private Shape compiled(FactShape shape) {
        FactType type = base.getFactType(printed.packageName(), shape.type());
        var slots = new ArrayList<Slot>();
        for (Column column : shape.columns()) {
            for (Part part : column.parts()) {
                slots.add(new Slot(column, part, type.getField(column.field(part))));
            }
        }
        return new Shape(shape, type, shape.list().isPresent() ? type.getField("index") : null, List.copyOf(slots));
    }

    /**
     * @throws EvaluationFailure where a rule fails
     */
    Reasoning reason(Facts facts, LocalDate asOf) {
        Out out = new Out(printed, facts, asOf);
        KieSession session = base.newKieSession();
        try {
            session.setGlobal("out", out);
            for (Step step : steps) {
                run(step, out, session);
                out.conclude(step.layer());
            }
            return out.reasoning();
        } catch (EvaluationFailure failure) {
            throw failure;
        } catch (RuntimeException broken) {
            throw (EvaluationFailure) new EvaluationFailure("the rules of %s fail: %s"
                            .formatted(printed.plan().decision().name(), broken))
                    .initCause(broken);
        } finally {
            session.dispose();
        }
    }

    private void run(Step step, Out out, KieSession session) {
        int most = 0;
        for (Shape shape : step.shapes()) {
            int[] indices = shape.printed()
                    .list()
                    .map(out::elements)
                    .orElse(IntStream.of(0))
                    .toArray();
            for (int index : indices) {
                session.insert(fact(shape, out, index));
            }
            most += indices.length * shape.printed().rules();
        }
        // Every rule fires at most once for a fact; more can only be a mistake in what was printed.
        if (most > 0 && session.fireAllRules(most + 1) > most) {
            throw new EvaluationFailure("the rules of %s do not come to an end"
                    .formatted(printed.plan().decision().name()));
        }
    }

    private Object fact(Shape shape, Out out, int index) {
        Object fact = newInstance(shape.type());
        if (shape.index() != null) {
            shape.index().set(fact, index);
        }
        for (Slot slot : shape.slots()) {
            Object value = value(slot, out.column(slot.column(), index));
            if (value != null) {
                slot.field().set(fact, value);
            }
        }
        return fact;
    }

    private static Object newInstance(FactType type) {
        try {
            return Objects.requireNonNull(type.newInstance());
        } catch (InstantiationException | IllegalAccessException broken) {
            throw new IllegalStateException("cannot make a %s".formatted(type.getName()), broken);
        }
    }

    /** What a field of a printed fact holds; null where it stays as it is. */
    private @Nullable Object value(Slot slot, Value value) {
        return switch (slot.part()) {
            case STATE -> State.of(value).written();
            case LEAST -> least(value);
            case MOST -> most(value);
            case VALUE ->
                switch (slot.column().kind()) {
                    case BARE -> null;
                    case TEXT ->
                        value instanceof Value.Text text ? printed.lexicon().written(text.text()) : null;
                    case TRUTH -> value instanceof Value.Truth truth ? truth.toString() : null;
                    case DAY -> value instanceof Value.Day day ? Constraints.day(day.date()) : null;
                    case NUMBER -> value instanceof Value.Number number ? number.value() : null;
                };
        };
    }

    private static @Nullable BigDecimal least(Value value) {
        return value instanceof Value.Number number
                ? number.value()
                : value instanceof Value.Range range ? range.low() : null;
    }

    private static @Nullable BigDecimal most(Value value) {
        return value instanceof Value.Number number
                ? number.value()
                : value instanceof Value.Range range ? range.high() : null;
    }
}
