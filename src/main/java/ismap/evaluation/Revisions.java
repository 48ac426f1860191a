package ismap.evaluation;

import ismap.decision.Bilingual;
import ismap.decision.Problem;
import ismap.ledger.StorageUnavailable;
import ismap.revision.RevisionStore;
import ismap.revision.StoredRevision;
import ismap.rulebook.Digests;
import ismap.rulebook.LoadedRulebook;
import ismap.rulebook.RuleCompiler;
import ismap.rulebook.Rulebook;
import ismap.rulebook.RulebookFiles;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Function;

/**
 * Every published revision, ready to decide again: read and compiled from its stored files when somebody asks for it, the one in force as
 * well, so that what decides is what is stored. Few stay compiled; the one that was not asked for longest gives way, and is closed when
 * the last who decides with it is done. Safe for many threads; who ask for the same one at once wait for one compilation.
 */
public final class Revisions implements AutoCloseable {

    /** So many stay compiled. */
    public static final int KEPT = 4;

    private final RevisionStore store;
    private final Function<RulebookFiles, LoadedRulebook> reader;
    private final RuleCompiler compiler;
    private final Map<String, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

    /** @param reader reads and checks files; never throws for what they hold */
    public Revisions(RevisionStore store, Function<RulebookFiles, LoadedRulebook> reader, RuleCompiler compiler) {
        this.store = store;
        this.reader = reader;
        this.compiler = compiler;
    }

    /** What came of asking for a revision. Close it when done. */
    public sealed interface Opened extends AutoCloseable {
        @Override
        void close();
    }

    /** It stays usable until it is closed. */
    public static final class Usable implements Opened {
        private final ActiveRulebook rulebook;
        private final Runnable done;
        private boolean closed;

        private Usable(ActiveRulebook rulebook, Runnable done) {
            this.rulebook = rulebook;
            this.done = done;
        }

        public ActiveRulebook rulebook() {
            return rulebook;
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                done.run();
            }
        }
    }

    /** Nothing can be decided under it, and why. */
    public record Unusable(String code, Bilingual message) implements Opened {
        @Override
        public void close() {}
    }

    /** Either a rulebook that was compiled, or why there is none. */
    private record Made(Optional<ActiveRulebook> rulebook, Optional<Unusable> reason) {}

    private static final class Entry {
        private final FutureTask<Made> made;
        private int users;
        private boolean dropped;

        private Entry(FutureTask<Made> made) {
            this.made = made;
        }
    }

    /** @throws StorageUnavailable where the database cannot be asked */
    public Opened open(String id) {
        Entry entry = enter(id);
        boolean usable = false;
        try {
            entry.made.run(); // does nothing where it has run, or is running
            Made made = made(entry);
            usable = made.rulebook().isPresent();
            return usable
                    ? new Usable(made.rulebook().get(), () -> leave(entry))
                    : made.reason().orElseThrow();
        } finally {
            if (!usable) {
                forget(id, entry); // a store may be mended
                leave(entry);
            }
        }
    }

    private static Made made(Entry entry) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return entry.made.get();
                } catch (InterruptedException again) {
                    interrupted = true;
                }
            }
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof StorageUnavailable unavailable) {
                throw unavailable;
            }
            throw new IllegalStateException("a revision cannot be made ready", failed.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Entry enter(String id) {
        List<Entry> idle = new ArrayList<>();
        Entry entry;
        synchronized (this) {
            entry = entries.computeIfAbsent(id, name -> new Entry(new FutureTask<>(() -> make(name))));
            entry.users++;
            var eldest = entries.values().iterator();
            while (entries.size() > KEPT) {
                Entry old = eldest.next(); // never this one: it was asked for last
                eldest.remove();
                if (drop(old)) {
                    idle.add(old);
                }
            }
        }
        idle.forEach(Revisions::closeRules);
        return entry;
    }

    /** @return whether nobody uses it any more */
    private static boolean drop(Entry entry) {
        entry.dropped = true;
        return entry.users == 0;
    }

    private synchronized void forget(String id, Entry entry) {
        entries.remove(id, entry);
        entry.dropped = true;
    }

    private void leave(Entry entry) {
        boolean last;
        synchronized (this) {
            entry.users--;
            last = entry.dropped && entry.users == 0;
        }
        if (last) {
            closeRules(entry);
        }
    }

    private static void closeRules(Entry entry) {
        try {
            made(entry).rulebook().ifPresent(rulebook -> rulebook.rules().close());
        } catch (RuntimeException neverMade) {
            // There is nothing to close.
        }
    }

    private Made make(String id) {
        Optional<StoredRevision> stored = store.find(id);
        if (stored.isEmpty()) {
            return unusable(new Unusable(
                    "REVISION_UNKNOWN",
                    new Bilingual(
                            "改定版 %s は、このデータベースにありません。".formatted(id),
                            "There is no revision %s in this database.".formatted(id))));
        }
        StoredRevision revision = stored.get();
        var files = new RulebookFiles(revision.files());
        // The digest over the canonical form is not asked for: a later service may have another form for the same
        // rulebook.
        if (!Digests.ofFiles(files).equals(revision.filesDigest())) {
            return unusable(new Unusable(
                    "REVISION_ALTERED",
                    new Bilingual(
                            "改定版 %s の保存されたファイルは、公表時のものと一致しません。".formatted(id),
                            "The stored files of revision %s are not those that were published.".formatted(id))));
        }
        LoadedRulebook loaded = reader.apply(files);
        return loaded.rulebook()
                .map(rulebook -> new Made(Optional.of(compiled(revision, rulebook, loaded)), Optional.empty()))
                .orElseGet(() -> unusable(unreadable(id, loaded.problems())));
    }

    private ActiveRulebook compiled(StoredRevision revision, Rulebook rulebook, LoadedRulebook loaded) {
        return ActiveRulebook.compile(
                revision.id(), revision.digest(), revision.publishedAt(), rulebook, loaded.sources(), compiler);
    }

    private static Unusable unreadable(String id, List<Problem> problems) {
        Bilingual first = problems.stream()
                .filter(Problem::isError)
                .map(Problem::message)
                .findFirst()
                .orElse(Bilingual.EMPTY);
        return new Unusable(
                "REVISION_UNREADABLE",
                new Bilingual(
                        "この版のサービスでは、改定版 %s を読み込めません。%s".formatted(id, first.ja()),
                        "This version of the service cannot read revision %s. %s"
                                .formatted(id, first.en())
                                .strip()));
    }

    private static Made unusable(Unusable reason) {
        return new Made(Optional.empty(), Optional.of(reason));
    }

    /** Closes what nobody uses now, and the rest when its last user is done. */
    @Override
    public void close() {
        List<Entry> idle;
        synchronized (this) {
            idle = entries.values().stream().filter(Revisions::drop).toList();
            entries.clear();
        }
        idle.forEach(Revisions::closeRules);
    }
}
