package ismap.xlsx;

import ismap.decision.Bilingual;
import ismap.decision.Place;
import ismap.rulebook.ClauseRegister;
import ismap.rulebook.Derivation;
import ismap.rulebook.DerivationReader;
import ismap.rulebook.Expression;
import ismap.rulebook.RulebookFiles;
import ismap.rulebook.UnaryTest;
import ismap.rulebook.Vocabulary;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Stands for a reader of DRL: yields the one derivation that the shipped rulebook writes in it. */
public final class ClientAsked implements DerivationReader {

    static final String FACT = "consulting.clientAsked";

    @Override
    public Read read(RulebookFiles files, Vocabulary vocabulary, ClauseRegister clauses, Set<String> parameters) {
        if (vocabulary.fact("applicants").isEmpty()) {
            return new Read(List.of(), Map.of(), List.of());
        }
        Expression asked = new Expression.Exists(
                "applicants",
                List.of(
                        new Expression.Match(
                                "name", UnaryTest.Operator.EQUAL, new Expression.Fact("consulting.client")),
                        new Expression.Match("appliedOn", UnaryTest.Operator.AT_MOST, new Expression.Fact("asOf"))));
        return new Read(
                List.of(new Derivation(FACT, asked, Optional.empty(), Optional.empty(), Bilingual.EMPTY, "")),
                Map.of("derivation:" + FACT, new Place.Line("rules/conflict-of-interest.drl", 6)),
                List.of());
    }
}
