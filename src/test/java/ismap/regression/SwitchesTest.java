package ismap.regression;

import static org.assertj.core.api.Assertions.assertThat;

import ismap.Shipped;
import ismap.decision.Citation;
import ismap.decision.Decision;
import ismap.decision.Status;
import ismap.json.JsonReader;
import ismap.json.Parsed;
import ismap.rulebook.Answers;
import ismap.rulebook.ClauseRegister.NotEncoded;
import ismap.rulebook.FactReader;
import ismap.rulebook.Facts;
import ismap.rulebook.Interpreter;
import ismap.rulebook.Plan;
import ismap.rulebook.Reasoning;
import ismap.rulebook.Reasoning.Decided;
import ismap.rulebook.Rulebook;
import ismap.rulebook.Table;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every change of the catalogue's change log (section 5) switches its rules between one day and the next, and on no other. */
@Tag("core")
class SwitchesTest {

    private static final LocalDate ENFORCEMENT = LocalDate.of(2020, 6, 3);

    /**
     * Change of the log | first day on which it shows | decision | facts | findings before and from then on. {@code clause} is the clause
     * that the finding cites, {@code assumption} the reading it rests on.
     */
    private static final String SWITCHES = """
            2020-06-03 | 2020-06-03 | assessment-scope       | {"assessmentParts": ["DESIGN"]} | BR-S3-1, BR-S3-2, BR-1.4.9-1: NOT_APPLICABLE -> SATISFIED
            2020-06-03 | 2020-06-03 | service-acceptance     | {"assessmentParts": ["DESIGN"], "hasGBizId": false, "baseServices": [{"name": "B", "withinStatement": true, "status": "LAPSED"}]} | BR-S3-1, BR-1.4.9-1, CC-2.2.2-1: NOT_APPLICABLE -> SATISFIED; RA-0-3: NOT_APPLICABLE -> NOT_ACCEPTED
            2020-06-03 | 2020-06-03 | assessor-acceptance    | {"legalForm": "STOCK_COMPANY", "applicantIsCorporation": true} | AR-P-1: NOT_APPLICABLE -> NOT_ACCEPTED; BR-4.2-1: NOT_APPLICABLE -> SATISFIED
            2020-06-03 | 2020-06-03 | procurement            | {"procuringBodyType": "DESIGNATED_CORPORATION"} | BR-S2-1: NOT_APPLICABLE -> NOT_SATISFIED
            2020-06-03 | 2020-06-03 | conflict-of-interest   | {"roles": ["COMMITTEE_MEMBER"], "receivedProfit": true, "profitCouldAffectResult": "YES"} | BR-9.2-0: NOT_APPLICABLE -> SATISFIED; BR-9.2-1: NOT_APPLICABLE -> PROHIBITED
            2020-06-03 | 2020-06-03 | document-access        | {"document": "STANDARD_ASSESSMENT_PROCEDURE", "documentAction": "PUBLISH"} | BR-2.1-1: NOT_APPLICABLE -> PROHIBITED
            2020-06-03 | 2020-06-03 | statement-completeness | {"controls": []} | CC-2.2.4-1, CC-2.2.4-2, CC-2.2.4-3, CC-2.2.4-4, CC-2.2.4-5, CC-2.2.4-6: NOT_APPLICABLE -> REFER_TO_COMMITTEE
            2020-09-24 | 2020-09-24 | list-entry             | {"listKind": "SERVICE_LIST", "entryHasName": false} | CSR-7.5-1: NOT_APPLICABLE -> NOT_SATISFIED
            2020-09-24 | 2020-09-24 | document-access        | {"document": "ASSESSMENT_REPORT", "documentAction": "PUBLISH"} | CSR-3.8-2: NOT_APPLICABLE -> PROHIBITED
            2021-06-03 | 2021-06-04 | assessment-scope       | {"assessmentParts": ["DESIGN"]} | BR-S3-1, BR-S3-2: SATISFIED -> NOT_APPLICABLE; BR-1.4.9-1: SATISFIED -> NOT_SATISFIED; BR-S3-1 assumption: A-4 -> A-4
            2021-06-03 | 2021-06-04 | service-acceptance     | {"assessmentParts": ["DESIGN"]} | BR-S3-1: SATISFIED -> NOT_APPLICABLE; BR-1.4.9-1: SATISFIED -> NOT_SATISFIED
            2021-06-22 | 2021-06-22 | assessment-scope       | {"assessmentPeriodStart": "2020-04-01", "assessmentPeriodEnd": "2021-05-31", "previousAssessmentPeriodEnd": "2020-03-30"} | CC-2.2.5-1, CC-2.2.5-2: NOT_APPLICABLE -> NOT_SATISFIED; CC-2.2.5-3: NOT_APPLICABLE -> SATISFIED
            2021-06-22 | 2021-06-22 | service-acceptance     | {"assessmentPeriodStart": "2021-04-01", "assessmentPeriodEnd": "2021-05-31", "previousAssessmentPeriodEnd": "2021-03-31"} | CC-2.2.5-1, CC-2.2.5-2: NOT_APPLICABLE -> SATISFIED; CC-2.2.5-3: NOT_APPLICABLE -> NOT_SATISFIED
            2021-12-20 | 2021-12-20 | conflict-of-interest   | {"roles": ["DIGITAL_AGENCY"], "receivedProfit": true, "profitCouldAffectResult": "YES"} | BR-9.2-0: NOT_APPLICABLE -> SATISFIED; BR-9.2-1: NOT_APPLICABLE -> PROHIBITED; BR-9.2-0 assumption: A-1 -> A-1
            2022-04-01 | 2022-04-01 | statement-completeness | {"controls": []} | CC-2.2.4-1, CC-2.2.4-2, CC-2.2.4-3, CC-2.2.4-4: REFER_TO_COMMITTEE -> NOT_SATISFIED; CC-2.2.4-5, CC-2.2.4-6: REFER_TO_COMMITTEE -> NOT_APPLICABLE
            2022-04-01 | 2022-04-01 | statement-completeness | {"controls": [{"id": "5.1.1.1", "selected": false, "excluded": false, "individualControl": false}, {"id": "5.1.1.2", "selected": true, "excluded": false, "individualControl": false}]} | CC-2.2.4-5, CC-2.2.4-6: REFER_TO_COMMITTEE -> NOT_SATISFIED
            2022-11-01 | 2022-11-01 | liu-qualification      | {"scheme": "ISMAP_LIU", "serviceModel": "IAAS", "confidentialityClasses": [2], "preApplicationFiled": false, "impactAssessedBy": "PROVIDER", "businessOnTargetList": true, "impactLevel": "LOW", "internalAuditReportAttached": false} | LIU-0-1: NOT_APPLICABLE -> NOT_SATISFIED; LIU-0-2, LIU-0-3, LIU-3-3, LIU-3-4, LIU-3-5: NOT_APPLICABLE -> SATISFIED; LIU-3-1, LIU-3-2, LIU-A2-1: NOT_APPLICABLE -> NOT_ACCEPTED
            2022-11-01 | 2022-11-01 | liu-qualification      | {"businessOnTargetList": false, "impactLevel": "NOT_LOW"} | LIU-3-3, LIU-3-4, LIU-3-5: NOT_APPLICABLE -> NOT_SATISFIED; LIU-3-6: NOT_APPLICABLE -> REFER_TO_COMMITTEE
            2022-11-01 | 2022-11-01 | service-acceptance     | {"scheme": "ISMAP_LIU", "serviceModel": "IAAS", "confidentialityClasses": [3], "preApplicationFiled": false, "impactAssessedBy": "PROVIDER", "businessOnTargetList": true, "impactLevel": "LOW", "internalAuditReportAttached": false} | LIU-0-1, LIU-0-2: NOT_APPLICABLE -> NOT_SATISFIED; LIU-3-1, LIU-3-2, LIU-A2-1: NOT_APPLICABLE -> NOT_ACCEPTED; LIU-0-3, LIU-3-5: NOT_APPLICABLE -> SATISFIED
            2022-11-01 | 2022-11-01 | list-entry             | {"listKind": "SERVICE_LIST", "scheme": "ISMAP_LIU"} | LIST-LIU-1: NOT_APPLICABLE -> SATISFIED
            2022-11-01 | 2022-11-01 | procurement            | {"procuringBodyType": "GOVERNMENT_ORGANIZATION", "scheme": "ISMAP_LIU", "impactLevel": "NOT_LOW"} | BR-2.3-2: NOT_APPLICABLE -> REFER_TO_PROCURING_BODY
            2022-11-01 | 2022-11-01 | procurement            | {"procuringBodyType": "DESIGNATED_CORPORATION"} | BR-S2-1: NOT_SATISFIED -> INSUFFICIENT_FACTS
            2023 (by)  | 2023-01-01 | list-entry             | {"listKind": "SERVICE_LIST", "entryHasName": false} | CSR-7.5-1: NOT_SATISFIED -> NOT_SATISFIED; CSR-7.5-1 clause: 3.8 -> 7.5; CSR-7.5-1 assumption: A-26 -> A-26
            2023-05-19 | 2023-05-19 | assessment-scope       | {"scheme": "ISMAP_LIU", "specialMeasureUsedBefore": false} | SM-1: NOT_APPLICABLE -> ALLOWED
            2023-07    | 2023-07-01 | service-acceptance     | {"representativeIsDirector": false, "representativeAuthorityEvidenced": false} | RA-0-2: NOT_APPLICABLE -> NOT_ACCEPTED; RA-0-2 assumption: A-26 -> A-26
            2023-07    | 2023-07-01 | service-acceptance     | {"representativeIsDirector": true} | RA-0-2: NOT_APPLICABLE -> SATISFIED
            2024-08-01 | 2024-08-01 | assessment-scope       | {"applicationKind": "NEW", "assessorToldOfCycleOn": "2024-07-01", "supportOrganizationConfirmedOn": "2024-07-01", "cycleWorkFrom": "2024-07-01"} | CYC-2024-1: NOT_APPLICABLE -> NOT_SATISFIED; CYC-2024-2: NOT_APPLICABLE -> SATISFIED
            2025-03-31 | 2025-04-01 | assessment-scope       | {"scheme": "ISMAP_LIU", "specialMeasureUsedBefore": false} | SM-1: ALLOWED -> NOT_APPLICABLE; SM-1 assumption: A-13 -> A-13
            2025-04-01 | 2025-04-01 | liu-qualification      | {"scheme": "ISMAP_LIU", "preApplicationFiled": false, "impactAssessedBy": "PROVIDER", "businessOnTargetList": false, "impactLevel": "NOT_LOW", "internalAuditReportAttached": false} | LIU-3-1, LIU-3-2: NOT_ACCEPTED -> NOT_APPLICABLE; LIU-3-3, LIU-3-4, LIU-3-5: NOT_SATISFIED -> NOT_APPLICABLE; LIU-3-6: REFER_TO_COMMITTEE -> NOT_APPLICABLE; LIU-P-1: NOT_APPLICABLE -> WARNING; LIU-A2-1: NOT_ACCEPTED -> NOT_ACCEPTED; LIU-P-1 assumption: A-25 -> A-25
            2025-04-01 | 2025-04-01 | liu-qualification      | {} | LIU-P-1: NOT_APPLICABLE -> WARNING; LIU-3-1, LIU-3-2, LIU-3-3, LIU-3-4, LIU-3-5, LIU-3-6: INSUFFICIENT_FACTS -> NOT_APPLICABLE
            2025-04-01 | 2025-04-01 | service-acceptance     | {"scheme": "ISMAP_LIU", "preApplicationFiled": false, "impactAssessedBy": "PROVIDER", "businessOnTargetList": false, "impactLevel": "NOT_LOW"} | LIU-3-1, LIU-3-2: NOT_ACCEPTED -> NOT_APPLICABLE; LIU-3-5: NOT_SATISFIED -> NOT_APPLICABLE
            2025-04-01 | 2025-04-01 | procurement            | {"procuringBodyType": "GOVERNMENT_ORGANIZATION", "scheme": "ISMAP_LIU", "impactLevel": "NOT_LOW"} | LIU-P-1: NOT_APPLICABLE -> REFER_TO_PROCURING_BODY
            2025-04-01 | 2025-04-01 | procurement            | {"procuringBodyType": "GOVERNMENT_ORGANIZATION", "scheme": "ISMAP_LIU", "impactLevel": "LOW"} | LIU-P-1: NOT_APPLICABLE -> SATISFIED; BR-2.3-2: SATISFIED -> SATISFIED
            2025-06-27 | 2025-06-27 | procurement            | {"procuringBodyType": "GOVERNMENT_ORGANIZATION", "confidentialityClasses": [2], "serviceStatus": "LAPSED"} | CS-4.2.1-1: NOT_APPLICABLE -> REFER_TO_PROCURING_BODY; CS-4.2.1-2, CS-4.2.1-3: NOT_APPLICABLE -> WARNING
            2026-01-09 | 2026-01-09 | procurement            | {"procuringBodyType": "GOVERNMENT_ORGANIZATION", "isGenerativeAi": true, "serviceModel": "SAAS", "serviceStatus": "LAPSED"} | FAQ-1070-1: NOT_APPLICABLE -> REFER_TO_PROCURING_BODY
            """;

