package ismap.saving;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What every keeper of self-checks does, seen through the codes of their owners. */
public abstract class SavedChecksContract {

    private static final byte[] ANSWERS = "liu-qualification\n{\"facts\":{}}".getBytes(StandardCharsets.UTF_8);

    private final SecureRandom random = new SecureRandom();

    protected abstract SavedChecks checks();

    private SavedAnswers saved() {
        return new SavedAnswers(checks(), number -> {
            byte[] bytes = new byte[number];
            random.nextBytes(bytes);
            return bytes;
        });
    }

    @Test
    void whatIsSavedIsFoundByItsCodeAloneUntilItIsDeleted() {
        Code code = saved().save(ANSWERS).orElseThrow();
        Code other = saved().save("another".getBytes(StandardCharsets.UTF_8)).orElseThrow();

        assertThat(saved().find(code)).contains(ANSWERS);
        assertThat(saved().find(Code.of(new byte[Code.BYTES]))).isEmpty();
        assertThat(saved().delete(code)).isTrue();
        assertThat(saved().find(code)).isEmpty();
        assertThat(saved().delete(code)).isFalse();
        assertThat(saved().find(other)).isPresent();
    }

    @Test
    void neitherTheCodeNorTheAnswersAreKept() {
        var kept = new AtomicReference<byte[]>();
        SavedChecks watched = new SavedChecks() {
            @Override
            public void keep(byte[] hash, byte[] sealed) {
                checks().keep(hash, sealed);
                kept.set((new String(hash, StandardCharsets.ISO_8859_1)
                                + new String(sealed, StandardCharsets.ISO_8859_1))
                        .getBytes(StandardCharsets.ISO_8859_1));
            }

            @Override
            public Optional<byte[]> find(byte[] hash) {
                return checks().find(hash);
            }

            @Override
            public boolean delete(byte[] hash) {
                return checks().delete(hash);
            }
        };
        Code code = new SavedAnswers(watched, number -> {
                    byte[] bytes = new byte[number];
                    random.nextBytes(bytes);
                    return bytes;
                })
                .save(ANSWERS)
                .orElseThrow();

        assertThat(new String(kept.get(), StandardCharsets.ISO_8859_1))
                .doesNotContain(code.text(), code.shown(), "facts", "liu");
    }

    @Test
    void moreThanCanBeKeptIsRefused() {
        assertThat(saved().save(new byte[SavedChecks.LARGEST])).isEmpty();
    }
}
