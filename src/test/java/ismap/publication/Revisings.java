package ismap.publication;

import ismap.drools.DroolsCompiler;
import ismap.revision.InMemoryRevisionLog;
import ismap.revision.InMemoryRevisionStore;
import ismap.rulebook.LoadedRulebook;
import ismap.rulebook.RulebookFiles;
import ismap.rulebook.SourceMap;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The lives of revisions, for tests of other things. */
public final class Revisings {

    private Revisings() {}

    /** Where there are none, and nothing can be read. */
    public static Revising none() {
        var store = new InMemoryRevisionStore(() -> Instant.EPOCH);
        var log = new InMemoryRevisionLog(store, () -> Instant.EPOCH);
        var history = new RevisionHistory(log, store, 1);
        var check = new CheckRulebook(Revisings::nothing, files -> Map.of());
        var drafting = new Drafting(history, log, store, check, any -> Optional.empty(), () -> "none");
        return new Revising(
                history,
                drafting,
                new Rebasing(history, store, drafting, (path, base, inForce, draft) -> Optional.empty()),
                new Checking(
                        history,
                        log,
                        store,
                        check,
                        EngineChecks.of(new DroolsCompiler()),
                        Duration.ofMinutes(1),
                        (id, failure) -> {}),
                new Publishing(history, log, store, Revisings::nothing, new Activations(), () -> "none"),
                (path, workbook, problems) -> workbook);
    }

    private static LoadedRulebook nothing(RulebookFiles files) {
        return new LoadedRulebook(Optional.empty(), new SourceMap(Map.of()), List.of());
    }
}
