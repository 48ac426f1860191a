package ismap.xlsx;

import static org.assertj.core.api.Assertions.assertThat;

import ismap.decision.Problem;
import ismap.rulebook.LoadedRulebook;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kind of mistake in {@link Bad} gives its problem at its cell. */
@Tag("core")
class BadWorkbooksTest {

    private static final Set<String> WARNINGS =
            Set.of(Codes.ENGLISH_MISSING, Codes.DATE_SHOWN_IN_PART, Codes.FILE_NOT_READ);

    static List<Bad.Mistake> mistakes() {
        return Bad.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakes")
    void isAProblemAtItsCell(Bad.Mistake mistake) {
        LoadedRulebook loaded = Sample.read(mistake.files().get());

        Problem problem = loaded.problems().stream()
                .filter(one -> one.code().equals(mistake.code())
                        && one.places().get(0).toString().equals(mistake.place()))
                .findFirst()
                .orElseThrow(() -> new AssertionError(
                        "%s at %s is not among %s".formatted(mistake.code(), mistake.place(), shown(loaded))));
        boolean warning = WARNINGS.contains(mistake.code());
        assertThat(problem.isError()).isNotEqualTo(warning);
        assertThat(loaded.rulebook().isPresent()).isEqualTo(warning);
        assertThat(problem.message().ja()).isNotBlank();
        assertThat(problem.message().en()).isNotBlank();
        assertThat(problem.advice().ja()).isNotBlank();
        assertThat(problem.advice().en()).isNotBlank();
        // One mistake is told once, with nothing that is none.
        assertThat(loaded.problems())
                .as(() -> shown(loaded))
                .hasSizeLessThanOrEqualTo(4)
                .allSatisfy(one -> assertThat(one.code().equals(mistake.code())
                                || mistake.also().contains(one.code()))
                        .as(one.code())
                        .isTrue());
    }

    private static String shown(LoadedRulebook loaded) {
        return loaded.problems().stream()
                .map(problem -> problem.code() + " at " + problem.places() + ": "
                        + problem.message().en())
                .collect(Collectors.joining("\n  ", "\n  ", "\n"));
    }

    @Test
    void everyCodeHasAMistakeThatShowsIt() {
        Set<String> shown = Bad.all().stream().map(Bad.Mistake::code).collect(Collectors.toSet());

        assertThat(shown).containsAll(Codes.meanings().keySet());
    }

    @Test
    void allMistakesOfAFolderAreToldAtOnceAndInSheetOrder() {
        var files = new java.util.TreeMap<>(Sample.files().contents());
        files.put("vocabulary.xlsx", Sample.edited(Sample.bytesOf("vocabulary.xlsx"), Bad.set("Facts!E12", "both")));
        files.put(
                "licence.xlsx",
                Sample.edited(
                        Sample.bytesOf("licence.xlsx"),
                        Bad.all(
                                Bad.set("BR-1!G14", "5五"),
                                Bad.set("BR-1!G13", "5五"),
                                Bad.set("BR-1!B13", "4/1/2024"),
                                Bad.set("BR-2!B12", "maybe"),
                                Bad.set("Outcomes!B3", "BR-9: SATISFIED"))));

        List<Problem> problems =
                Sample.read(new ismap.rulebook.RulebookFiles(files)).problems();

        assertThat(problems)
                .extracting(problem -> problem.places().get(0).toString())
                .containsExactly(
                        "vocabulary.xlsx Facts!E12",
                        "licence.xlsx Outcomes!B3",
                        "licence.xlsx BR-1!B13",
                        "licence.xlsx BR-1!G13",
                        "licence.xlsx BR-1!G14",
                        "licence.xlsx BR-2!B12");
    }

    @Test
    void aMisspeltColumnIsToldTheNameThatItLooksLike() {
        List<Problem> problems = Sample.read(Sample.with("licence.xlsx", Bad.set("BR-1!F12", "expireOn")))
                .problems();

        assertThat(problems).hasSize(1);
        assertThat(problems.get(0).message().en()).contains("Did you mean \"expiresOn\"?");
        assertThat(problems.get(0).message().ja()).contains("「expiresOn」のことですか");
        assertThat(problems.get(0).expected()).isEqualTo("expiresOn");
    }

    @Test
    void withoutAVocabularyNobodyIsToldThatEveryNameIsUnknown() {
        List<Problem> problems = Sample.read(Sample.without("vocabulary.xlsx")).problems();

        assertThat(problems).extracting(Problem::code).containsExactly(Codes.WORKBOOK_MISSING);
    }

    @Test
    void whatPeopleTypeIsReadAsWhatTheyMean() {
        LoadedRulebook typed = Sample.read(Sample.with("licence.xlsx", Bad.typed()));

        assertThat(typed.problems()).as(() -> shown(typed)).isEmpty();
        assertThat(typed.rulebook()).isEqualTo(Sample.read(Sample.files()).rulebook());
    }

    @Test
    void sixteenTypedAsANumberIsTheConstantSixteen() {
        LoadedRulebook number = Sample.read(Sample.with("licence.xlsx", Bad.number("BR-1!G14", 16)));
        LoadedRulebook text = Sample.read(Sample.with("licence.xlsx", Bad.set("BR-1!G14", "16")));

        assertThat(number.problems()).isEmpty();
        assertThat(number.rulebook()).isEqualTo(text.rulebook());
    }

    @Test
    void aDayTypedAsADateIsThatDay() {
        LoadedRulebook day = Sample.read(Sample.with("licence.xlsx", Bad.formatted("BR-1!F14", 44351, 14)));
        LoadedRulebook text = Sample.read(Sample.with("licence.xlsx", Bad.set("BR-1!F14", "2021-06-04")));

        assertThat(day.problems()).isEmpty();
        assertThat(day.rulebook()).isEqualTo(text.rulebook());
    }

    @Test
    void aNumberIsWhatFifteenDigitsShow() {
        LoadedRulebook sum = Sample.read(Sample.with("parameters.xlsx", Bad.number("Parameters!B7", 0.1 + 0.2)));
        LoadedRulebook text = Sample.read(Sample.with("parameters.xlsx", Bad.set("Parameters!B7", "0.3")));

        assertThat(sum.rulebook()).isPresent().isEqualTo(text.rulebook());
    }

    @Test
    void rowsThatAreOnlyStyledBelowATableAreNoRows() {
        LoadedRulebook styled = Sample.read(Sample.with("licence.xlsx", workbook -> {
            for (int row = 15; row < 60; row++) {
                Bad.at(workbook, "BR-1!A" + (row + 1)).setCellStyle(workbook.createCellStyle());
            }
        }));

        assertThat(styled.problems()).isEmpty();
    }

    @Test
    void labelsAndTheSheetForPeopleMayHoldAnything() {
        LoadedRulebook loaded = Sample.read(Sample.with("licence.xlsx", workbook -> {
            Bad.at(workbook, "BR-1!G11").setCellFormula("1+1");
            workbook.createSheet("使い方").createRow(0).createCell(0).setCellFormula("NOW()");
            workbook.setSheetVisibility(
                    workbook.getSheetIndex("使い方"), org.apache.poi.ss.usermodel.SheetVisibility.HIDDEN);
        }));

        assertThat(loaded.problems()).isEmpty();
    }

    @Test
    void columnsMayStandInAnyOrder() {
        LoadedRulebook loaded = Sample.read(Sample.with("vocabulary.xlsx", workbook -> {
            for (org.apache.poi.ss.usermodel.Row row : workbook.getSheet("Statuses")) {
                String last = row.getCell(2) == null ? "" : row.getCell(2).getStringCellValue();
                if (row.getCell(1) != null) {
                    row.createCell(4).setCellValue(row.getCell(1).getStringCellValue());
                    row.getCell(1).setBlank();
                }
                if (!last.isEmpty()) {
                    row.getCell(2).setBlank();
                    row.createCell(1).setCellValue(last);
                }
            }
        }));

        assertThat(loaded.problems()).isEmpty();
        assertThat(loaded.rulebook()).isEqualTo(Sample.read(Sample.files()).rulebook());
    }

    @Test
    void anAnnotatedWorkbookWithClickableLinksIsRead() {
        LoadedRulebook loaded = Sample.read(Sample.with("clauses.xlsx", workbook -> {
            var link = workbook.getCreationHelper().createHyperlink(org.apache.poi.common.usermodel.HyperlinkType.URL);
            link.setAddress("https://www.ipa.go.jp/");
            Bad.at(workbook, "Clauses!I3").setHyperlink(link);
            var drawing = workbook.getSheet("Clauses").createDrawingPatriarch();
            var comment = drawing.createCellComment(workbook.getCreationHelper().createClientAnchor());
            comment.setString("確認済み");
            Bad.at(workbook, "Clauses!B3").setCellComment(comment);
        }));

        assertThat(loaded.problems()).isEmpty();
    }
}
