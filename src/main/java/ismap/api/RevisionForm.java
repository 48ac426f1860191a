package ismap.api;

import ismap.publication.RevisionHistory;
import ismap.revision.Evidence;
import ismap.revision.Life;
import ismap.revision.RecordedEvent;
import ismap.revision.Revision;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A revision as it is shown: with names to staff, with roles to anybody else. */
final class RevisionForm {

    private static final String EDITOR = "editor";
    private static final String APPROVER = "approver";

    private final boolean names;
    private final int approvals;
    private final Optional<String> inForce;

    /** @param names whether whoever looks may see who did something */
    RevisionForm(boolean names, RevisionHistory history) {
        this.names = names;
        this.approvals = history.approvalsNeeded();
        this.inForce = history.inForce().map(revision -> revision.id());
    }

    /** For lists. */
    Map<String, @Nullable Object> summary(Revision revision) {
        Life life = revision.life();
        var form = new LinkedHashMap<String, @Nullable Object>();
        form.put("id", life.id());
        form.put("state", revision.state().name());
        form.put("inForce", inForce.equals(Optional.of(life.id())));
        form.put("version", life.version());
        form.put("base", life.base().orElse(null));
        form.put("note", life.note());
        form.put("digest", life.digest().orElse(null));
        form.put("filesDigest", life.filesDigest());
        form.put("author", names ? life.createdBy() : EDITOR);
        if (names) {
            form.put("authors", List.copyOf(life.authors()));
        }
        form.put("createdAt", life.createdAt().toString());
        form.put("publishedAt", life.publishedAt().map(Object::toString).orElse(null));
        form.put("requiredApprovals", approvals);
        form.put("approvals", life.approvals().stream().map(this::approval).toList());
        form.put("evidence", life.evidence().map(RevisionForm::evidence).orElse(null));
        life.withdraws().ifPresent(id -> form.put("withdraws", id));
        life.withdrawnBy().ifPresent(id -> form.put("withdrawnBy", id));
        return form;
    }

    /** By itself: also with what happened to it. */
    Map<String, @Nullable Object> whole(Revision revision) {
        Map<String, @Nullable Object> form = summary(revision);
        form.put("events", revision.life().events().stream().map(this::event).toList());
        return form;
    }

    private Map<String, @Nullable Object> approval(Life.Approval approval) {
        var form = new LinkedHashMap<String, @Nullable Object>();
        form.put("by", names ? approval.by() : APPROVER);
        form.put("at", approval.at().toString());
        form.put("resolution", approval.resolution());
        form.putAll(approval.binding().form());
        return form;
    }

    private static Map<String, @Nullable Object> evidence(Evidence evidence) {
        var form = new LinkedHashMap<String, @Nullable Object>();
        form.put("digest", evidence.evidenceDigest());
        form.put("clean", evidence.clean());
        form.put("counts", evidence.counts());
        return form;
    }

    private Map<String, @Nullable Object> event(RecordedEvent recorded) {
        var form = new LinkedHashMap<String, @Nullable Object>();
        form.put("version", recorded.version());
        form.put("kind", recorded.event().kind());
        form.put("by", names ? recorded.actor() : role(recorded.event().kind()));
        form.put("at", recorded.at().toString());
        form.put("why", recorded.event().why());
        form.put("data", recorded.event().data());
        return form;
    }

    private static String role(String kind) {
        return switch (kind) {
            case "APPROVED", "PUBLISHED", "WITHDRAWN" -> APPROVER;
            default -> EDITOR;
        };
    }
}
