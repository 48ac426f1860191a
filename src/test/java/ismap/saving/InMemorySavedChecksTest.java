package ismap.saving;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("core")
class InMemorySavedChecksTest extends SavedChecksContract {

    private final SavedChecks checks = new InMemorySavedChecks();

    @Override
    protected SavedChecks checks() {
        return checks;
    }

    @Test
    void aCodeHasEightyBitsInLettersThatAreNotTakenForOneAnother() {
        byte[] random = {0, 17, 34, 51, 68, 85, 102, 119, -120, -103};
        assertThat(Code.of(random).shown()).isEqualTo("008J-4CT4-ANK7-F24S");
    }

    @ParameterizedTest
    @ValueSource(strings = {"008J-4CT4-ANK7-F24S", "oo8j 4ct4 ank7 f24s", "ＯＯ８Ｊ－４ＣＴ４－ＡＮＫ７－Ｆ２４Ｓ", " 008J4CT4ANK7F24S "})
    void aCodeIsReadAsPeopleCopyIt(String typed) {
        assertThat(Code.read(typed)).contains(new Code("008J4CT4ANK7F24S"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "008J-4CT4-ANK7", "008J-4CT4-ANK7-F24U", "008J-4CT4-ANK7-F24S-0"})
    void whatIsNoCodeIsNotTriedAsOne(String typed) {
        assertThat(Code.read(typed)).isEmpty();
    }
}