    static List<String> decisions() {
        return Shipped.decisions();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = SWITCHES)
    void aChangeShowsFromItsDayOn(String change, LocalDate day, String decision, String facts, String findings) {
        Case before = new Case(decision, facts, day.minusDays(1));
        Case from = new Case(decision, facts, day);

        Change.all(findings).forEach((name, states) -> {
            assertThat(before.state(name))
                    .as("%s on the day before %s", name, day)
                    .isEqualTo(states.before());
            assertThat(from.state(name)).as("%s on %s", name, day).isEqualTo(states.from());
        });
    }

    /** The Basic Regulations as a whole: no rule says anything before they took effect. */
    @ParameterizedTest
    @MethodSource("decisions")
    void beforeTheBasicRegulationsTookEffectNoRuleApplied(String decision) {
        Case before = new Case(decision, "{}", ENFORCEMENT.minusDays(1));
        Case from = new Case(decision, "{}", ENFORCEMENT);

        for (Table rule : Shipped.plan(decision).decision().rules()) {
            assertThat(before.state(rule.id())).as(rule.id()).isEqualTo(Status.NOT_APPLICABLE.name());
            if (rule.id().startsWith("BR-") && !rule.id().equals("BR-2.3-2")) {
                assertThat(before.decided(rule.id()).row()).as(rule.id()).isEqualTo(Plan.outsideRow(rule));
                assertThat(from.decided(rule.id()).row()).as(rule.id()).isNotEqualTo(Plan.outsideRow(rule));
            }
        }
    }

