package ismap.access;

import java.time.Instant;

final class InMemoryTokensTest extends TokensContract {

    private final Tokens tokens = new InMemoryTokens(Instant::now);

    @Override
    protected Tokens tokens() {
        return tokens;
    }

    @Override
    protected Instant now() {
        return Instant.now();
    }
}
