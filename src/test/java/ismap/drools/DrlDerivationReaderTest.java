package ismap.drools;

import static org.assertj.core.api.Assertions.assertThat;

import ismap.decision.Bilingual;
import ismap.decision.Citation;
import ismap.decision.Place;
import ismap.decision.Problem;
import ismap.rulebook.ClauseRegister;
import ismap.rulebook.Derivation;
import ismap.rulebook.DerivationReader.Read;
import ismap.rulebook.FactDefinition;
import ismap.rulebook.FactDefinition.Kind;
import ismap.rulebook.FactType;
import ismap.rulebook.RulebookFiles;
import ismap.rulebook.Table;
import ismap.rulebook.Vocabulary;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.drools.compiler.kie.builder.impl.DrlProject;
import org.drools.drl.parser.DrlParser;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.kie.api.KieServices;
import org.kie.api.builder.KieFileSystem;
import org.kie.internal.builder.conf.LanguageLevelOption;

/** What an author's DRL becomes, and what it cannot become. */
@Tag("core")
class DrlDerivationReaderTest {

    private static final String CLIENT_ASKED = """
            package ismap.rules.conflict_of_interest

            // A client that has applied by the day asked about.
            rule "consulting.clientAsked when an application of that name exists"
                @clause("basic-regulations 9.2")
            when
                $f : Facts()
                $c : Consulting()
                exists Applicants( name == $c.client, appliedOn <= $f.asOf )
            then
                out.derive("consulting.clientAsked", true);
            end

            rule "consulting.clientAsked when no application of that name exists"
                @clause("basic-regulations 9.2")
            when
                $f : Facts()
                $c : Consulting()
                not Applicants( name == $c.client, appliedOn <= $f.asOf )
            then
                out.derive("consulting.clientAsked", false);
            end
            """;

    // What it becomes ------------------------------------------------------------------------------------------------

    @Test
    void anExistsAndItsOppositeBecomeOneQuestion() {
        Derivation derivation = only(CLIENT_ASKED);

        assertThat(derivation.fact()).isEqualTo("consulting.clientAsked");
        assertThat(derivation.expression())
                .hasToString("exists applicants[Match[field=name, operator=EQUAL, value=consulting.client], "
                        + "Match[field=appliedOn, operator=AT_MOST, value=asOf]]");
        assertThat(derivation.citation()).contains(new Citation("basic-regulations", "9.2", "2021-12-20"));
    }

    @Test
    void theFirstRuleWhoseConditionsHoldSaysTheValueAndOtherwiseItIsNone() {
        assertThat(only("""
                                package a.b
                                rule "one" @clause("basic-regulations 9.2") when
                                    $f : Facts( role == "ASSESSOR", heldFrom <= $f.asOf )
                                then out.derive("urgency", "HIGH"); end
                                rule "two" @clause("basic-regulations 9.2") @assumption("A-28") when
                                    $f : Facts( fee > 2.5, independent != true )
                                then out.derive("urgency", choose($f.independent, "LOW", none)); end
                                """).expression())
                .hasToString(
                        "choose(all(equal(role, \"ASSESSOR\"), not(equal(compare(heldFrom, asOf), \"AFTER\"))), \"HIGH\", "
                                + "choose(all(equal(compare(fee, 2.5), \"GREATER\"), not(equal(independent, true))), "
                                + "choose(independent, \"LOW\", none), none))");
    }

    @Test
    void aRuleWithoutConditionsIsItsExpression() {
        assertThat(only(rule(
                                "$f : Facts() $c : Consulting()",
                                "out.derive(\"consulting.length\", period($c.from, /* or open */ $c.to));"))
                        .expression())
                .hasToString("period(consulting.from, consulting.to)");
    }

    @Test
    void conditionsOnTheElementAndOnPlainListsAreRead() {
        assertThat(only(rule("$r : Roles( value == \"ASSESSOR\" )", "out.derive(\"roles.covered\", true);"))
                        .expression())
                .hasToString("choose(equal(roles.value, \"ASSESSOR\"), true, none)");
        assertThat(only(rule("$c : Consulting( from < \"2021-12-20\" )", "out.derive(\"consulting.early\", true);"))
                        .expression())
                .hasToString("choose(equal(compare(consulting.from, date(\"2021-12-20\")), \"BEFORE\"), true, none)");
    }

