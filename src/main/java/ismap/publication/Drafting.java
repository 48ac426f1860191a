package ismap.publication;

import ismap.decision.Bilingual;
import ismap.decision.Place;
import ismap.decision.Problem;
import ismap.revision.NewEvent;
import ismap.revision.RecordedEvent;
import ismap.revision.Refusals;
import ismap.revision.Revision;
import ismap.revision.Revision.Open;
import ismap.revision.RevisionEvent;
import ismap.revision.RevisionLog;
import ismap.revision.RevisionStore;
import ismap.revision.StoredRevision;
import ismap.rulebook.Digests;
import ismap.rulebook.RulebookFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Supplier;

/** Writing a revision: a draft that copies a published one, file by file. It keeps every file, whatever is wrong with it. */
public final class Drafting {

    /** Where nobody said which version they saw, their edit goes on top of whatever others did meanwhile. */
    private static final int TRIES = 10;

    private final RevisionHistory history;
    private final RevisionLog log;
    private final RevisionStore revisions;
    private final CheckRulebook check;
    private final Function<byte[], Optional<String>> stamps;
    private final Supplier<String> ids;

    /** Reading a whole rulebook takes a processor for a second or two; whoever decides must not wait for editors. */
    private final Semaphore reading = new Semaphore(2, true);

    /**
     * @param stamps the path that a workbook says of itself; empty for what says nothing, and for any other bytes
     * @param ids new ones, each time
     */
    public Drafting(
            RevisionHistory history,
            RevisionLog log,
            RevisionStore revisions,
            CheckRulebook check,
            Function<byte[], Optional<String>> stamps,
            Supplier<String> ids) {
        this.history = history;
        this.log = log;
        this.revisions = revisions;
        this.check = check;
        this.stamps = stamps;
        this.ids = ids;
    }

    /**
     * A file as it was stored.
     *
     * @param problems of this file
     * @param others how many errors there are elsewhere in the draft
     */
    public record Stored(Revision revision, String path, List<Problem> problems, int others) {
        public Stored {
            problems = List.copyOf(problems);
        }
    }

    /** @param base a published revision; empty for the one in force */
    public Revised<Revision> create(Optional<String> base, String note, String editor) {
        Optional<StoredRevision> from = base.isPresent() ? revisions.find(base.get()) : revisions.inForce();
        if (from.isEmpty()) {
            return new Revised.Wrong<>(List.of(baseUnknown(base.orElse(""))));
        }
        SortedMap<String, byte[]> files = from.get().files();
        var created = new RevisionEvent.Created(
                Optional.of(from.get().id()),
                note,
                Sha256.byPath(files),
                Digests.ofFiles(new RulebookFiles(files)),
                Optional.empty());
        String id = ids.get();
        RecordedEvent recorded = log.append(new NewEvent(id, 1, editor, created), Sha256.contents(files))
                .orElseThrow(() -> new IllegalStateException("revision %s exists".formatted(id)));
        return new Revised.Done<>(Revision.of(List.of(recorded), history.approvalsNeeded()));
    }

    /**
     * Stores a file byte for byte, whatever is wrong with it, and says what is.
     *
     * @param named how its sender calls it; see {@link FilePaths}
     * @param seen the version that the editor worked on, where they say so
     * @param look whether to say what is wrong with it; whoever hands in many files looks at the end
     */
    public Revised<Stored> put(String id, String named, byte[] content, String editor, OptionalInt seen, boolean look) {
        var placed = new ArrayList<FilePaths.Found>();
        var after = new TreeMap<String, byte[]>();
        Revised<Revision> edited = edit(id, editor, seen, draft -> {
            SortedMap<String, byte[]> files = history.files(draft);
            FilePaths.Result place = FilePaths.of(named, stamps.apply(content), others(files, named, content));
            if (place instanceof FilePaths.Result.Nowhere nowhere) {
                return Edit.wrong(nowhere.why());
            }
            FilePaths.Found found = ((FilePaths.Result.At) place).found();
            after.clear();
            after.putAll(files);
            after.put(found.path(), content);
            Optional<Problem> tooMuch = tooMuch(found.path(), after);
            if (tooMuch.isPresent()) {
                return Edit.wrong(tooMuch.get());
            }
            placed.clear();
            placed.add(found);
            String sha256 = Sha256.of(content);
            return Edit.of(
                    draft.put(found.path(), sha256, content.length, Digests.ofFiles(new RulebookFiles(after))),
                    Map.of(sha256, content));
        });
        return edited.as(new Passed<>() {
            @Override
            public Revised<Stored> done(Revision revision) {
                FilePaths.Found found = placed.get(0);
                return new Revised.Done<>(
                        look
                                ? stored(revision, found, new RulebookFiles(after))
                                : new Stored(revision, found.path(), found.said(), 0));
            }
        });
    }

    public Revised<Revision> remove(String id, String path, String editor, OptionalInt seen) {
        return edit(id, editor, seen, draft -> {
            if (!draft.life().files().containsKey(path)) {
                return Edit.unknown();
            }
            var after = new TreeMap<>(history.files(draft));
            after.remove(path);
            return Edit.of(draft.remove(path, Digests.ofFiles(new RulebookFiles(after))), Map.of());
        });
    }

    private Stored stored(Revision revision, FilePaths.Found found, RulebookFiles files) {
        List<Problem> all = problemsOf(files);
        var problems = new ArrayList<>(found.said());
        all.stream().filter(problem -> isIn(found.path(), problem)).forEach(problems::add);
        int others = (int) all.stream()
                .filter(Problem::isError)
                .filter(problem -> !isIn(found.path(), problem))
                .count();
        return new Stored(revision, found.path(), problems, others);
    }

