package ismap.revision;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Drafts, and which of them are approved, as a test says. */
public final class InMemoryCandidates implements Candidates {
    private final Map<String, NewRevision> drafts = new ConcurrentHashMap<>();
    private final List<String> approved = new CopyOnWriteArrayList<>();

    public void draft(NewRevision draft) {
        drafts.put(draft.id(), draft);
    }

    public void approve(NewRevision draft) {
        draft(draft);
        approved.add(draft.id());
    }

    public void voidApproval(String id) {
        approved.remove(id);
    }

    @Override
    public Optional<NewRevision> find(String id) {
        return Optional.ofNullable(drafts.get(id));
    }

    @Override
    public List<String> approved() {
        return new ArrayList<>(approved);
    }
}
