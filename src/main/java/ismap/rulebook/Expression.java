package ismap.rulebook;

import ismap.decision.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** How a fact follows from others: a tree of calls of a closed list of functions, total on none and unknown. */
public sealed interface Expression {

    /** A fact as of {@code asOf}; in the scope of a list, {@code list.field} is of the element at hand. */
    record Fact(String name) implements Expression {
        @Override
        public String toString() {
            return name;
        }
    }

    /** A fact as the caller stated it, whether or not it has happened by {@code asOf}. */
    record Stated(String name) implements Expression {
        @Override
        public String toString() {
            return "stated(" + name + ")";
        }
    }

    /** A parameter on its reference day; with none named, on the applicable day. */
    record ParameterOn(String name, Optional<String> referenceDay) implements Expression {
        @Override
        public String toString() {
            return referenceDay
                    .map(day -> "parameter(\"" + name + "\", " + day + ")")
                    .orElse(name);
        }
    }

    record Literal(Value value) implements Expression {
        @Override
        public String toString() {
            if (value instanceof Value.Text text) {
                return "\"" + text.text() + "\"";
            }
            return value instanceof Value.Day day
                    ? "date(\"" + day + "\")"
                    : value == Value.NONE ? "none" : value.toString();
        }
    }

    record Call(Function function, List<Expression> arguments) implements Expression {
        public Call {
            arguments = List.copyOf(arguments);
        }

        @Override
        public String toString() {
            return function.text() + "("
                    + String.join(", ", arguments.stream().map(Object::toString).toList()) + ")";
        }
    }

    /** Whether some element of a list has fields that compare as said with the values; from DRL's {@code exists}. */
    record Exists(String list, List<Match> matches) implements Expression {
        public Exists {
            matches = List.copyOf(matches);
        }

        @Override
        public String toString() {
            return "exists " + list + matches;
        }
    }

    /** {@code field operator value}; NOT_EQUAL is written as a negation around it. */
    record Match(String field, UnaryTest.Operator operator, Expression value) {}

    /** Calls {@code visitor} for this expression and everything in it, outermost first. */
    default void walk(Consumer<Expression> visitor) {
        visitor.accept(this);
        if (this instanceof Call call) {
            call.arguments().forEach(argument -> argument.walk(visitor));
        }
        if (this instanceof Exists exists) {
            exists.matches().forEach(match -> match.value().walk(visitor));
        }
    }

    /** The names of facts that it reads, lists and stated ones included, in order of appearance; a parameter's reference day too. */
    default List<String> reads() {
        var names = new ArrayList<String>();
        walk(part -> {
            if (part instanceof Fact fact) {
                names.add(fact.name());
            } else if (part instanceof Stated stated) {
                names.add(stated.name());
            } else if (part instanceof Exists exists) {
                names.add(exists.list());
            } else if (part instanceof ParameterOn parameter) {
                parameter.referenceDay().ifPresent(names::add);
            }
        });
        return names.stream().distinct().toList();
    }
}
