package ismap;

import static org.assertj.core.api.Assertions.assertThat;

import ismap.decision.Decision;
import ismap.evaluation.AnswerForm;
import ismap.json.JsonWriter;
import ismap.regression.Scenario;
import ismap.rulebook.Answers;
import ismap.rulebook.Digests;
import ismap.rulebook.FactReader;
import ismap.rulebook.Interpreter;
import ismap.rulebook.Plan;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Equal questions get equal bytes. What this JDK answers is left in {@code target/answers}; {@code dev/check all} compares it with what
 * the newest JDK here answers.
 */
@Tag("core")
class AnswersTest {

    @Test
    void equalQuestionsGetEqualBytesInAnyZoneAndLanguage() throws IOException {
        byte[] answers = answers(AnswersTest::asTheOtherTestsSawIt);
        TimeZone zone = TimeZone.getDefault();
        Locale locale = Locale.getDefault();
        try {
            TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Kiritimati"));
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            assertThat(answers(AnswersTest::asked)).isEqualTo(answers);
        } finally {
            TimeZone.setDefault(zone);
            Locale.setDefault(locale);
        }
        Path file = Path.of("target", "answers", "jdk" + Runtime.version().feature() + ".ndjson");
        Files.createDirectories(file.getParent());
        Files.write(file, answers);
    }

    private static byte[] answers(Function<Scenario, Decision> answerTo) throws IOException {
        var bytes = new ByteArrayOutputStream();
        String digest = Digests.ofRulebook(Shipped.checked().rulebook().orElseThrow());
        int asked = 0;
        for (String decision : Shipped.decisions()) {
            for (Scenario scenario : Shipped.scenarios(decision)) {
                bytes.write(JsonWriter.write(AnswerForm.of(
                        Optional.empty(), answerTo.apply(scenario), Instant.EPOCH, Map.of("digest", digest))));
                bytes.write("\n".getBytes(StandardCharsets.UTF_8));
                asked++;
            }
        }
        assertThat(asked).isGreaterThan(800);
        return bytes.toByteArray();
    }

    private static Decision asTheOtherTestsSawIt(Scenario scenario) {
        return Shipped.result(scenario).decision().orElseThrow();
    }

    /** With a plan of its own: nothing that was worked out before. */
    private static Decision asked(Scenario scenario) {
        Plan plan = Plan.of(
                Shipped.checked().rulebook().orElseThrow(),
                Shipped.plan(scenario.decision()).decision());
        var facts = FactReader.read(plan, scenario.facts()).facts();
        return Answers.answer(
                plan,
                Shipped.checked().sources(),
                facts,
                scenario.asOf(),
                Interpreter.reason(plan, facts, scenario.asOf()));
    }
}
