package ismap.regression;

import static org.assertj.core.api.Assertions.assertThat;

import ismap.Shipped;
import ismap.decision.Value;
import ismap.rulebook.ClauseRegister;
import ismap.rulebook.ClauseRegister.Clause;
import ismap.rulebook.ClauseRegister.NotEncoded;
import ismap.rulebook.Expression;
import ismap.rulebook.Rulebook;
import ismap.rulebook.Table;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The shipped rulebook accounts for everything that the catalogue of the regulations knows, and for nothing else. */
@Tag("core")
class CatalogueTest {

    private static final Rulebook RULEBOOK = Shipped.checked().rulebook().orElseThrow();
    private static final ClauseRegister REGISTER = RULEBOOK.clauses();

    private static List<Table> rules() {
        return RULEBOOK.decisions().values().stream()
                .flatMap(decision -> decision.rules().stream())
                .toList();
    }

    private static Set<String> decided() {
        return rules().stream().map(Table::id).collect(Collectors.toSet());
    }

    private static List<String> notEncoded() {
        return REGISTER.notEncoded().stream().map(NotEncoded::rule).toList();
    }

    @Test
    void everyRuleOfTheCatalogueIsDecidedSomewhereOrLeftToPeopleAndNeverBoth() {
        assertThat(Regulations.rules())
                .hasSize(138)
                .allSatisfy(rule -> assertThat(
                                decided().contains(rule.id()) ^ notEncoded().contains(rule.id()))
                        .as(rule.id())
                        .isTrue());
        assertThat(notEncoded()).doesNotHaveDuplicates();
    }

    @Test
    void whatIsLeftToPeopleSaysWhyAndWhoDecides() {
        assertThat(REGISTER.notEncoded()).isNotEmpty().allSatisfy(entry -> {
            assertThat(entry.reason().ja()).as(entry.rule()).isNotBlank();
            assertThat(entry.reason().en()).as(entry.rule()).isNotBlank();
            assertThat(entry.decidedBy()).as(entry.rule()).isNotBlank();
            assertThat(entry.certainty()).as(entry.rule()).isNotBlank();
        });
    }

    @Test
    void noRuleIsDecidedThatTheCatalogueDoesNotKnow() {
        assertThat(Regulations.rules()).extracting(Regulations.Rule::id).containsAll(decided());
    }

    @Test
    void aPowerOfTheCatalogueIsMarkedAsDiscretion() {
        List<String> powers = Regulations.rules().stream()
                .filter(Regulations.Rule::discretion)
                .map(Regulations.Rule::id)
                .toList();

        assertThat(powers).contains("BR-5.1-1", "BR-5.4-2", "LIU-3-6");
        assertThat(rules().stream()
                        .filter(rule -> powers.contains(rule.id()) && !rule.discretion())
                        .map(Table::id))
                .isEmpty();
    }

    @Test
    void everyClauseOfTheBasicRegulationsIsInTheRegister() {
        assertThat(REGISTER.clauses().stream()
                        .filter(clause -> clause.document().equals("basic-regulations"))
                        .map(Clause::clause))
                .containsAll(Regulations.clauses().keySet());
    }

    @Test
    void aClauseIsCoveredByTheRulesThatTheCatalogueNames() {
        Regulations.clauses().forEach((number, words) -> {
            Clause clause = REGISTER.find("basic-regulations", number).orElseThrow();
            assertThat(clause.rules())
                    .as(number)
                    .containsAll(Regulations.named(words).stream()
                            .filter(rule -> !notEncoded().contains(rule))
                            .toList());
            if (words.startsWith("not machine-decidable")) {
                assertThat(clause.coverage().byRules()).as(number).isFalse();
                assertThat(clause.reason().ja()).as(number).isNotBlank();
            }
        });
    }

    @Test
    void everyAmbiguityOfTheCatalogueIsAnAssumptionWithItsAlternativesAndReasons() {
        assertThat(REGISTER.assumptions())
                .extracting(ClauseRegister.Assumption::id)
                .containsExactlyInAnyOrderElementsOf(Regulations.ambiguities());
        assertThat(REGISTER.assumptions()).allSatisfy(assumption -> {
            for (var text : List.of(assumption.text(), assumption.other(), assumption.why())) {
                assertThat(text.ja()).as(assumption.id()).isNotBlank();
                assertThat(text.en()).as(assumption.id()).isNotBlank();
            }
        });
    }

    @Test
    void theRegisterOfControlsIsTheListOfTheCatalogue() {
        Expression register = java.util.Objects.requireNonNull(
                        RULEBOOK.derivations().get("controlRegister"))
                .expression();
        assertThat(register).isInstanceOf(Expression.Literal.class);
        List<Value> entries = ((Value.Elements) ((Expression.Literal) register).value()).values();

        assertThat(entries)
                .containsExactlyInAnyOrderElementsOf(Regulations.controls().stream()
                        .map(CatalogueTest::entry)
                        .toList());
    }

    private static Value entry(Map<String, String> control) {
        var fields = new java.util.HashMap<String, Value>();
        fields.put("id", Value.of(cell(control, "id")));
        fields.put("criteria", Value.of(cell(control, "criteria").toUpperCase(Locale.ROOT)));
        fields.put("level", Value.of(cell(control, "level").toUpperCase(Locale.ROOT)));
        fields.put(
                "basicRequirement", Value.of(cell(control, "basic_requirement").equals("yes")));
        fields.put("cloudSpecific", Value.of(cell(control, "cloud_specific").equals("yes")));
        if (!cell(control, "parent_objective").isEmpty()) {
            fields.put("parentObjective", Value.of(cell(control, "parent_objective")));
        }
        return new Value.Element(fields);
    }

    private static String cell(Map<String, String> row, String column) {
        return java.util.Objects.requireNonNull(row.get(column), column);
    }
}
