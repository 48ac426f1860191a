package ismap.app;

import static org.assertj.core.api.Assertions.assertThat;

import ismap.postgres.DatabaseSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code config} shows every setting, and no secret. */
@Tag("core")
class ConfigTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void everySettingIsShownAndIsInTheDocument() throws IOException {
        assertThat(config(Map.of())).isZero();

        String document = Files.readString(Path.of("docs", "operation.md"));
        assertThat(names()).hasSizeGreaterThan(15).allSatisfy(name -> {
            assertThat(shown()).contains(name);
            assertThat(document).contains(name.replaceFirst("_(PASSWORD)$", ""));
        });
        assertThat(shown()).contains("8080", "127.0.0.1", "data/signing-key");
    }

    @Test
    void whatIsSetTakesThePlaceOfWhatHoldsOtherwise() {
        config(Map.of("ISMAP_PORT", "9090", "ISMAP_DATA_DIR", "/srv/ismap"));

        assertThat(line("ISMAP_PORT ")).contains("set", "9090").doesNotContain("8080");
        assertThat(line("ISMAP_SIGNING_KEY")).contains("default", "/srv/ismap/signing-key");
    }

    @Test
    void noSecretIsShown() {
        config(Map.of(
                "ISMAP_ADMIN_TOKEN", "hush-1",
                "ISMAP_SELF_CHECK_KEY", "hush-2",
                "ISMAP_TOKEN", "hush-3",
                "ISMAP_DATASOURCE_URL", "jdbc:postgresql://me:hush-4@db/ismap?password=hush-5&sslmode=require",
                "ISMAP_DATASOURCE_USERNAME", "ismap_service",
                "ISMAP_DATASOURCE_PASSWORD", "hush-6",
                "ISMAP_MIGRATION_USERNAME", "ismap_owner",
                "ISMAP_MIGRATION_PASSWORD", "hush-7"));

        assertThat(shown()).contains("ismap_service", "sslmode=require").doesNotContain("hush");
        assertThat(err.toString(StandardCharsets.UTF_8)).doesNotContain("hush");
        assertThat(line("ISMAP_ADMIN_TOKEN")).contains("set", "****");
    }

    @Test
    void whatCannotBeAndWhatIsMisspeltAreFindings() {
        assertThat(config(Map.of("ISMAP_PORT", "many", "ISMAP_OPERATER_NAME", "x", "ISMAP_DATABASE_PORT", "-1")))
                .isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("ISMAP_PORT", "ISMAP_OPERATER_NAME", "ISMAP_DATABASE_PORT");
        assertThat(config(Map.of(), "--production")).isEqualTo(1);
        assertThat(config(Map.of(), "--prod")).isEqualTo(2);
    }

    private static List<String> names() {
        return Stream.of(Settings.class, DatabaseSettings.class)
                .flatMap(type -> Stream.of(type.getDeclaredFields()))
                .map(ConfigTest::constant)
                .filter(name -> name.startsWith("ISMAP_"))
                .toList();
    }

    private static String constant(Field field) {
        if (!field.getType().equals(String.class) || !java.lang.reflect.Modifier.isStatic(field.getModifiers())) {
            return "";
        }
        try {
            field.setAccessible(true);
            return String.valueOf(field.get(null));
        } catch (IllegalAccessException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private int config(Map<String, String> environment, String... args) {
        return new Config(
                        environment,
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8))
                .run(List.of(args));
    }

    private String shown() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String line(String name) {
        return shown().lines().filter(line -> line.startsWith(name)).findFirst().orElseThrow();
    }
}