    @Test
    void noRuleSwitchesOnADayThatIsNotTriedHere() {
        var days = new TreeSet<LocalDate>();
        Rulebook rulebook = Shipped.checked().rulebook().orElseThrow();
        Stream.concat(
                        rulebook.decisions().values().stream().flatMap(decision -> decision.rules().stream()),
                        rulebook.concluded().values().stream())
                .forEach(table -> {
                    days.addAll(List.of(table.from(), table.until()));
                    table.rows().forEach(row -> days.addAll(List.of(row.from(), row.until())));
                });
        rulebook.parameters()
                .values()
                .forEach(parameter ->
                        parameter.values().forEach(dated -> days.addAll(List.of(dated.from(), dated.until()))));
        days.removeAll(List.of(Table.ALWAYS, Table.FOREVER));

        assertThat(days)
                .containsExactlyInAnyOrderElementsOf(SWITCHES.lines()
                        .map(line -> LocalDate.parse(line.split("\\|")[1].strip()))
                        .collect(Collectors.toSet()));
    }

    @Test
    void everyRuleThatTheChangeLogNamesIsTriedOnItsDay() {
        var tried = new LinkedHashMap<String, TreeSet<String>>();
        for (String line : SWITCHES.lines().toList()) {
            List<String> cells =
                    List.of(line.split("\\|")).stream().map(String::strip).toList();
            tried.computeIfAbsent(cells.get(0), change -> new TreeSet<>())
                    .addAll(Change.all(cells.get(4)).keySet());
        }
        var exactly = new TreeSet<String>();
        Regulations.switches().values().forEach(cell -> names(cell, false).forEach(name -> exactly.add(name)));
        var notTried = new ArrayList<String>();
        Regulations.switches().forEach((change, cell) -> {
            // Every decision has a look at all rules of that day.
            String wanted = change.equals("2020-06-03") ? cell.replace("BR-*", "") : cell;
            for (String rule : names(wanted, true)) {
                boolean ofAnotherDay =
                        exactly.contains(rule) && !names(wanted, false).contains(rule);
                if (!ofAnotherDay
                        && !tried.getOrDefault(change, new TreeSet<>()).contains(rule)) {
                    notTried.add(change + " " + rule);
                }
            }
        });
        assertThat(notTried).isEmpty();
    }

