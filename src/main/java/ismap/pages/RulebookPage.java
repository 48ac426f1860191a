package ismap.pages;

import ismap.decision.Bilingual;
import ismap.regression.Scenario;
import ismap.rulebook.ClauseRegister.Clause;
import ismap.rulebook.ClauseRegister.Document;
import ismap.rulebook.ClauseRegister.NotEncoded;
import ismap.traceability.Trace;
import ismap.traceability.Trace.TracedDocument;
import ismap.traceability.TracedClause;
import ismap.traceability.TracedDecision;
import ismap.traceability.TracedTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Every clause of the register, as a tree, with the rules that rest on it. */
public final class RulebookPage {

    /** A clause with those below it: 3.5 below 3. */
    public record Node(TracedClause traced, List<Node> below, Map<String, Bilingual> decisions) {
        public Bilingual titleOf(String decision) {
            return decisions.getOrDefault(decision, new Bilingual(decision, decision));
        }
    }

    private final Trace trace;
    private final Standing standing;

    public RulebookPage(Trace trace, Standing standing) {
        this.trace = trace;
        this.standing = standing;
    }

    public Standing standing() {
        return standing;
    }

    public List<TracedDecision> decisions() {
        return trace.decisions();
    }

    public List<TracedDocument> documents() {
        return trace.documents().stream()
                .filter(document -> !document.clauses().isEmpty())
                .toList();
    }

    public Optional<Document> document(String id) {
        return Optional.ofNullable(trace.rulebook().clauses().documents().get(id));
    }

    public List<NotEncoded> notEncoded() {
        return trace.notEncoded();
    }

    public int clauses() {
        return trace.documents().stream()
                .mapToInt(document -> document.clauses().size())
                .sum();
    }

    public long rules() {
        return trace.tables().stream()
                .filter(table -> table.table().decidesRule())
                .count();
    }

    public int rows() {
        return trace.tables().stream().mapToInt(table -> table.rows().size()).sum();
    }

    public int scenarios() {
        return trace.decisions().stream()
                .mapToInt(decision -> decision.scenarios().size())
                .sum();
    }

    public List<Node> tree(TracedDocument document) {
        var decisions = new LinkedHashMap<String, Bilingual>();
        trace.decisions()
                .forEach(decision ->
                        decisions.put(decision.name(), decision.decision().title()));
        var roots = new ArrayList<Node>();
        Map<String, Node> byClause = new LinkedHashMap<>();
        document.clauses()
                .forEach(traced ->
                        byClause.put(traced.clause().clause(), new Node(traced, new ArrayList<>(), decisions)));
        byClause.forEach((clause, node) -> {
            Node above = above(clause, byClause);
            (above == null ? roots : above.below()).add(node);
        });
        return roots;
    }

    private static @Nullable Node above(String clause, Map<String, Node> nodes) {
        for (int dot = clause.lastIndexOf('.'); dot > 0; dot = clause.lastIndexOf('.', dot - 1)) {
            Node above = nodes.get(clause.substring(0, dot));
            if (above != null) {
                return above;
            }
        }
        return null;
    }

    /** Where a clause stands on this page. */
    public static String anchor(Clause clause) {
        return anchor(clause.document(), clause.clause());
    }

    public static String anchor(String document, String clause) {
        return (document + "-" + clause).replaceAll("[^A-Za-z0-9._-]", "_");
    }

    /** How many scenarios show rows of the table. */
    public static long scenariosOf(TracedTable table) {
        return table.rows().stream()
                .flatMap(row -> row.scenarios().stream())
                .map(Scenario::id)
                .distinct()
                .count();
    }
}
