package ismap.saving;

import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps self-checks for as long as a test runs. */
public final class InMemorySavedChecks implements SavedChecks {

    private final Map<String, byte[]> kept = new ConcurrentHashMap<>();

    @Override
    public void keep(byte[] hash, byte[] sealed) {
        kept.put(HexFormat.of().formatHex(hash), sealed.clone());
    }

    @Override
    public Optional<byte[]> find(byte[] hash) {
        return Optional.ofNullable(kept.get(HexFormat.of().formatHex(hash)));
    }

    @Override
    public boolean delete(byte[] hash) {
        return kept.remove(HexFormat.of().formatHex(hash)) != null;
    }
}