    /**
     * The rules that a cell of the change log means, as far as some decision holds them.
     *
     * @param groups whether {@code LIU-*} and {@code LIU-3-x} mean all rules of the group
     */
    private static List<String> names(String cell, boolean groups) {
        var names = new ArrayList<String>();
        TreeSet<String> decided = new TreeSet<>();
        Shipped.decisions()
                .forEach(decision -> Shipped.plan(decision).decision().rules().forEach(rule -> decided.add(rule.id())));
        List<String> left = Shipped.checked().rulebook().orElseThrow().clauses().notEncoded().stream()
                .map(NotEncoded::rule)
                .toList();
        Matcher group = Pattern.compile("([A-Z]{2,}(?:-[A-Z0-9.]+)*-)([*x])").matcher(cell);
        while (groups && group.find()) {
            decided.stream().filter(rule -> rule.startsWith(group.group(1))).forEach(names::add);
        }
        Contract.rules(cell.replace("..", " … -")).stream()
                .filter(rule -> !rule.endsWith("-x") && !left.contains(rule))
                .forEach(names::add);
        return names;
    }

    // ---- what is not decided follows the days too

    @ParameterizedTest
    @CsvSource({
        "CYC-2023-1, 2023-10-01, assessment-scope, ISMAP, false, true",
        "SM-2, 2023-05-19, assessment-scope, ISMAP_LIU, false, true",
        "SM-2, 2025-04-01, assessment-scope, ISMAP_LIU, true, false",
        "LIU-EA-1, 2022-11-01, assessment-scope, ISMAP_LIU, false, true",
        "FAQ-1070-2, 2026-01-09, procurement, ISMAP, false, true",
    })
    void whatIsNotExaminedFollowsTheDays(
            String rule, LocalDate day, String decision, String scheme, boolean before, boolean from) {
        String facts = """
                {"scheme": "%s", "isGenerativeAi": true, "assessmentParts": ["DESIGN", "OPERATIONAL"], "specialMeasureUsedBefore": true,
                 "procuringBodyType": "PRIVATE"}""".formatted(scheme);
        assertThat(new Case(decision, facts, day.minusDays(1)).notExamined())
                .as("before")
                .satisfies(rules -> assertThat(rules.contains(rule)).isEqualTo(before));
        assertThat(new Case(decision, facts, day).notExamined())
                .as("from")
                .satisfies(rules -> assertThat(rules.contains(rule)).isEqualTo(from));
    }

