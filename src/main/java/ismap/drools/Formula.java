package ismap.drools;

import ismap.drools.Column.State;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** A condition on the fields of one column, made as small as it gets before it is written in a pattern. */
sealed interface Formula {

    Formula ALWAYS = new Constant(true);
    Formula NEVER = new Constant(false);

    Formula negated();

    /** The same condition, where the column is in one of {@code states}. */
    Formula given(Set<State> states);

    /** As it stands in a pattern; {@code nested} where it is an operand of an operator. */
    String written(Column column, boolean nested);

    record Constant(boolean holds) implements Formula {
        @Override
        public Formula negated() {
            return holds ? NEVER : ALWAYS;
        }

        @Override
        public Formula given(Set<State> states) {
            return this;
        }

        @Override
        public String written(Column column, boolean nested) {
            throw new IllegalStateException("%s has no test to write".formatted(column.name()));
        }
    }

    /** The column is in one of the states. */
    record In(Set<State> states) implements Formula {
        static Formula of(State first, State... more) {
            return new In(EnumSet.of(first, more));
        }

        @Override
        public Formula negated() {
            return new In(EnumSet.complementOf(EnumSet.copyOf(states)));
        }

        @Override
        public Formula given(Set<State> possible) {
            Set<State> left = EnumSet.noneOf(State.class);
            possible.stream().filter(states::contains).forEach(left::add);
            return left.isEmpty() ? NEVER : left.size() == possible.size() ? ALWAYS : new In(left);
        }

        @Override
        public String written(Column column, boolean nested) {
            String field = column.field(Column.Part.STATE);
            Set<State> others = EnumSet.noneOf(State.class);
            column.states().stream().filter(state -> !states.contains(state)).forEach(others::add);
            boolean positive = states.size() <= others.size();
            List<String> comparisons = (positive ? states : others)
                    .stream()
                            .map(state -> field + (positive ? " == \"" : " != \"") + state.written() + "\"")
                            .toList();
            String joined = String.join(positive ? " || " : " && ", comparisons);
            return comparisons.size() > 1 && nested ? "(" + joined + ")" : joined;
        }
    }

    /** A comparison of fields with constants, and its exact opposite. */
    record Comparison(List<String> any, List<String> none) implements Formula {
        @Override
        public Formula negated() {
            return new Not(this);
        }

        @Override
        public Formula given(Set<State> states) {
            return this;
        }

        @Override
        public String written(Column column, boolean nested) {
            String joined = String.join(" || ", any);
            return any.size() > 1 && nested ? "(" + joined + ")" : joined;
        }

        private String opposite(boolean nested) {
            String joined = String.join(" && ", none);
            return none.size() > 1 && nested ? "(" + joined + ")" : joined;
        }
    }

    record Not(Comparison comparison) implements Formula {
        @Override
        public Formula negated() {
            return comparison;
        }

        @Override
        public Formula given(Set<State> states) {
            return this;
        }

        @Override
        public String written(Column column, boolean nested) {
            return comparison.opposite(nested);
        }
    }

    record All(List<Formula> parts) implements Formula {
        @Override
        public Formula negated() {
            return new Some(parts.stream().map(Formula::negated).toList());
        }

        @Override
        public Formula given(Set<State> states) {
            Set<State> left = EnumSet.noneOf(State.class);
            states.stream()
                    .filter(state -> parts.stream().noneMatch(part -> part.given(Set.of(state)) == NEVER))
                    .forEach(left::add);
            if (left.isEmpty()) {
                return NEVER;
            }
            var more = new ArrayList<Formula>();
            if (left.size() < states.size()) {
                more.add(new In(left));
            }
            for (Formula part : parts) {
                Formula smaller = part.given(left);
                if (smaller == NEVER) {
                    return NEVER;
                }
                if (smaller instanceof All all) {
                    more.addAll(all.parts());
                } else if (smaller != ALWAYS && !more.contains(smaller)) {
                    more.add(smaller);
                }
            }
            return more.isEmpty() ? ALWAYS : more.size() == 1 ? more.get(0) : new All(more);
        }

        @Override
        public String written(Column column, boolean nested) {
            String joined = String.join(
                    nested ? " && " : ", ",
                    parts.stream().map(part -> part.written(column, nested)).toList());
            return nested ? "(" + joined + ")" : joined;
        }
    }

    record Some(List<Formula> parts) implements Formula {
        @Override
        public Formula negated() {
            return new All(parts.stream().map(Formula::negated).toList());
        }

        @Override
        public Formula given(Set<State> states) {
            var more = new ArrayList<Formula>();
            for (Formula part : parts) {
                Formula smaller = part.given(states);
                if (smaller == ALWAYS) {
                    return ALWAYS;
                }
                List<Formula> alternatives = smaller instanceof Some some ? some.parts() : List.of(smaller);
                alternatives.stream()
                        .filter(alternative -> alternative != NEVER && !more.contains(alternative))
                        .forEach(more::add);
            }
            return more.isEmpty() ? NEVER : more.size() == 1 ? more.get(0) : new Some(more);
        }

        @Override
        public String written(Column column, boolean nested) {
            String joined = String.join(
                    " || ",
                    parts.stream().map(part -> part.written(column, true)).toList());
            return nested ? "(" + joined + ")" : joined;
        }
    }
}
