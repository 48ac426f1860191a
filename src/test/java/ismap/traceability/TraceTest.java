package ismap.traceability;

import static ismap.TinyRulebook.line;
import static org.assertj.core.api.Assertions.assertThat;

import ismap.Shipped;
import ismap.TinyRulebook;
import ismap.decision.Place;
import ismap.regression.Scenario;
import ismap.regression.ScenarioParser;
import ismap.rulebook.ClauseRegister.Coverage;
import ismap.rulebook.Plan;
import ismap.rulebook.SourceMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("core")
class TraceTest {

    private static Trace tiny() {
        Plan plan = TinyRulebook.plan();
        List<Scenario> scenarios = ScenarioParser.parse(
                        plan,
                        List.of(
                                line("T-001", "kind", "A", "outcome", "YES"),
                                line("T-002", "kind", "B", "outcome", "NO"),
                                line("T-003", "kind", "A", "outcome", "YES")))
                .scenarios();
        return Trace.of(
                plan.rulebook(),
                new SourceMap(Map.of("row:tiny:T-1/1", new Place.Cell("tiny.xlsx", "T-1", "A9"))),
                Map.of(TinyRulebook.DECISION, plan),
                Map.of(TinyRulebook.DECISION, scenarios));
    }

    @Test
    void aClauseLeadsToTheRowsThatCiteItAndTheScenariosInWhichTheyMatch() {
        TracedClause clause = tiny().documents().get(0).clauses().get(0);
        assertThat(clause.tables()).singleElement().satisfies(table -> {
            assertThat(table.path()).isEqualTo("tiny/T-1");
            TracedRow row = table.citing("doc", "1").get(0);
            assertThat(row.place()).hasToString("tiny.xlsx T-1!A9");
            assertThat(row.scenarios()).extracting(Scenario::id).containsExactly("T-001", "T-003");
        });
    }

    @Test
    void aScenarioLeadsBackToItsRowsAndARowToItsClause() {
        TracedDecision decision = tiny().decision(TinyRulebook.DECISION).orElseThrow();
        assertThat(decision.scenarios().get(1).rows()).singleElement().satisfies(matched -> {
            assertThat(matched.row()).isEqualTo("T-1/2");
            assertThat(matched.table().citations())
                    .singleElement()
                    .satisfies(citation -> assertThat(citation.clause()).isEqualTo("1"));
        });
    }

    @Test
    void everyRowOfTheShippedRulebookStandsInACellAndLeadsToAClauseOfTheRegister() {
        Trace trace = Trace.of(
                Shipped.checked().rulebook().orElseThrow(),
                Shipped.checked().sources(),
                Shipped.checked().plans(),
                Map.of());
        for (TracedTable table : trace.tables()) {
            for (TracedRow row : table.rows()) {
                assertThat(row.place())
                        .as(row.id())
                        .isInstanceOfSatisfying(
                                Place.Cell.class,
                                cell -> assertThat(cell.cell()).isNotEmpty());
                if (table.table().decidesRule()) {
                    assertThat(row.citation()).as(row.id()).isPresent();
                }
                row.citation()
                        .ifPresent(citation -> assertThat(trace.clause(citation))
                                .as("%s: %s", row.id(), citation)
                                .isPresent());
                row.assumption()
                        .ifPresent(id -> assertThat(trace.assumptions())
                                .as(row.id())
                                .anyMatch(each -> each.assumption().id().equals(id)
                                        && each.rowsOf(table).contains(row.id())));
            }
        }
    }

    @Test
    void everyRuleThatTheRegisterNamesHasATableOrAReason() {
        Trace trace = Trace.of(
                Shipped.checked().rulebook().orElseThrow(),
                Shipped.checked().sources(),
                Shipped.checked().plans(),
                Map.of());
        trace.documents().stream()
                .flatMap(document -> document.clauses().stream())
                .filter(clause -> clause.clause().coverage() != Coverage.INFORMATIVE)
                .forEach(clause -> assertThat(clause.tables().isEmpty()
                                && clause.derivations().isEmpty()
                                && clause.parameters().isEmpty()
                                && clause.clause().reason().isBlank())
                        .as(clause.clause().cited())
                        .isFalse());
    }

    @Test
    void idsThatFollowEachOtherAreWrittenShort() {
        assertThat(Ranges.of(List.of())).isEmpty();
        assertThat(Ranges.of(List.of("SV-001"))).isEqualTo("SV-001");
        assertThat(Ranges.of(List.of("SV-001", "SV-002"))).isEqualTo("SV-001, 002");
        assertThat(Ranges.of(List.of("SV-008", "SV-009", "SV-010", "SV-012", "LQ-001", "other")))
                .isEqualTo("SV-008–010, 012; LQ-001; other");
        assertThat(Ranges.of(List.of("A-9", "A-10"))).isEqualTo("A-9, 10");
    }
}