    /** What is wrong with one file of a revision, as it is. */
    public List<Problem> problems(Revision revision, String path) {
        return problemsOf(new RulebookFiles(history.files(revision))).stream()
                .filter(problem -> isIn(path, problem))
                .toList();
    }

    private List<Problem> problemsOf(RulebookFiles files) {
        reading.acquireUninterruptibly();
        try {
            return check.check(files).problems();
        } finally {
            reading.release();
        }
    }

    static boolean isIn(String path, Problem problem) {
        return problem.places().stream()
                .anyMatch(place -> place instanceof Place.Cell cell
                        ? cell.workbook().equals(path)
                        : place instanceof Place.Line line && line.file().equals(path));
    }

    private FilePaths.Others others(SortedMap<String, byte[]> files, String named, byte[] content) {
        return new FilePaths.Others() {
            @Override
            public boolean has(String path) {
                return files.containsKey(path);
            }

            @Override
            public Optional<String> stampOf(String path) {
                return Optional.ofNullable(files.get(path)).flatMap(stamps);
            }

            @Override
            public boolean isAnotherOf(String path) {
                var both = new TreeMap<>(files);
                both.put(named, content);
                return problemsOf(new RulebookFiles(both)).stream()
                        .anyMatch(problem -> problem.code().equals("DECISION_NAME_DIFFERS")
                                && isIn(named, problem)
                                && path.equals(problem.value() + ".xlsx"));
            }
        };
    }

    /** What an edit comes to: an event, or why there is none. */
    record Edit(Optional<RevisionEvent> event, Map<String, byte[]> contents, Optional<Problem> why) {
        static Edit of(RevisionEvent event, Map<String, byte[]> contents) {
            return new Edit(Optional.of(event), contents, Optional.empty());
        }

        static Edit wrong(Problem why) {
            return new Edit(Optional.empty(), Map.of(), Optional.of(why));
        }

        static Edit unknown() {
            return new Edit(Optional.empty(), Map.of(), Optional.empty());
        }
    }

    Revised<Revision> edit(String id, String editor, OptionalInt seen, Function<Open, Edit> step) {
        int version = 0;
        for (int i = 0; i < TRIES; i++) {
            Optional<Revision> found = history.revision(id);
            if (found.isEmpty()) {
                return new Revised.Unknown<>();
            }
            version = found.get().life().version();
            if (!(found.get() instanceof Open draft)) {
                return new Revised.Refused<>(Refusals.publishedIsFinal(id));
            }
            if (seen.isPresent() && seen.getAsInt() != version) {
                return new Revised.Stale<>(version);
            }
            Edit edit = step.apply(draft);
            if (edit.event().isEmpty()) {
                return edit.why()
                        .<Revised<Revision>>map(why -> new Revised.Wrong<>(List.of(why)))
                        .orElseGet(Revised.Unknown::new);
            }
            Optional<RecordedEvent> recorded = log.append(
                    new NewEvent(id, version + 1, editor, edit.event().get()), edit.contents());
            if (recorded.isPresent()) {
                return new Revised.Done<>(history.after(draft, recorded.get()));
            }
        }
        return new Revised.Stale<>(version);
    }

    private static Optional<Problem> tooMuch(String path, SortedMap<String, byte[]> files) {
        long bytes =
                files.values().stream().mapToLong(content -> content.length).sum();
        if (files.size() <= RulebookFolder.MOST_FILES && bytes <= RulebookFolder.LARGEST_FOLDER) {
            return Optional.empty();
        }
        return Optional.of(Problem.error(
                        "DRAFT_TOO_LARGE",
                        new Place.Cell(path, "", ""),
                        new Bilingual("草案のファイルが多すぎるか、大きすぎます。", "The draft has too many files, or they are too large."),
                        new Bilingual("要らないファイルを DELETE で除いてください。", "DELETE the files that are not needed."))
                .expected("at most %d files of %d bytes"
                        .formatted(RulebookFolder.MOST_FILES, RulebookFolder.LARGEST_FOLDER)));
    }

    private static Problem baseUnknown(String base) {
        return Problem.error(
                        "BASE_UNKNOWN",
                        new Place.Pointer("/base"),
                        new Bilingual(
                                "公表された改定版「%s」はありません。".formatted(base),
                                "No revision \"%s\" is published.".formatted(base)),
                        new Bilingual(
                                "GET /api/v1/revisions にあるIDを指定するか、base を省いて施行中のものを基にしてください。",
                                "Give an id from GET /api/v1/revisions, or leave base out for the one in force."))
                .value(base)
                .expected("the id of a published revision");
    }

    /** Hands on all that is not done. */
    abstract static class Passed<T, R> implements Revised.Cases<T, Revised<R>> {
        @Override
        public Revised<R> unknown() {
            return new Revised.Unknown<>();
        }

        @Override
        public Revised<R> stale(int version) {
            return new Revised.Stale<>(version);
        }

        @Override
        public Revised<R> refused(List<Problem> problems) {
            return new Revised.Refused<>(problems);
        }

        @Override
        public Revised<R> wrong(List<Problem> problems) {
            return new Revised.Wrong<>(problems);
        }

        @Override
        public Revised<R> busy() {
            return new Revised.Busy<>();
        }
    }
}
