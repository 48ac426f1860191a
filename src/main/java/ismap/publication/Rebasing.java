package ismap.publication;

import ismap.decision.Bilingual;
import ismap.decision.Place;
import ismap.decision.Problem;
import ismap.publication.Drafting.Edit;
import ismap.revision.Revision;
import ismap.revision.RevisionStore;
import ismap.revision.StoredRevision;
import ismap.rulebook.Digests;
import ismap.rulebook.RulebookFiles;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Moves a draft on to the revision that is in force: what it did not touch follows, what both changed is merged, or listed for a person. */
public final class Rebasing {

    private final RevisionHistory history;
    private final RevisionStore revisions;
    private final Drafting drafting;
    private final FileMerge merge;

    public Rebasing(RevisionHistory history, RevisionStore revisions, Drafting drafting, FileMerge merge) {
        this.history = history;
        this.revisions = revisions;
        this.drafting = drafting;
        this.merge = merge;
    }

    /**
     * @param followed paths that are as in the new base; where the draft had not changed them, but the new base had
     * @param merged paths that both had changed, and that hold both changes now
     * @param conflicts what both changed otherwise; there, the new base stands
     */
    public record Rebased(Revision revision, List<String> followed, List<String> merged, List<Problem> conflicts) {
        public Rebased {
            followed = List.copyOf(followed);
            merged = List.copyOf(merged);
            conflicts = List.copyOf(conflicts);
        }
    }

    public Revised<Rebased> rebase(String id, String editor, OptionalInt seen) {
        Optional<StoredRevision> onto = revisions.inForce();
        Optional<Revision> found = history.revision(id);
        if (onto.isEmpty() || found.isEmpty()) {
            return new Revised.Unknown<>();
        }
        if (found.get() instanceof Revision.Open && found.get().life().base().equals(onto.map(StoredRevision::id))) {
            boolean stale =
                    seen.isPresent() && seen.getAsInt() != found.get().life().version();
            return stale
                    ? new Revised.Stale<>(found.get().life().version())
                    : new Revised.Done<>(new Rebased(found.get(), List.of(), List.of(), List.of()));
        }
        var outcome = new ArrayList<Merge>();
        Revised<Revision> rebased = drafting.edit(id, editor, seen, draft -> {
            SortedMap<String, byte[]> before = draft.life()
                    .base()
                    .flatMap(revisions::find)
                    .map(StoredRevision::files)
                    .orElseGet(Collections::emptySortedMap);
            var merged = new Merge();
            merged.all(before, onto.get().files(), history.files(draft));
            outcome.clear();
            outcome.add(merged);
            SortedMap<String, byte[]> files = merged.files;
            Map<String, byte[]> contents = Sha256.contents(files);
            return Edit.of(
                    draft.rebase(onto.get().id(), Sha256.byPath(files), Digests.ofFiles(new RulebookFiles(files))),
                    contents);
        });
        return rebased.as(new Drafting.Passed<>() {
            @Override
            public Revised<Rebased> done(Revision revision) {
                Merge merged = outcome.get(0);
                return new Revised.Done<>(new Rebased(revision, merged.followed, merged.merged, merged.conflicts));
            }
        });
    }

    private final class Merge {
        private final SortedMap<String, byte[]> files = new TreeMap<>();
        private final List<String> followed = new ArrayList<>();
        private final List<String> merged = new ArrayList<>();
        private final List<Problem> conflicts = new ArrayList<>();

        void all(SortedMap<String, byte[]> before, SortedMap<String, byte[]> onto, SortedMap<String, byte[]> draft) {
            var paths = new TreeSet<>(onto.keySet());
            paths.addAll(draft.keySet());
            for (String path : paths) {
                one(path, before.get(path), onto.get(path), draft.get(path));
            }
        }

        private void one(String path, byte @Nullable [] before, byte @Nullable [] onto, byte @Nullable [] draft) {
            if (Arrays.equals(draft, before) || Arrays.equals(draft, onto)) {
                put(path, onto);
                if (!Arrays.equals(before, onto)) {
                    followed.add(path);
                }
            } else if (Arrays.equals(before, onto)) {
                put(path, draft);
            } else {
                both(path, before, onto, draft);
            }
        }

        private void both(String path, byte @Nullable [] before, byte @Nullable [] onto, byte @Nullable [] draft) {
            Optional<FileMerge.Merged> result = before == null || onto == null || draft == null
                    ? Optional.empty()
                    : merge.merge(path, before, onto, draft);
            if (result.isPresent()) {
                files.put(path, result.get().content());
                merged.add(path);
                conflicts.addAll(result.get().conflicts());
            } else {
                put(path, onto);
                conflicts.add(changedTwice(path, draft));
            }
        }

        private void put(String path, byte @Nullable [] content) {
            if (content != null) {
                files.put(path, content);
            }
        }
    }

    private static Problem changedTwice(String path, byte @Nullable [] draft) {
        return Problem.warning(
                        "FILE_CHANGED_TWICE",
                        new Place.Cell(path, "", ""),
                        new Bilingual(
                                "%s は、この草案と公表された改定版の両方で変更されており、自動では合わせられません。公表されたものを残しました。".formatted(path),
                                "%s was changed both here and in the published revision and cannot be merged. The published one stands."
                                        .formatted(path)),
                        new Bilingual(
                                "…/files/{path}?version=n で前の内容を取り出し、必要な変更を書き直してください。",
                                "Get what it was by …/files/{path}?version=n, and make the change again where it is needed."))
                .value(draft == null ? "" : Sha256.of(draft));
    }
}
