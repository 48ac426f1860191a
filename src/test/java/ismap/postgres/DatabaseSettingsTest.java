package ismap.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ismap.postgres.DatabaseSettings.Embedded;
import ismap.postgres.DatabaseSettings.Login;
import ismap.postgres.DatabaseSettings.Server;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("core")
final class DatabaseSettingsTest {
    private static final String URL = "jdbc:postgresql://db:5432/ismap";

    @Test
    void withoutAnySettingDataIsKeptBesideTheService() {
        assertThat(DatabaseSettings.from(Map.of()))
                .isEqualTo(new Embedded(Path.of("data").toAbsolutePath(), 0));
    }

    @Test
    void theEmbeddedOneTakesAFolderAndAPort() {
        assertThat(DatabaseSettings.from(Map.of("ISMAP_DATA_DIR", "/srv/ismap", "ISMAP_DATABASE_PORT", "5433")))
                .isEqualTo(new Embedded(Path.of("/srv/ismap"), 5433));
    }

    @Test
    void aServerHasAnOwnerOfItsSchemaBesideTheService() {
        assertThat(DatabaseSettings.from(Map.of(
                        "ISMAP_DATASOURCE_URL", URL,
                        "ISMAP_DATASOURCE_USERNAME", "service",
                        "ISMAP_DATASOURCE_PASSWORD", "s",
                        "ISMAP_MIGRATION_USERNAME", "owner",
                        "ISMAP_MIGRATION_PASSWORD", "o")))
                .isEqualTo(new Server(URL, new Login("service", "s"), new Login("owner", "o")));
    }

    @Test
    void whereThereIsOneRoleItDoesBoth() {
        var only = new Login("service", "s");

        assertThat(DatabaseSettings.from(Map.of(
                        "ISMAP_DATASOURCE_URL", URL,
                        "ISMAP_DATASOURCE_USERNAME", "service",
                        "ISMAP_DATASOURCE_PASSWORD", "s")))
                .isEqualTo(new Server(URL, only, only));
    }

    @Test
    void aPasswordIsNeverPrinted() {
        var settings = DatabaseSettings.from(Map.of(
                "ISMAP_DATASOURCE_URL", URL,
                "ISMAP_DATASOURCE_USERNAME", "service",
                "ISMAP_DATASOURCE_PASSWORD", "secret"));

        assertThat(settings.toString()).doesNotContain("secret");
    }

    @Test
    void aUserWithoutAServerIsRefused() {
        assertThatThrownBy(() -> DatabaseSettings.from(Map.of("ISMAP_DATASOURCE_USERNAME", "service")))
                .isInstanceOf(StorageRefused.class)
                .hasMessageContaining("ISMAP_DATASOURCE_URL");
    }

    @Test
    void aServerWithoutAUserIsRefused() {
        assertThatThrownBy(() -> DatabaseSettings.from(Map.of("ISMAP_DATASOURCE_URL", URL)))
                .isInstanceOf(StorageRefused.class)
                .hasMessageContaining("ISMAP_DATASOURCE_USERNAME");
    }

    @Test
    void anotherKindOfDatabaseIsRefused() {
        assertThatThrownBy(() -> DatabaseSettings.from(Map.of("ISMAP_DATASOURCE_URL", "jdbc:h2:mem:x")))
                .isInstanceOf(StorageRefused.class)
                .hasMessageContaining("jdbc:postgresql:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "-1", "65536", "99999999999"})
    void whatIsNoPortIsRefused(String port) {
        assertThatThrownBy(() -> DatabaseSettings.from(Map.of("ISMAP_DATABASE_PORT", port)))
                .isInstanceOf(StorageRefused.class)
                .hasMessageContaining(port);
    }
}
