package ismap.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import ismap.Shipped;
import ismap.api.Wrong.Mistake;
import ismap.regression.Contract;
import ismap.regression.Scenario;
import ismap.rulebook.FactDefinition;
import ismap.rulebook.FactType;
import ismap.rulebook.Vocabulary;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a caller gets wrong, of whatever fact and whichever decision is asked: 422 with each place, value and advice, never 500. */
@Tag("http")
class BadInputTest {

    private static final Map<String, FactType> TYPES = types();

    private static ShippedServer server;

    @BeforeAll
    static void start() {
        server = new ShippedServer();
    }

    @AfterAll
    static void nothingWasRecordedAndNoAlarmWasRung() {
        server.close();
        assertThat(server.alarms()).isEmpty();
        assertThat(server.recorded()).isEmpty();
    }

    static List<String> decisions() {
        return Contract.decisions();
    }

    /** By fact, as the contract writes them. */
    private static Map<String, FactType> types() {
        var types = new LinkedHashMap<String, FactType>();
        Contract.facts()
                .forEach((name, row) -> types.put(
                        name,
                        FactType.parse(
                                        java.util.Objects.requireNonNull(row.get("type")),
                                        java.util.Objects.requireNonNull(row.get("domain")))
                                .orElseThrow()));
        return types;
    }

    /** In each request one wrong value for every fact, until each type has had all of its own. */
    @ParameterizedTest
    @MethodSource("decisions")
    void everyWrongValueOfEveryFactIsNamedAtItsPlace(String decision) {
        Map<String, List<Wrong>> wrong = new LinkedHashMap<>();
        TYPES.forEach((name, type) -> wrong.put(name, Wrong.of(type)));
        int rounds = wrong.values().stream().mapToInt(List::size).max().orElseThrow();
        for (int round = 0; round < rounds; round++) {
            var facts = new LinkedHashMap<String, @Nullable Object>();
            var expected = new ArrayList<Mistake>();
            for (Map.Entry<String, List<Wrong>> fact : wrong.entrySet()) {
                Wrong value = fact.getValue().get(round % fact.getValue().size());
                facts.put(fact.getKey(), value.json());
                value.mistakes().forEach(mistake -> expected.add(under("/facts/" + fact.getKey(), mistake)));
            }
            refused(server.selfCheck(decision, request(facts)), expected);
        }
    }

    private static Mistake under(String pointer, Mistake mistake) {
        return new Mistake(pointer + mistake.pointer(), mistake.code(), mistake.value(), mistake.expected());
    }

    @ParameterizedTest
    @MethodSource("decisions")
    void namesThatTheVocabularyDoesNotHaveAreRefused(String decision) {
        var facts = new LinkedHashMap<String, @Nullable Object>();
        var expected = new ArrayList<Mistake>();
        for (String name : List.of(
                "nope",
                "",
                " ",
                "Scheme",
                "scheme ",
                "制度区分",
                "😀",
                "a/b~c",
                "~1",
                "__proto__",
                "scheme\n",
                "x".repeat(300))) {
            facts.put(name, name.length() % 2 == 0 ? null : List.of());
            String shown = name.length() > 200 ? name.substring(0, 200) + "…" : name;
            expected.add(new Mistake("/facts/" + Wrong.escaped(name), "UNKNOWN_FACT", shown, "vocabulary"));
        }
        refused(server.selfCheck(decision, request(facts)), expected);
    }

    @ParameterizedTest
    @MethodSource("decisions")
    void whatTheRulesDeriveCannotBeGiven(String decision) {
        Vocabulary vocabulary = Shipped.checked().rulebook().orElseThrow().vocabulary();
        var facts = new LinkedHashMap<String, @Nullable Object>();
        var expected = new ArrayList<Mistake>();
        vocabulary.facts().values().stream()
                .filter(fact -> fact.kind() == FactDefinition.Kind.DERIVED)
                .forEach(fact -> {
                    facts.put(fact.name(), expected.size() % 2 == 0 ? "x" : null);
                    expected.add(new Mistake("/facts/" + fact.name(), "FACT_IS_DERIVED", fact.name(), "derive"));
                });
        assertThat(expected).isNotEmpty();
        refused(server.selfCheck(decision, request(facts)), expected);
    }