    /** What one thing is before a day and from it on. */
    private record Change(String before, String from) {

        static Map<String, Change> all(String text) {
            var all = new LinkedHashMap<String, Change>();
            for (String part : text.split(";")) {
                String[] names = part.split(":");
                String[] states = names[1].split("->");
                for (String name : names[0].split(",")) {
                    all.put(name.strip(), new Change(states[0].strip(), states[1].strip()));
                }
            }
            return all;
        }
    }

    /** A case on its day: applied for, happened, or asked about on it, as the decision has it. */
    private static final class Case {
        private final Plan plan;
        private final LocalDate day;
        private final Facts facts;
        private final Reasoning reasoning;

        Case(String decision, String json, LocalDate day) {
            this.plan = Shipped.plan(decision);
            this.day = day;
            Map<String, @Nullable Object> raw = new LinkedHashMap<>(read(json));
            plan.decision().governingFact().ifPresent(fact -> raw.put(fact, day.toString()));
            FactReader.Result result = FactReader.read(plan, raw);
            assertThat(result.problems()).isEmpty();
            this.facts = result.facts();
            this.reasoning = Interpreter.reason(plan, facts, day);
        }

        Decided decided(String rule) {
            return java.util.Objects.requireNonNull(reasoning.decided().get(rule), rule);
        }

        /** The status of a rule; of {@code RULE clause} and {@code RULE assumption}, those. */
        String state(String name) {
            String rule = name.split(" ")[0];
            Table table = plan.rule(rule).table();
            if (name.endsWith(" clause")) {
                return table.row(decided(rule).row())
                        .flatMap(Table.Row::citation)
                        .or(table::citation)
                        .map(Citation::clause)
                        .orElse("");
            }
            if (name.endsWith(" assumption")) {
                return table.row(decided(rule).row())
                        .flatMap(Table.Row::assumption)
                        .or(table::assumption)
                        .orElse("");
            }
            return decided(rule).status().name();
        }

        List<String> notExamined() {
            return Answers.answer(plan, Shipped.checked().sources(), facts, day, reasoning).notExamined().stream()
                    .map(Decision.NotExamined::rule)
                    .toList();
        }

        @SuppressWarnings("unchecked")
        private static Map<String, @Nullable Object> read(String json) {
            Parsed parsed = JsonReader.read(json.getBytes(StandardCharsets.UTF_8));
            assertThat(parsed).as(json).isInstanceOf(Parsed.Document.class);
            return (Map<String, @Nullable Object>) java.util.Objects.requireNonNull(((Parsed.Document) parsed).value());
        }
    }
}
