package ismap.evaluation;

import ismap.decision.Bilingual;
import ismap.decision.Problem;
import ismap.ledger.StorageUnavailable;
import ismap.revision.NewRevision;
import ismap.revision.RevisionStore;
import ismap.revision.StoredRevision;
import ismap.rulebook.Digests;
import ismap.rulebook.LoadedRulebook;
import ismap.rulebook.Plan;
import ismap.rulebook.RuleCompiler;
import ismap.rulebook.RuleCompiler.CompiledRules;
import ismap.rulebook.Rulebook;
import ismap.rulebook.RulebookFiles;
import ismap.rulebook.SourceMap;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Every revision, ready to decide: read and compiled from its files when somebody asks for it, once for each content, whatever the
 * revisions are called. What somebody decides with stays; of the rest few stay, and the one that was not asked for longest is closed first.
 * Safe for many threads; who ask for the same content at once wait for one compilation.
 */
public final class Revisions implements AutoCloseable {

    /** So many stay compiled though nobody decides with them. */
    public static final int KEPT = 4;

    private static final int REMEMBERED = 1000;

    private final RevisionStore store;
    private final Function<RulebookFiles, LoadedRulebook> reader;
    private final RuleCompiler compiler;

    /** Published ones whose stored files were seen to be those that were published, by id. */
    private final Map<String, Name> verified = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Name> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** By the digest of the files, the one that was used longest ago first. */
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
        private final AtomicBoolean closed = new AtomicBoolean();

        Usable(ActiveRulebook rulebook, Runnable done) {
            this.rulebook = rulebook;
            this.done = done;
        }

