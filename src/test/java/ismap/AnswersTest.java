package ismap;

import static org.assertj.core.api.Assertions.assertThat;

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
        byte[] answers = answers();
        TimeZone zone = TimeZone.getDefault();
        Locale locale = Locale.getDefault();
        try {
            TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Kiritimati"));
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            assertThat(answers()).isEqualTo(answers);
        } finally {
            TimeZone.setDefault(zone);
            Locale.setDefault(locale);
        }
        Path file = Path.of("target", "answers", "jdk" + Runtime.version().feature() + ".ndjson");
        Files.createDirectories(file.getParent());
        Files.write(file, answers);
    }

    private static byte[] answers() throws IOException {
        var bytes = new ByteArrayOutputStream();
        String digest = Digests.ofRulebook(Shipped.checked().rulebook().orElseThrow());
        int asked = 0;
        for (String decision : Shipped.decisions()) {
            Plan plan = Plan.of(
                    Shipped.checked().rulebook().orElseThrow(),
                    Shipped.plan(decision).decision());
            for (Scenario scenario : Shipped.scenarios(decision)) {
                var facts = FactReader.read(plan, scenario.facts()).facts();
                var answer = Answers.answer(
                        plan,
                        Shipped.checked().sources(),
                        facts,
                        scenario.asOf(),
                        Interpreter.reason(plan, facts, scenario.asOf()));
                bytes.write(JsonWriter.write(
                        AnswerForm.of(Optional.empty(), answer, Instant.EPOCH, Map.of("digest", digest))));
                bytes.write("\n".getBytes(StandardCharsets.UTF_8));
                asked++;
            }
        }
        assertThat(asked).isGreaterThan(160);
        return bytes.toByteArray();
    }
}
