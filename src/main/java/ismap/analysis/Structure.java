package ismap.analysis;

import ismap.analysis.Change.Cell;
import ismap.analysis.Change.Type;
import ismap.analysis.Parts.Key;
import ismap.analysis.Parts.Part;
import ismap.rulebook.Rulebook;
import ismap.rulebook.SourceMap;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is written otherwise in one rulebook than in another, part by part. */
final class Structure {

    private Structure() {}

    /** A list whose order may matter. */
    private record Group(PartKind kind, String decision, String name) {
        static Group of(Part part) {
            return new Group(part.key().kind(), part.key().decision(), part.group());
        }
    }

    /** By decision, what belongs to none last; then by kind; then as the sheets have it, what is gone where it stood. */
    static List<Change> between(Rulebook before, SourceMap beforeAt, Rulebook after, SourceMap afterAt) {
        Map<Key, Part> old = Parts.of(before, beforeAt);
        Map<Key, Part> now = Parts.of(after, afterAt);
        var changes = new ArrayList<Change>();
        for (Key key : inOrder(old.keySet(), now.keySet())) {
            change(Optional.ofNullable(old.get(key)), Optional.ofNullable(now.get(key)))
                    .ifPresent(changes::add);
        }
        changes.addAll(reordered(old, now));
        var decisions = new ArrayList<>(
                inOrder(before.decisions().keySet(), after.decisions().keySet()));
        decisions.add("");
        changes.sort(Comparator.<Change>comparingInt(change -> decisions.indexOf(change.decision()))
                .thenComparing(Change::kind));
        return List.copyOf(changes);
    }

    private static Optional<Change> change(Optional<Part> before, Optional<Part> after) {
        var cells = new ArrayList<Cell>();
        for (String name : inOrder(names(before), names(after))) {
            Cell cell = new Cell(name, cell(before, name), cell(after, name));
            if (!cell.before().equals(cell.after())) {
                cells.add(cell);
            }
        }
        Type type = before.isEmpty() ? Type.ADDED : after.isEmpty() ? Type.REMOVED : Type.CHANGED;
        Part part = after.or(() -> before).orElseThrow();
        return type == Type.CHANGED && cells.isEmpty()
                ? Optional.empty()
                : Optional.of(new Change(
                        type,
                        part.key().kind(),
                        part.key().decision(),
                        part.key().id(),
                        cells,
                        part.clause(),
                        before.map(Part::place),
                        after.map(Part::place)));
    }

    private static Collection<String> names(Optional<Part> part) {
        return part.map(known -> known.cells().keySet()).orElse(java.util.Set.of());
    }

    private static String cell(Optional<Part> part, String name) {
        return part.map(known -> known.cells().getOrDefault(name, "")).orElse("");
    }

    /** Groups whose common parts do not follow each other as they did. */
    private static List<Change> reordered(Map<Key, Part> old, Map<Key, Part> now) {
        Map<Group, List<Part>> before = groups(old, now);
        Map<Group, List<Part>> after = groups(now, old);
        var changes = new ArrayList<Change>();
        after.forEach((group, parts) -> {
            List<Part> earlier = before.getOrDefault(group, List.of());
            if (!ids(parts).equals(ids(earlier))) {
                changes.add(new Change(
                        Type.REORDERED,
                        group.kind(),
                        group.decision(),
                        group.name(),
                        List.of(new Cell("order", ids(earlier), ids(parts))),
                        "",
                        earlier.stream().map(Part::place).findFirst(),
                        parts.stream().map(Part::place).findFirst()));
            }
        });
        return changes;
    }

    private static Map<Group, List<Part>> groups(Map<Key, Part> parts, Map<Key, Part> others) {
        var groups = new LinkedHashMap<Group, List<Part>>();
        parts.forEach((key, part) -> {
            if (!part.group().isEmpty() && others.containsKey(key)) {
                groups.computeIfAbsent(Group.of(part), any -> new ArrayList<>()).add(part);
            }
        });
        return groups;
    }

    private static String ids(List<Part> parts) {
        return String.join(", ", parts.stream().map(part -> part.key().id()).toList());
    }

    /** All of both, each once: what only the first has stands after what preceded it there. */
    static <T> List<T> inOrder(Collection<T> first, Collection<T> second) {
        var kept = new LinkedHashSet<>(second);
        var gone = new LinkedHashMap<Optional<T>, List<T>>();
        Optional<T> previous = Optional.empty();
        for (T each : first) {
            if (kept.contains(each)) {
                previous = Optional.of(each);
            } else {
                gone.computeIfAbsent(previous, any -> new ArrayList<>()).add(each);
            }
        }
        var merged = new LinkedHashSet<>(gone.getOrDefault(Optional.<T>empty(), List.of()));
        for (T each : kept) {
            merged.add(each);
            merged.addAll(gone.getOrDefault(Optional.of(each), List.of()));
        }
        return List.copyOf(merged);
    }
}
