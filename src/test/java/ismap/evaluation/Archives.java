package ismap.evaluation;

import ismap.ledger.InMemoryLedger;
import ismap.revision.RevisionStore;
import ismap.rulebook.LoadedRulebook;
import ismap.rulebook.RuleCompiler;
import ismap.rulebook.RulebookFiles;
import ismap.rulebook.SourceMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Archives of a test. */
public final class Archives {

    private Archives() {}

    public static Archive of(
            InMemoryLedger ledger,
            RevisionStore store,
            Function<RulebookFiles, LoadedRulebook> reader,
            RuleCompiler compiler) {
        return new Archive(
                ledger, ledger, ledger, store, new Revisions(store, reader, compiler), (decision, revision, what) -> {
                    throw new AssertionError(decision + ": " + what);
                });
    }

    /** Where no revision can be read: for tests that decide nothing again. */
    public static Archive unreadable(InMemoryLedger ledger, RevisionStore store) {
        return of(
                ledger,
                store,
                files -> new LoadedRulebook(Optional.empty(), new SourceMap(Map.of()), List.of()),
                new SmallRulebook.InterpretingCompiler());
    }
}