    @Test
    void aDerivationStandsAtItsFirstRule() {
        assertThat(read(CLIENT_ASKED).places())
                .containsExactly(Map.entry("derivation:consulting.clientAsked", new Place.Line("rules/test.drl", 4)));
    }

    @Test
    void fileAfterFileIsReadAndOtherFilesAreNot() {
        Read read = new DrlDerivationReader()
                .read(
                        new RulebookFiles(Map.of(
                                "rules/a.drl", bytes(CLIENT_ASKED),
                                "rules/b.drl", bytes(rule("$f : Facts()", "out.derive(\"x\", $f.fee);")),
                                "rules/notes.txt", bytes("no rules"),
                                "parameters.xlsx", new byte[] {1})),
                        VOCABULARY,
                        CLAUSES,
                        PARAMETERS);

        assertThat(read.problems()).isEmpty();
        assertThat(read.derivations()).extracting(Derivation::fact).containsExactly("consulting.clientAsked", "x");
    }

    @ParameterizedTest
    @MethodSource("goodFiles")
    void whatIsReadIsLegalForDroolsToo(String drl) throws Exception {
        assertThat(read(drl).problems()).isEmpty();

        var parser = new DrlParser(LanguageLevelOption.DRL6);
        parser.parse(null, drl);
        assertThat(parser.getErrors()).isEmpty();
    }

    static Stream<String> goodFiles() {
        return Stream.of(
                CLIENT_ASKED,
                rule(
                        "$f : Facts( role == \"ASSESSOR\", fee >= -2.5, independent == true, heldFrom > $f.asOf )",
                        "out.derive(\"x\", sum($f.fee, limit, 3, -1));"),
                rule(
                        "Facts()\n $c : Consulting( client != \"\" )\n exists Applicants( name == $c.client )",
                        "out.derive(\"consulting.x\", plusDays($c.from, 1));"),
                "package a;\nglobal ismap.drools.Out out;\n"
                        + rule("", "out.derive(\"x\", date(\"2021-12-20\"));").substring(10),
                "package a.b.c\n");
    }

    // What it cannot become ------------------------------------------------------------------------------------------

    private static final String PAYLOAD = "System.setProperty(\"ismap.test.attacked\", \"yes\")";

    private static boolean isAttacked() {
        return System.clearProperty("ismap.test.attacked") != null;
    }