    @ParameterizedTest
    @MethodSource("decisions")
    void aDecisionThatIsRecordedRefusesTheSame(String decision) {
        refused(
                server.decide(decision, "{\"facts\":{\"scheme\":\"X\",\"nope\":1}}"),
                List.of(
                        new Mistake("/facts/scheme", "WRONG_VALUE", "X", "ISMAP"),
                        new Mistake("/facts/nope", "UNKNOWN_FACT", "nope", "vocabulary")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '§', quoteCharacter = '`', textBlock = """
            {"asOf":"2023-02-29"}                                        § /asOf                  § WRONG_VALUE
            {"asOf":"2023-01-01T00:00:00Z"}                              § /asOf                  § WRONG_VALUE
            {"asOf":20230101}                                            § /asOf                  § WRONG_VALUE
            {"asOf":["2023-01-01"]}                                      § /asOf                  § WRONG_VALUE
            {"asOf":""}                                                  § /asOf                  § WRONG_VALUE
            {"knownAt":"2026-11-22"}                                     § /knownAt               § WRONG_VALUE
            {"knownAt":"2026-11-22T00:00:00"}                            § /knownAt               § WRONG_VALUE
            {"knownAt":0}                                                § /knownAt               § WRONG_VALUE
            {"knownAt":"1999-01-01T00:00:00Z"}                           § /knownAt               § KNOWN_AT_TOO_EARLY
            {"revision":"nope"}                                          § /revision              § REVISION_UNKNOWN
            {"revision":7}                                               § /revision              § WRONG_VALUE
            {"reference":"S-1"}                                          § /reference             § WRONG_VALUE
            {"reference":{"service":7}}                                  § /reference/service     § WRONG_VALUE
            {"reference":{"person":"X"}}                                 § /reference/person      § UNKNOWN_FIELD
            {"attestations":[]}                                          § /attestations          § WRONG_VALUE
            {"attestations":{"nope":{"by":"A","on":"2023-01-01","document":"D"}}} § /attestations/nope § UNKNOWN_FACT
            {"attestations":{"impactLevel":{"by":"A","document":"D"}}}   § /attestations/impactLevel/on § FIELD_MISSING
            {"attestations":{"impactLevel":{"by":"A","on":"x","document":"D"}}} § /attestations/impactLevel/on § WRONG_VALUE
            {"supersedes":"1-1-1-1-1","reason":"r"}                      § /supersedes            § WRONG_VALUE
            {"facts":[]}                                                 § /facts                 § WRONG_VALUE
            {"facts":"x"}                                                § /facts                 § WRONG_VALUE
            {"fact":{}}                                                  § /fact                  § UNKNOWN_FIELD
            []                                                           § ``                     § WRONG_VALUE
            "x"                                                          § ``                     § WRONG_VALUE
            null                                                         § ``                     § WRONG_VALUE
            """)
    void whatSurroundsTheFactsIsReadAsStrictly(String request, String pointer, String code) {
        for (String decision : Contract.decisions()) {
            refused(server.selfCheck(decision, request), List.of(new Mistake(pointer, code, null, "")));
        }
    }

    @Test
    void aReferenceMayHaveAHundredCharactersAndNotOneMore() {
        String decision = "list-entry";
        assertThat(server.selfCheck(decision, "{\"reference\":{\"service\":\"%s\"}}".formatted("社".repeat(100)))
                        .statusCode())
                .isEqualTo(200);
        refused(
                server.selfCheck(decision, "{\"reference\":{\"service\":\"%s\"}}".formatted("社".repeat(101))),
                List.of(new Mistake("/reference/service", "TOO_LONG", "社".repeat(101), "100")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"facts\":{\"scheme\":\"ISMAP\",\"scheme\":\"ISMAP_LIU\"}}",
                "{\"facts\":{\"controls\":[{\"id\":\"5.1.1\",\"id\":\"5.1.2\"}]}}",
                "{\"facts\":{},\"facts\":{}}",
                "{\"facts\":{\"scheme\":\"\\ud800\"}}",
                "{\"facts\":{\"scheme\":\"\\u0000\"}}",
                "{\"facts\":{\"\\udfff\":1}}",
                "{\"facts\":{\"confidentialityClasses\":[1e999999999]}}",
                "{\"facts\":{\"confidentialityClasses\":[1E-999999999]}}",
                "{\"facts\":{\"confidentialityClasses\":[NaN]}}",
                "{\"facts\":{\"confidentialityClasses\":[01]}}",
                "{\"facts\":{\"confidentialityClasses\":[1.]}}",
                "{\"facts\":{\"confidentialityClasses\":[1,]}}",
                "{\"facts\":{'scheme':'ISMAP'}}",
                "{\"facts\":{scheme:\"ISMAP\"}}",
                "{\"facts\":{}} // done",
                "{\"facts\":{}",
                "",
                "\u0000",
                "facts: {}"
            })
    void whatIsNoJsonIs400(String body) {
        for (String decision : Contract.decisions()) {
            unreadable(server.selfCheck(decision, body));
        }
    }

    @Test
    void whatIsTooDeepTooLongOrNotUtf8Is400() {
        for (String decision : Contract.decisions()) {
            unreadable(server.selfCheck(
                    decision, "{\"facts\":{\"roles\":" + "[".repeat(50_000) + "]".repeat(50_000) + "}}"));
            unreadable(server.selfCheck(decision, "{\"facts\":" + "{\"a\":".repeat(40) + "1" + "}".repeat(41)));
            unreadable(
                    server.selfCheck(decision, "{\"facts\":{\"confidentialityClasses\":[" + "9".repeat(101) + "]}}"));
            unreadable(server.selfCheck(decision, "{\"facts\":{\"" + "x".repeat(70_000) + "\":1}}"));
            unreadable(
                    server.selfCheck(decision, "{\"facts\":{\"scheme\":\"ＩＳＭＡＰ\"}}".getBytes(StandardCharsets.UTF_16)));
            unreadable(server.selfCheck(decision, new byte[] {'{', '"', (byte) 0xff, '"', ':', '1', '}'}));
        }
    }

    @ParameterizedTest
    @MethodSource("decisions")
    void nestingThatIsAllowedIsStillAWrongValue(String decision) {
        String nested = "[".repeat(20) + "]".repeat(20);
        refused(
                server.selfCheck(
                        decision,
                        "{\"facts\":{\"scheme\":%s,\"roles\":%s,\"controls\":[{\"id\":%s,\"selected\":true,\"excluded\":true,\"individualControl\":true}]}}"
                                .formatted(nested, nested, nested)),
                List.of(
                        new Mistake("/facts/scheme", "WRONG_VALUE", null, "ISMAP"),
                        new Mistake("/facts/roles/0", "WRONG_VALUE", null, "ASSESSOR"),
                        new Mistake("/facts/controls/0/id", "WRONG_VALUE", null, "string")));
    }

    /** Nobody knows in advance what all callers send. */
    @ParameterizedTest
    @MethodSource("decisions")
    void whateverIsSentIsNo500(String decision) {
        var random = new Random(20_261_122L + decision.hashCode());
        List<String> names = List.copyOf(TYPES.keySet());
        for (int i = 0; i < 40; i++) {
            var facts = new LinkedHashMap<String, @Nullable Object>();
            facts.put(names.get(random.nextInt(names.size())), Map.of("no", "such value"));
            for (int j = random.nextInt(30); j > 0; j--) {
                facts.put(names.get(random.nextInt(names.size())), garbage(random, 0));
            }
            HttpResponse<String> response = server.selfCheck(decision, request(facts));
            assertThat(response.statusCode()).as(response.body()).isEqualTo(422);
        }
    }

    private static @Nullable Object garbage(Random random, int depth) {
        return switch (random.nextInt(depth > 4 ? 6 : 8)) {
            case 0 -> null;
            case 1 -> random.nextBoolean();
            case 2 -> random.nextInt();
            case 3 -> random.nextGaussian();
            case 4 ->
                List.of("2023-02-29", "ISMAP", "", "\u202e\u0301👩‍👩‍👧", "%n", "{expiresOn}", "'; drop table")
                        .get(random.nextInt(7));
            case 5 -> "x".repeat(random.nextInt(3_000));
            case 6 -> {
                var list = new ArrayList<@Nullable Object>();
                for (int i = random.nextInt(5); i > 0; i--) {
                    list.add(garbage(random, depth + 1));
                }
                yield list;
            }
            default -> {
                var object = new LinkedHashMap<String, @Nullable Object>();
                for (String name : List.of("from", "to", "name", "id", "status", "value")) {
                    if (random.nextBoolean()) {
                        object.put(name, garbage(random, depth + 1));
                    }
                }
                yield object;
            }
        };
    }

    // ---- what is not wrong

    /** An answer, byte for byte the same, with every fact beside it that the decision has no use for. */
    @ParameterizedTest
    @MethodSource("decisions")
    void factsThatADecisionDoesNotUseAreAcceptedAndIgnored(String decision) {
        Scenario scenario = Shipped.scenarios(decision).get(0);
        var facts = new LinkedHashMap<String, @Nullable Object>(scenario.facts());
        String without = server.selfCheck(decision, request(facts, scenario)).body();
        List<String> used = Shipped.plan(decision).asked();
        TYPES.forEach((name, type) -> {
            if (!used.contains(name)) {
                facts.put(name, FactSchemas.example(type));
            }
        });
        HttpResponse<String> with = server.selfCheck(decision, request(facts, scenario));

        assertThat(facts).hasSizeGreaterThan(scenario.facts().size() + 40);
        assertThat(with.statusCode()).as(with.body()).isEqualTo(200);
        assertThat(with.body()).isEqualTo(without);
    }

    /** Null is "not known", of every fact. */
    @ParameterizedTest
    @MethodSource("decisions")
    void nullIsNoMistake(String decision) {
        var facts = new LinkedHashMap<String, @Nullable Object>();
        TYPES.keySet().forEach(name -> facts.put(name, null));
        // One fact settles most decisions on that day, so that nobody looks for long at what is missing.
        Shipped.plan(decision).decision().governingFact().ifPresent(fact -> facts.put(fact, "2020-06-02"));
        HttpResponse<String> response = server.selfCheck(decision, request(facts));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    }

    // ---- what an answer to a wrong request has

    private static void refused(HttpResponse<String> response, List<Mistake> expected) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(422);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
        JsonNode problem = ShippedServer.read(response.body());
        assertThat(problem.path("type").asText()).isEqualTo("/problems/invalid-request");
        var found = new TreeMap<String, JsonNode>();
        for (JsonNode error : problem.path("errors")) {
            String key =
                    error.path("pointer").asText() + " " + error.path("code").asText();
            assertThat(found.put(key, error)).as("twice: %s", key).isNull();
        }
        assertThat(found.keySet())
                .containsExactlyInAnyOrderElementsOf(expected.stream()
                        .map(mistake -> mistake.pointer() + " " + mistake.code())
                        .toList());
        for (Mistake mistake : expected) {
            JsonNode error = java.util.Objects.requireNonNull(found.get(mistake.pointer() + " " + mistake.code()));
            if (mistake.value() != null) {
                assertThat(error.path("value").asText()).as(error.toString()).isEqualTo(mistake.value());
            }
            assertThat(error.path("expected").asText())
                    .as(error.toString())
                    .isNotBlank()
                    .contains(mistake.expected());
            for (String words : List.of("message", "advice")) {
                for (Iterator<JsonNode> language = error.path(words).elements(); language.hasNext(); ) {
                    assertThat(language.next().asText()).as(error.toString()).isNotBlank();
                }
                assertThat(error.path(words).size()).as(error.toString()).isEqualTo(2);
            }
        }
        assertThat(response.body()).doesNotContain("Exception", "ismap.rulebook", "java.");
    }

    private static void unreadable(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
        JsonNode problem = ShippedServer.read(response.body());
        assertThat(problem.path("type").asText()).isEqualTo("/problems/unreadable-json");
        assertThat(problem.path("errors")).hasSize(1);
        assertThat(response.body()).doesNotContain("Exception", "jackson", "java.");
    }

    private static String request(Map<String, @Nullable Object> facts) {
        return json(Map.of("facts", facts));
    }

    private static String request(Map<String, @Nullable Object> facts, Scenario scenario) {
        return json(Map.of("asOf", scenario.asOf().toString(), "facts", facts));
    }

    private static String json(Object request) {
        try {
            return ShippedServer.JSON.writeValueAsString(request);
        } catch (com.fasterxml.jackson.core.JsonProcessingException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
