package ismap.revision;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Revisions to try a store with. */
public final class NewRevisions {
    private NewRevisions() {}

    public static NewRevision some() {
        return withId("r-" + UUID.randomUUID());
    }

    public static NewRevision withId(String id) {
        return new NewRevision(
                id,
                "sha256:0a",
                "sha256:0b",
                "初版",
                new TreeMap<>(Map.of(
                        "parameters.xlsx", new byte[] {80, 75, 3, 4, 0, -1},
                        "rules/common.drl", "package ismap".getBytes(UTF_8),
                        "判定.xlsx", new byte[0])));
    }
}