    /** Each tries to run {@link #PAYLOAD}, or is broken on purpose. */
    static Stream<String> attacks() {
        String run = PAYLOAD;
        return Stream.of(
                // before and between rules
                "package a\nimport java.io.File;\n" + good(),
                "package a\nimport static java.lang.Runtime.getRuntime;\n" + good(),
                "package a\nimport function java.lang.System.exit;\n" + good(),
                "package a\nfunction boolean f() { return " + run + "; }\n" + good(),
                "package a\ndeclare T\n x : boolean = " + run + "\nend\n" + good(),
                "package a\ndeclare T @Foo(" + run + ")\nend\n" + good(),
                "package a\nquery q\n Facts( eval(" + run + ") )\nend\n" + good(),
                "package a\nglobal java.lang.Runtime runtime;\n" + good(),
                "package a\ndialect \"mvel\"\n" + good(),
                "package a\nunit java.lang.Runtime;\n" + good(),
                "package a.\\u0022b\n" + good(),
                // in the head of a rule
                head("@Foo( " + run + " )"),
                head("@clause( " + run + " )"),
                head("@clause( \"basic-regulations 9.2\" + " + run + " )"),
                head("@clause( value = " + run + " )"),
                head("@clause({ " + run + " })"),
                head("@assumption( " + run + " )"),
                head("@org.kie.api.definition.rule.Watch( " + run + " )"),
                head("salience( " + run + " ? 1 : 0 )"),
                head("salience 10"),
                head("enabled( " + run + " )"),
                head("no-loop true"),
                head("date-effective \"01-Jan-2030\""),
                head("timer( expr: " + run + " )"),
                head("dialect \"mvel\""),
                head("extends \"other\""),
                "package a\nrule 'a\"+" + run
                        + "+\"' @clause(\"basic-regulations 9.2\") when then out.derive(\"x\", 1); end\n",
                "package a\nrule \"a\\u0022+" + run
                        + "+\\u0022\" @clause(\"basic-regulations 9.2\") when then out.derive(\"x\", 1); end\n",
                "package a\nrule \"a\\\"+" + run
                        + "+\\\"\" @clause(\"basic-regulations 9.2\") when then out.derive(\"x\", 1); end\n",
                "package a\nrule unquoted @clause(\"basic-regulations 9.2\") when then out.derive(\"x\", 1); end\n",
                // in the conditions
                rule("eval( " + run + " )", DERIVE),
                rule("Facts( eval(" + run + ") )", DERIVE),
                rule("Facts( fee == (" + run + " ? 1 : 2) )", DERIVE),
                rule("Facts( " + run + " )", DERIVE),
                rule("Facts( this.getClass().forName(\"java.lang.Runtime\") != null )", DERIVE),
                rule("Facts( fee.class.name == \"x\" )", DERIVE),
                rule("Facts( role matches \".*\" )", DERIVE),
                rule("Facts( role == \"ASSESSOR\" || " + run + " )", DERIVE),
                rule("Facts( $x : fee )", DERIVE),
                rule("Facts() from " + run, DERIVE),
                rule("java.lang.Runtime()", DERIVE),
                rule("Runtime()", DERIVE),
                rule("$o : Object()", DERIVE),
                rule("accumulate( Facts(); $x : sum(" + run + ") )", DERIVE),
                rule("forall( Facts() )", DERIVE),
                rule("Facts() or Facts()", DERIVE),
                rule("?q()", DERIVE),
                rule("Facts() do[x]", DERIVE + " then[x] " + run + ";"),
                rule("$c : Consulting() exists Applicants( name == $c.client ) from " + run, DERIVE),
                rule("$c : Consulting() exists Applicants( name == $c.client.toString() )", DERIVE),
                // in the consequence
                rule("", run + ";"),
                rule("", DERIVE + " " + run + ";"),
                rule("", "out.derive(\"x\", " + run + ");"),
                rule("", "out.derive(\"x\", System.getProperty(\"user.home\"));"),
                rule("", "out.derive(\"x\", out.getClass());"),
                rule("", "out.match(\"BR-9.2-1/1\");"),
                rule("", "insert( new Object() );"),
                rule("", "drools.getKieRuntime().halt();"),
                rule("", "out.derive(\"x\"+" + run + ", 1);"),
                rule("", "out.derive(\"x\", \"\\u0022 + " + run + " + \\u0022\");"),
                rule("", "out.derive(\"x\", \"\uFF02, " + run + ", \uFF02\");"),
                rule("", "out.derive(\"x\", 1) ; } static { " + run + "; } {"),
                rule("", "out.derive(\"x\", happened(1, 2, 3, 4));"),
                rule("", "out.derive(\"x\", fee);"),
                rule("$f : Facts()", "out.derive(\"x\", $f.class.name);"),
                rule("$f : Facts()", "out.derive(\"x\", $g.fee);"),
                // unfinished and out of bounds
                "package a\nrule \"open\n" + good(),
                "package a\n/* open\n" + good(),
                "package a\nrule \"x\" @clause(\"basic-regulations 9.2\") when Facts( role == \"A",
                "package a\nrule \"x\" @clause(\"basic-regulations 9.2\") when then out.derive(\"x\", not(",
                "package a\nrule",
                "rule \"x\" when then end",
                "",
                rule("", "out.derive(\"x\", " + "not(".repeat(5000) + "true" + ")".repeat(5000) + ");"),
                rule("Facts( role == \"\u0000\" )", DERIVE),
                "package a\n" + "rule \"x\" ".repeat(600));
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void anythingElseIsRefusedAtItsLineAndNothingIsRun(String drl) {
        Read read = read(drl);

        assertThat(read.problems()).isNotEmpty();
        assertThat(read.problems()).allSatisfy(problem -> {
            assertThat(problem.places().get(0))
                    .isInstanceOfSatisfying(
                            Place.Line.class,
                            line -> assertThat(line.line())
                                    .isBetween(
                                            1,
                                            (int) drl.chars()
                                                            .filter(c -> c == '\n')
                                                            .count()
                                                    + 1));
            assertThat(problem.message().ja()).isNotBlank();
            assertThat(problem.message().en()).isNotBlank();
            assertThat(problem.advice().ja()).isNotBlank();
            assertThat(problem.advice().en()).isNotBlank();
        });
        assertThat(read.derivations()).extracting(Derivation::fact).doesNotContain("x");
        assertThat(isAttacked()).isFalse();
    }

    @Test
    void droolsItselfRunsWhatStandsInAnAnnotationWhileItReads() {
        KieServices services = KieServices.get();
        KieFileSystem files = services.newKieFileSystem();
        files.write(
                "src/main/resources/a/a.drl", head("@Foo( " + PAYLOAD + " )").replace(DERIVE, ""));

        services.newKieBuilder(files).buildAll(DrlProject.class);

        assertThat(isAttacked()).isTrue();
    }

    @Test
    void everyMistakeOfAFileIsReportedAtOnceAndTheOtherRulesAreRead() {
        Read read = read("""
                package a
                import java.util.List;
                rule "one" when then out.derive("one", 1); end
                rule "two" @clause("basic-regulations 99") when then out.derive("two", 2); end
                rule "three" @clause("basic-regulations 9.2") when Nobody() then out.derive("three", 3); end
                rule "four" @clause("basic-regulations 9.2") when then out.derive("client", oops(1)); end
                rule "five" @clause("basic-regulations 9.2") when then out.derive("five", 5); end
                rule "six" @clause("basic-regulations 9.2") when then out.derive("fee", 6); end
                """);

        assertThat(read.problems())
                .extracting(problem -> problem.code() + " " + problem.places().get(0))
                .containsExactly(
                        "DRL_NOT_SUPPORTED rules/test.drl:2",
                        "CITATION_MISSING rules/test.drl:3",
                        "CLAUSE_UNKNOWN rules/test.drl:4",
                        "DRL_LIST_UNKNOWN rules/test.drl:5",
                        "DRL_EXPRESSION rules/test.drl:6",
                        "INPUT_IS_DERIVED rules/test.drl:8");
        assertThat(read.derivations()).extracting(Derivation::fact).contains("five");
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void aMistakeIsNamed(String code, String drl) {
        assertThat(read(drl).problems()).extracting(Problem::code).containsExactly(code);
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                mistake("DRL_ORDER", rule("Facts( role > \"STAFF\" )", DERIVE)),
                mistake("DRL_ORDER", rule("Facts( somethingDerived > \"9\" )", DERIVE)),
                mistake("DRL_VALUE", rule("Facts( role == \"NOBODY\" )", DERIVE)),
                mistake("DRL_VALUE", rule("Facts( fee == \"12O\" )", DERIVE)),
                mistake("DRL_VALUE", rule("Facts( heldFrom < \"2021-02-30\" )", DERIVE)),
                mistake("DRL_JOIN_MISSING", rule("$f : Facts() exists Applicants( appliedOn <= $f.asOf )", DERIVE)),
                mistake(
                        "DRL_FIELD_UNKNOWN",
                        rule(
                                "$c : Consulting() exists Applicants( client == $c.client )",
                                "out.derive(\"consulting.x\", 1);")),
                mistake(
                        "DRL_NOT_SUPPORTED",
                        rule(
                                "$c : Consulting() exists Roles( value == $c.client )",
                                "out.derive(\"consulting.x\", 1);")),
                mistake("DRL_NOT_SUPPORTED", rule("$c : Consulting() $a : Applicants()", DERIVE)),
                mistake("DRL_VARIABLE_UNKNOWN", rule("exists Applicants( name == $c.client )", DERIVE)),
                mistake("DRL_NAME", rule("$c : Consulting()", DERIVE)),
                mistake("DRL_NAME", rule("", "out.derive(\"consulting.x\", 1);")),
                mistake("DRL_NAME", rule("", "out.derive(\"limit\", 1);")),
                mistake("DRL_NAME", rule("", "out.derive(\"asOf\", 1);")),
                mistake("INPUT_IS_DERIVED", rule("$c : Consulting()", "out.derive(\"consulting.client\", \"x\");")),
                mistake(
                        "DRL_UNREACHABLE",
                        rule("", DERIVE)
                                + rule("Facts( fee == 1 )", DERIVE)
                                        .substring(10)
                                        .replace("\"r\"", "\"s\"")),
                mistake(
                        "DRL_RULE_TWICE",
                        rule("Facts( fee == 1 )", DERIVE)
                                + rule("Facts( fee == 2 )", DERIVE).substring(10)),
                mistake("DRL_TOO_LARGE", "package a\n" + " ".repeat(200_000)));
    }

    private static Arguments mistake(String code, String drl) {
        return Arguments.of(code, drl);
    }

    @Test
    void aFileThatIsNotTextIsRefused() {
        Read read = new DrlDerivationReader()
                .read(
                        new RulebookFiles(Map.of("rules/a.drl", new byte[] {(byte) 0xff, 0})),
                        VOCABULARY,
                        CLAUSES,
                        PARAMETERS);

        assertThat(read.problems()).extracting(Problem::code).containsExactly("DRL_ENCODING");
    }

    @Test
    void oneNameHasItsRulesInOneFile() {
        Read read = new DrlDerivationReader()
                .read(
                        new RulebookFiles(Map.of(
                                "rules/a.drl", bytes(good("package a\n")), "rules/b.drl", bytes(good("package a\n")))),
                        VOCABULARY,
                        CLAUSES,
                        PARAMETERS);

        assertThat(read.problems()).extracting(Problem::code).containsExactly("DERIVED_TWICE");
    }

    // ----------------------------------------------------------------------------------------------------------------

    private static final String DERIVE = "out.derive(\"x\", 1);";

    private static String rule(String when, String then) {
        return "package a\nrule \"r\"\n@clause(\"basic-regulations 9.2\")\nwhen\n" + when + "\nthen\n" + then
                + "\nend\n";
    }

    private static String head(String attribute) {
        return "package a\nrule \"r\"\n" + attribute + "\nwhen\nthen\n" + DERIVE + "\nend\n";
    }

    private static String good() {
        return good("");
    }

    private static String good(String head) {
        return head + "rule \"good\" @clause(\"basic-regulations 9.2\") when then out.derive(\"good\", 1); end\n";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Read read(String drl) {
        return new DrlDerivationReader()
                .read(new RulebookFiles(Map.of("rules/test.drl", bytes(drl))), VOCABULARY, CLAUSES, PARAMETERS);
    }

    private static Derivation only(String drl) {
        Read read = read(drl);
        assertThat(read.problems()).isEmpty();
        assertThat(read.derivations()).hasSize(1);
        return read.derivations().get(0);
    }

    private static final Set<String> PARAMETERS = Set.of("limit");

    private static final ClauseRegister CLAUSES = new ClauseRegister(
            Map.of(
                    "basic-regulations",
                    new ClauseRegister.Document("basic-regulations", Bilingual.EMPTY, "2021-12-20", "")),
            List.of(new ClauseRegister.Clause(
                    "basic-regulations",
                    "9.2",
                    Bilingual.EMPTY,
                    Table.ALWAYS,
                    Table.FOREVER,
                    ClauseRegister.Coverage.RULES,
                    List.of(),
                    Bilingual.EMPTY,
                    "",
                    "")));

    private static final Vocabulary VOCABULARY = vocabulary(
            fact("role", "enum", "ASSESSOR|STAFF"),
            fact("fee", "number", ""),
            fact("independent", "boolean", ""),
            fact("heldFrom", "date", ""),
            fact("roles", "list<enum>", "ASSESSOR|STAFF"),
            fact("consulting", "list<Consulting>", "client:string|from:date|to:date?"),
            fact("applicants", "list<Applicant>", "name:string|appliedOn:date|closedOn:date?"));

    private static Vocabulary vocabulary(FactDefinition... facts) {
        var byName = new LinkedHashMap<String, FactDefinition>();
        for (FactDefinition fact : facts) {
            byName.put(fact.name(), fact);
        }
        return new Vocabulary(byName, Map.of(), Map.of());
    }

    private static FactDefinition fact(String name, String type, String domain) {
        return new FactDefinition(
                name,
                FactType.parse(type, domain).orElseThrow(),
                FactDefinition.Absence.UNKNOWN,
                Kind.INPUT,
                "",
                "",
                false,
                Optional.empty(),
                List.of(),
                Bilingual.EMPTY,
                Bilingual.EMPTY,
                Bilingual.EMPTY,
                List.of());
    }
}
