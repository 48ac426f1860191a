package ismap.publication;

import ismap.analysis.Diff;
import ismap.decision.Problem;
import ismap.evaluation.Impact;
import ismap.revision.Candidates;
import ismap.revision.NewRevision;
import ismap.revision.RevisionStore;
import ismap.revision.StoredRevision;
import ismap.rulebook.Digests;
import ismap.rulebook.RulebookFiles;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Compares revisions of a database. What was read and compared is kept for a while: a published revision never changes, and a draft is known
 * by its bytes. Safe for many threads; one comparison is made at a time. Its methods throw {@link ismap.ledger.StorageUnavailable} where the
 * database cannot be asked.
 */
public final class RevisionComparisons {

    /** So many requests are asked of each decision; who wants to know more has the command line. */
    public static final int BUDGET = 4_000;

    private static final int KEPT = 6;

    private final CheckRulebook check;
    private final RevisionStore store;
    private final Optional<Candidates> candidates;
    private final Map<String, CheckedRulebook> read = new Lru<>();
    private final Map<String, Diff> diffs = new Lru<>();

    private static final class Lru<T> extends LinkedHashMap<String, T> {
        private static final long serialVersionUID = 1L;

        Lru() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, T> eldest) {
            return size() > KEPT;
        }
    }

    /** Of published revisions alone. */
    public RevisionComparisons(CheckRulebook check, RevisionStore store) {
        this.check = check;
        this.store = store;
        this.candidates = Optional.empty();
    }

    public RevisionComparisons(CheckRulebook check, RevisionStore store, Candidates candidates) {
        this.check = check;
        this.store = store;
        this.candidates = Optional.of(candidates);
    }

    /** @param published whether anybody may see it */
    public record Revision(String id, boolean published, String filesDigest, SortedMap<String, byte[]> files) {}

    /** Empty where there is none of that id. */
    public Optional<Revision> find(String id) {
        Optional<StoredRevision> stored = store.find(id);
        if (stored.isPresent()) {
            return stored.map(
                    found -> new Revision(found.id(), true, Digests.ofFiles(filesOf(found.files())), found.files()));
        }
        Optional<NewRevision> candidate = candidates.flatMap(drafts -> drafts.find(id));
        return candidate.map(
                found -> new Revision(found.id(), false, Digests.ofFiles(filesOf(found.files())), found.files()));
    }

    /** What came of comparing: a difference, or why there is none. */
    public record Compared(Optional<Diff> diff, List<Problem> problems) {
        public Compared {
            problems = List.copyOf(problems);
        }
    }

    public synchronized Compared compare(Revision before, Revision after) {
        CheckedRulebook old = checked(before);
        CheckedRulebook now = checked(after);
        if (old.rulebook().isEmpty() || now.rulebook().isEmpty()) {
            CheckedRulebook wrong = old.rulebook().isEmpty() ? old : now;
            return new Compared(
                    Optional.empty(),
                    wrong.problems().stream().filter(Problem::isError).toList());
        }
        return new Compared(
                Optional.of(diffs.computeIfAbsent(
                        before.filesDigest() + after.filesDigest(),
                        any -> Comparison.of(old, now, BUDGET, done -> {}))),
                List.of());
    }

    /**
     * What the revision in force would decide.
     *
     * @param answers empty where it cannot be read any more
     */
    public record Successor(String id, Optional<Impact> answers) {}

    /** The revision in force, which follows all others; empty where it is this one. */
    public Optional<Successor> successorOf(String id) {
        return store.inForce().filter(inForce -> !inForce.id().equals(id)).map(inForce -> {
            CheckedRulebook checked = checked(
                    new Revision(inForce.id(), true, Digests.ofFiles(filesOf(inForce.files())), inForce.files()));
            return new Successor(inForce.id(), checked.rulebook().map(any -> new Impact(checked.plans())));
        });
    }

    private synchronized CheckedRulebook checked(Revision revision) {
        return read.computeIfAbsent(revision.filesDigest(), any -> check.check(filesOf(revision.files())));
    }

    private static RulebookFiles filesOf(SortedMap<String, byte[]> files) {
        return new RulebookFiles(files);
    }
}
