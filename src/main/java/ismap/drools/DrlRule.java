package ismap.drools;

import ismap.decision.Citation;
import ismap.rulebook.Expression;
import java.util.List;
import java.util.Optional;

/**
 * One rule of an author's DRL: under {@code conditions}, and where {@code exists} is as said, a fact is derived.
 *
 * @param conditions yes/no expressions, all of which hold
 * @param exists whether some element of another list matches; {@code absent} where none may
 */
record DrlRule(
        String name,
        int line,
        Optional<Citation> citation,
        Optional<String> assumption,
        List<Expression> conditions,
        Optional<Expression.Exists> exists,
        boolean absent,
        String derived,
        Expression expression) {}
