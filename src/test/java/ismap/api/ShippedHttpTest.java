package ismap.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import ismap.Shipped;
import ismap.regression.Contract;
import ismap.regression.Scenario;
import ismap.rulebook.ClauseRegister;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The shipped rulebook as callers of the HTTP interface see it. */
@Tag("http")
class ShippedHttpTest {

    private static ShippedServer server;

    @BeforeAll
    static void start() {
        server = new ShippedServer();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static List<String> decisions() {
        return Contract.decisions();
    }

    @Test
    void theCatalogueListsTheThirteenDecisionsOfTheContract() {
        JsonNode decisions = server.get("/api/v1/decisions").path("decisions");

        assertThat(decisions.findValuesAsText("selfCheck")).hasSize(13);
        assertThat(strings(decisions, "name")).containsExactlyInAnyOrderElementsOf(Contract.decisions());
    }

    @ParameterizedTest
    @MethodSource("decisions")
    void anEntryOfTheCatalogueHasWhatTheContractSaysOfTheDecision(String decision) {
        Contract.Section contract = Contract.section(decision);
        JsonNode entry = entry(decision);

        assertThat(entry.path("governingFact").asText(null))
                .isEqualTo(contract.governingFact().orElse(null));
        assertThat(strings(entry.path("rules"), "id")).containsAll(contract.rules());
        assertThat(strings(entry.path("outcomes"), "code")).isEqualTo(contract.outcomes());
        assertThat(strings(entry.path("values"), "name")).containsAll(contract.values());
        assertThat(strings(entry.path("facts"), "name"))
                .containsAll(Contract.facts().entrySet().stream()
                        .filter(fact -> List.of(java.util.Objects.requireNonNull(
                                                fact.getValue().get("decisions"))
                                        .split(";"))
                                .contains(decision))
                        .map(Map.Entry::getKey)
                        .toList());
        for (String words : List.of("title", "question")) {
            assertThat(entry.path(words).path("ja").asText()).isNotBlank();
            assertThat(entry.path(words).path("en").asText()).isNotBlank();
        }
    }

    /** A form that is built from the catalogue shows words, never bare codes. */
    @ParameterizedTest
    @MethodSource("decisions")
    void everyCodeOfACataloguedFactHasItsWords(String decision) {
        var bare = new ArrayList<String>();
        for (JsonNode fact : entry(decision).path("facts")) {
            fact.path("codes").fields().forEachRemaining(code -> {
                String label = code.getValue().path("ja").asText();
                boolean isItsOwnName =
                        List.of("ISMAP", "JIS_Q_27001", "ISO_IEC_27001").contains(code.getKey());
                if (label.isBlank() || (label.equals(code.getKey()) && !isItsOwnName)) {
                    bare.add(fact.path("name").asText() + " " + code.getKey());
                }
            });
            String type = fact.path("type").asText();
            if (type.equals("enum") || type.equals("list<enum>")) {
                assertThat(fact.path("codes")).as(fact.path("name").asText()).isNotEmpty();
            }
        }
        assertThat(bare).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("decisions")
    void theSchemaAllowsTheFactsOfEveryScenario(String decision) {
        JsonSchema schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(server.get("/api/v1/decisions/%s/schema".formatted(decision)));
        for (Scenario scenario : Shipped.scenarios(decision)) {
            assertThat(schema.validate(ShippedServer.JSON.valueToTree(scenario.facts())))
                    .as(scenario.title())
                    .isEmpty();
        }
    }

    /** Also the warnings that the service itself adds: of what needs an attestation, and has none. */
    @Test
    void whateverAFindingCitesIsInTheClauseRegister() {
        ClauseRegister register = Shipped.checked().rulebook().orElseThrow().clauses();
        JsonNode answer =
                ShippedServer.read(server.selfCheck("liu-qualification", """
                        {"facts": {"impactLevel": "LOW", "businessOnTargetList": true, "applicationFiledAt": "2024-04-01"}}""").body());

        assertThat(strings(answer.path("findings"), "rule")).contains("ATTESTATION-impactLevel", "LIU-3-5");
        for (JsonNode finding : answer.path("findings")) {
            JsonNode citation = finding.path("citation");
            assertThat(register.find(
                            citation.path("document").asText(),
                            citation.path("clause").asText()))
                    .as(citation.toString())
                    .isPresent();
        }
    }

    private static JsonNode entry(String decision) {
        for (JsonNode entry : server.get("/api/v1/decisions").path("decisions")) {
            if (entry.path("name").asText().equals(decision)) {
                return entry;
            }
        }
        throw new AssertionError(decision);
    }

    private static List<String> strings(JsonNode list, String field) {
        var strings = new ArrayList<String>();
        list.forEach(each -> strings.add(each.path(field).asText()));
        return strings;
    }
}
