package ismap.regression;

import static org.assertj.core.api.Assertions.assertThat;

import ismap.Shipped;
import ismap.decision.Bilingual;
import ismap.decision.Status;
import ismap.decision.Value;
import ismap.rulebook.DecisionDefinition;
import ismap.rulebook.FactDefinition;
import ismap.rulebook.FactType;
import ismap.rulebook.Parameter;
import ismap.rulebook.Rulebook;
import ismap.rulebook.Table;
import ismap.rulebook.Vocabulary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Everything that the shipped rulebook shows to people has Japanese words, and none of them promise what only the Committee decides. */
@Tag("core")
class LabelsTest {

    private static final Rulebook RULEBOOK = Shipped.checked().rulebook().orElseThrow();
    private static final Vocabulary VOCABULARY = RULEBOOK.vocabulary();

    private static final int LONGEST_QUESTION = 40;

    /** What a reader could take for the Committee's decision, or for a promise. */
    private static final Pattern FORBIDDEN = Pattern.compile("合格|認定|保証|却下");

    /** The word of the trade for the bodies that accredit certification bodies; the contract's own label has it. */
    private static final String ACCREDITATION = "ismsAccreditationIafMember";

    @Test
    void nothingThatIsShownLacksItsJapaneseWords() {
        var shown = new LinkedHashMap<String, Bilingual>();
        VOCABULARY.facts().values().forEach(fact -> fact(fact, shown));
        for (Status status : Status.values()) {
            shown.put("status " + status, VOCABULARY.statusLabels().getOrDefault(status.name(), Bilingual.EMPTY));
        }
        RULEBOOK.decisions().values().forEach(decision -> decision(decision, shown));
        RULEBOOK.concluded().values().forEach(table -> conclusions(table, shown));
        RULEBOOK.parameters().values().forEach(parameter -> parameter(parameter, shown));
        RULEBOOK.clauses()
                .documents()
                .values()
                .forEach(document -> shown.put("document " + document.id(), document.title()));
        RULEBOOK.clauses().clauses().forEach(clause -> {
            shown.put("clause " + clause.cited(), clause.title());
            word("coverage", clause.coverage().name(), shown);
            word("certainty", clause.certainty(), shown);
        });
        RULEBOOK.clauses().notEncoded().forEach(entry -> {
            word("decidedBy", entry.decidedBy(), shown);
            word("certainty", entry.certainty(), shown);
        });

        assertThat(shown).hasSizeGreaterThan(800);
        assertThat(shown.entrySet().stream()
                        .filter(each -> each.getValue().ja().isBlank())
                        .map(Map.Entry::getKey))
                .as("without Japanese words")
                .isEmpty();
        shown.forEach((name, label) -> {
            if (label.en().isBlank()) {
                System.out.println("without English words: " + name);
            }
        });
    }

    private static void fact(FactDefinition fact, Map<String, Bilingual> shown) {
        shown.put("fact " + fact.name(), fact.label());
        word("known_by", fact.knownBy(), shown);
        word("changeable_by", fact.changeableBy(), shown);
        codes(fact.name(), fact.type(), shown);
    }

    /** The codes of a fact, and of a list of elements the fields with theirs. */
    private static void codes(String name, FactType type, Map<String, Bilingual> shown) {
        if (type instanceof FactType.Code code) {
            code.codes().forEach(each -> code(name, each, shown));
        } else if (type instanceof FactType.Numeric number) {
            number.domain().forEach(each -> code(name, each.toPlainString(), shown));
        } else if (type instanceof FactType.ListOf list) {
            codes(name, list.element(), shown);
        } else if (type instanceof FactType.RecordOf element) {
            element.fields().forEach((field, each) -> {
                word(name, field, shown);
                codes(name + "." + field, each.type(), shown);
            });
        }
    }

    private static void code(String name, String code, Map<String, Bilingual> shown) {
        shown.put(
                "code %s of %s".formatted(code, name),
                VOCABULARY.label(name, code).orElse(Bilingual.EMPTY));
    }

    /** A word of the service that the sheet Codes explains, such as the unit of a parameter. */
    private static void word(String kind, String word, Map<String, Bilingual> shown) {
        if (!word.isBlank()) {
            shown.put(
                    "%s of %s".formatted(word, kind),
                    VOCABULARY.codeLabels().getOrDefault(kind, Map.of()).getOrDefault(word, Bilingual.EMPTY));
        }
    }

    private static void decision(DecisionDefinition decision, Map<String, Bilingual> shown) {
        String name = decision.name();
        shown.put("title of " + name, decision.title());
        shown.put("question of " + name, decision.question());
        decision.outcomes().forEach(outcome -> shown.put(name + " outcome " + outcome.code(), outcome.label()));
        decision.values().forEach(value -> shown.put(name + " value " + value.name(), value.label()));
        decision.notExamined().forEach(entry -> {
            shown.put(name + " not examined " + entry.rule(), entry.message());
            word("decidedBy", entry.decidedBy(), shown);
        });
        for (Table rule : decision.rules()) {
            shown.put("%s rule %s".formatted(name, rule.id()), rule.title());
            shown.put("%s rule %s notEnoughFacts".formatted(name, rule.id()), rule.notEnoughFacts());
            rule.rows().forEach(row -> {
                shown.put("%s row %s".formatted(name, row.id()), row.message());
                row.attributes().forEach((attribute, code) -> word("finding:" + attribute, code, shown));
            });
        }
    }