        public ActiveRulebook rulebook() {
            return rulebook;
        }

        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                done.run();
            }
        }
    }

    /**
     * Nothing can be decided under it, and why.
     *
     * @param problems of its files, where they have some
     */
    public record Unusable(String code, Bilingual message, List<Problem> problems) implements Opened {
        public Unusable {
            problems = List.copyOf(problems);
        }

        Unusable(String code, Bilingual message) {
            this(code, message, List.of());
        }

        @Override
        public void close() {}
    }

    /** What a revision is called, apart from what it says. {@code digest} is empty where it is still to be taken. */
    private record Name(String id, Optional<String> digest, String filesDigest, Instant publishedAt) {
        static Name of(StoredRevision revision) {
            return new Name(
                    revision.id(), Optional.of(revision.digest()), revision.filesDigest(), revision.publishedAt());
        }

        ActiveRulebook called(Compiled compiled) {
            return new ActiveRulebook(
                    id,
                    digest.orElseGet(() -> Digests.ofRulebook(compiled.rulebook)),
                    publishedAt,
                    compiled.rulebook,
                    compiled.sources,
                    compiled.plans,
                    compiled.rules);
        }
    }

    private record Compiled(Rulebook rulebook, SourceMap sources, Map<String, Plan> plans, CompiledRules rules) {}

    /** Either what was compiled, or what is wrong with the files. */
    private record Made(Optional<Compiled> compiled, List<Problem> problems) {}

    private static final class Entry {
        private final FutureTask<Made> made;
        private int users;
        private boolean dropped;

        private Entry(FutureTask<Made> made) {
            this.made = made;
        }
    }

    /**
     * A published one.
     *
     * @throws StorageUnavailable where the database cannot be asked
     */
    public Opened open(String id) {
        Optional<Usable> ready = ready(id);
        if (ready.isPresent()) {
            return ready.get();
        }
        return store.find(id).map(this::open).orElseGet(() -> Timeline.unknown(id));
    }

    /** A published one where it is compiled already; asks no database and waits for nobody. */
    public Optional<Usable> ready(String id) {
        Name name;
        Entry entry;
        synchronized (this) {
            name = verified.get(id);
            entry = name == null ? null : entries.get(name.filesDigest());
            if (name == null || entry == null || !entry.made.isDone()) {
                return Optional.empty();
            }
            entry.users++;
        }
        return opened(name, entry) instanceof Usable usable ? Optional.of(usable) : Optional.empty();
    }

    /** As it is stored; that its files are those that were published is seen to every time. */
    public Opened open(StoredRevision revision) {
        var files = new RulebookFiles(revision.files());
        return open(revision, () -> reader.apply(files));
    }

    /** @param loaded gives what its files say */
    Opened open(StoredRevision revision, Supplier<LoadedRulebook> loaded) {
        // The digest over the canonical form is not asked for: a later service may have another form for the same
        // rulebook.
        if (!Digests.ofFiles(new RulebookFiles(revision.files())).equals(revision.filesDigest())) {
            return new Unusable(
                    "REVISION_ALTERED",
                    new Bilingual(
                            "改定版 %s の保存されたファイルは、公表時のものと一致しません。".formatted(revision.id()),
                            "The stored files of revision %s are not those that were published."
                                    .formatted(revision.id())));
        }
        Name name = Name.of(revision);
        synchronized (this) {
            verified.put(name.id(), name);
        }
        return opened(name, enter(name.filesDigest(), loaded));
    }

    /** One that is not published. */
    public Opened open(NewRevision draft) {
        var files = new RulebookFiles(draft.files());
        String filesDigest = Digests.ofFiles(files);
        return opened(
                new Name(draft.id(), Optional.empty(), filesDigest, Instant.MAX),
                enter(filesDigest, () -> reader.apply(files)));
    }

    private Opened opened(Name name, Entry entry) {
        boolean usable = false;
        try {
            entry.made.run(); // does nothing where it has run, or is running
            Made made = made(entry);
            usable = made.compiled().isPresent();
            return usable
                    ? new Usable(name.called(made.compiled().get()), () -> leave(name.filesDigest(), entry))
                    : unreadable(name.id(), made.problems());
        } finally {
            if (!usable) {
                forget(name.filesDigest(), entry);
                leave(name.filesDigest(), entry);
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
            throw new IllegalStateException("a revision cannot be made ready", failed.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private synchronized Entry enter(String filesDigest, Supplier<LoadedRulebook> loaded) {
        Entry entry =
                entries.computeIfAbsent(filesDigest, digest -> new Entry(new FutureTask<>(() -> make(loaded.get()))));
        entry.users++;
        return entry;
    }

    private synchronized void forget(String filesDigest, Entry entry) {
        entries.remove(filesDigest, entry);
        entry.dropped = true;
    }

    private void leave(String filesDigest, Entry entry) {
        var idle = new ArrayList<Entry>();
        synchronized (this) {
            entry.users--;
            if (entry.dropped && entry.users == 0) {
                idle.add(entry);
            }
            entries.get(filesDigest); // it was used just now
            idle.addAll(tooMany());
        }
        idle.forEach(Revisions::closeRules);
    }

    private List<Entry> tooMany() {
        List<Entry> idle =
                entries.values().stream().filter(each -> each.users == 0).toList();
        List<Entry> gone = idle.subList(0, Math.max(0, idle.size() - KEPT));
        gone.forEach(each -> each.dropped = true);
        entries.values().removeAll(gone);
        return gone;
    }

    private static void closeRules(Entry entry) {
        try {
            made(entry).compiled().ifPresent(compiled -> compiled.rules().close());
        } catch (RuntimeException neverMade) {
            // There is nothing to close.
        }
    }

    private Made make(LoadedRulebook loaded) {
        return new Made(
                loaded.rulebook().map(rulebook -> {
                    var plans = ActiveRulebook.plans(rulebook);
                    return new Compiled(rulebook, loaded.sources(), plans, compiler.compile(plans));
                }),
                loaded.rulebook().isPresent() ? List.of() : loaded.problems());
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
                                .strip()),
                problems);
    }

    /** Closes what nobody uses now, and the rest when its last user is done. */
    @Override
    public void close() {
        List<Entry> idle;
        synchronized (this) {
            entries.values().forEach(entry -> entry.dropped = true);
            idle = entries.values().stream().filter(entry -> entry.users == 0).toList();
            entries.clear();
        }
        idle.forEach(Revisions::closeRules);
    }
}
