package ismap.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("core")
class SettingsTest {

    @Test
    void withoutSettingsItListensOnTheLoopbackAddressAndRecordsForNobody() {
        Settings.Read read = Settings.from(Map.of(), false);
        assertThat(read.refused()).isEmpty();
        assertThat(read.settings().api().host()).isEqualTo("127.0.0.1");
        assertThat(read.settings().api().port()).isEqualTo(8080);
        assertThat(read.settings().api().adminToken()).isEmpty();
    }

    @Test
    void aBlankSettingIsNone() {
        Settings.Read read = Settings.from(Map.of("ISMAP_ADMIN_TOKEN", " ", "ISMAP_PORT", ""), false);
        assertThat(read.settings().api().adminToken()).isEmpty();
        assertThat(read.refused()).isEmpty();
    }

    @Test
    void allSettingsThatCannotBeAreNamedAtOnce() {
        assertThat(Settings.from(Map.of("ISMAP_PORT", "80x", "ISMAP_SELF_CHECK_PER_SECOND", "0"), false)
                        .refused())
                .hasSize(2)
                .anySatisfy(sentence -> assertThat(sentence.en()).contains("ISMAP_PORT", "80x"));
    }

    @Test
    void productionNeedsAnOperatorAndRefusesAFolder() {
        assertThat(Settings.from(Map.of("ISMAP_RULEBOOK_DIR", "."), true).refused())
                .hasSize(2);
        assertThat(Settings.from(Map.of("ISMAP_OPERATOR_NAME", "A", "ISMAP_OPERATOR_CONTACT", "b"), true)
                        .refused())
                .isEmpty();
    }

    @Test
    void theTokenDoesNotShow() {
        assertThat(Settings.from(Map.of("ISMAP_ADMIN_TOKEN", "secret"), false)
                        .settings()
                        .toString())
                .doesNotContain("secret");
    }
}