    private static void conclusions(Table table, Map<String, Bilingual> shown) {
        shown.put("table " + table.id(), table.title());
        for (Table.Row row : table.rows()) {
            List<Value> concluded =
                    row.conclusion() instanceof Value.Elements list ? list.values() : List.of(row.conclusion());
            concluded.stream()
                    .filter(Value.Text.class::isInstance)
                    .forEach(code -> code(table.id(), code.toString(), shown));
        }
    }

    private static void parameter(Parameter parameter, Map<String, Bilingual> shown) {
        shown.put("parameter " + parameter.name(), parameter.label());
        parameter.values().forEach(dated -> word("unit", dated.unit(), shown));
    }

    @Test
    void everyFactThatACallerGivesIsAskedForShortlyAndExplained() {
        var faults = new ArrayList<String>();
        VOCABULARY.facts().values().stream()
                .filter(fact -> fact.kind() != FactDefinition.Kind.DERIVED)
                .forEach(fact -> {
                    String question = fact.question().ja();
                    if (question.isBlank() || question.codePointCount(0, question.length()) > LONGEST_QUESTION) {
                        faults.add("question_ja of %s: %s".formatted(fact.name(), question));
                    }
                    if (fact.question().en().isBlank()) {
                        faults.add("question_en of %s is blank".formatted(fact.name()));
                    }
                    if (fact.help().ja().isBlank()) {
                        faults.add("help_ja of %s is blank".formatted(fact.name()));
                    }
                });
        assertThat(faults).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "liu-qualification, QUALIFIES, 確認した範囲では",
        "liu-qualification, QUALIFIES, 登録の可否は運営委員会が決定します",
        "liu-qualification, DOES_NOT_QUALIFY, 正式な判断は運営委員会が行います",
        "liu-qualification, NOT_ACCEPTED, 補正",
        "conflict-of-interest, CLEAR, 示された事実",
        "service-acceptance, ACCEPT, 示された事実の範囲では",
        "service-acceptance, ACCEPT, 登録の決定は運営委員会が行います",
        "service-acceptance, NOT_ACCEPTED, 補正",
        "assessor-acceptance, ACCEPT, 示された事実の範囲では",
        "assessor-acceptance, ACCEPT, 登録の決定は運営委員会が行います",
        "assessor-acceptance, NOT_ACCEPTED, 補正",
        "service-validity, EFFECTIVE, 示された事実によれば",
        "assessor-validity, EFFECTIVE, 示された事実によれば",
        "reporting-duties, NO_DUTY, 示された事実によれば",
        "procurement, SATISFIED, 確認した範囲では",
        "document-access, ALLOWED, 確認した範囲では",
        "list-entry, COMPLETE, 確認した範囲では",
        "statement-completeness, COMPLETE, 台帳にある管理策については",
        "assessment-scope, REDUCED, 示された事実によれば",
    })
    void anOutcomePromisesNothing(String decision, String outcome, String limitingWords) {
        assertThat(Shipped.plan(decision).decision().outcomes().stream()
                        .filter(each -> each.code().equals(outcome))
                        .map(each -> each.label().ja()))
                .singleElement()
                .asString()
                .contains(limitingWords);
    }

    /** Every cell is looked at, also labels, notes and sheets for people that no rule reads. */
    @Test
    void noCellSaysWhatOnlyTheCommitteeCouldSay() throws IOException {
        var found = new TreeSet<String>();
        for (Path workbook : workbooks()) {
            try (XSSFWorkbook read = new XSSFWorkbook(Files.newInputStream(workbook))) {
                read.forEach(sheet -> sheet.forEach(row -> row.forEach(cell -> {
                    if (cell.getCellType() == CellType.STRING
                            && FORBIDDEN
                                    .matcher(withoutTheLabelOfTheContract(cell))
                                    .find()) {
                        found.add("%s %s!%s: %s"
                                .formatted(
                                        Shipped.FOLDER.relativize(workbook),
                                        sheet.getSheetName(),
                                        cell.getAddress(),
                                        cell.getStringCellValue()));
                    }
                })));
            }
        }
        assertThat(found).isEmpty();
    }

    private static String withoutTheLabelOfTheContract(Cell cell) {
        return cell.getStringCellValue()
                .replace(VOCABULARY.fact(ACCREDITATION).orElseThrow().label().ja(), "");
    }

    private static List<Path> workbooks() throws IOException {
        try (Stream<Path> files = Files.walk(Shipped.FOLDER.resolve("decision-tables"))) {
            return files.filter(file -> file.toString().endsWith(".xlsx"))
                    .sorted()
                    .toList();
        }
    }
}
