package ismap.selfcheck;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("core")
class SealedTest {

    private static final byte[] PLAIN = "{\"facts\":{\"scheme\":\"ISMAP\"}}".getBytes(StandardCharsets.UTF_8);

    private final Sealed sealed = new Sealed(Optional.of("a secret of all instances"));

    @Test
    void whatIsSealedOpensForWhatItWasSealedForOnEveryInstance() {
        String text = sealed.seal(PLAIN, "one");
        assertThat(text).matches("[A-Za-z0-9_-]+");
        assertThat(new Sealed(Optional.of("a secret of all instances")).open(text, "one"))
                .contains(PLAIN);
    }

    @Test
    void nothingElseOpensIt() {
        String text = sealed.seal(PLAIN, "one");
        assertThat(sealed.open(text, "another")).isEmpty();
        assertThat(new Sealed(Optional.empty()).open(text, "one")).isEmpty();
        assertThat(sealed.open(
                        text.substring(0, 30) + (text.charAt(30) == 'A' ? 'B' : 'A') + text.substring(31), "one"))
                .isEmpty();
        assertThat(sealed.open("", "one")).isEmpty();
        assertThat(sealed.open("no base 64!", "one")).isEmpty();
    }

    @Test
    void theSameAnswersNeverLookTheSame() {
        assertThat(sealed.seal(PLAIN, "one")).isNotEqualTo(sealed.seal(PLAIN, "one"));
    }
}
