package ismap.selfcheck;

import ismap.Shipped;
import ismap.decision.Bilingual;
import ismap.decision.Problem;
import ismap.decision.Status;
import ismap.decision.Value;
import ismap.drools.DrlDerivationReader;
import ismap.drools.DroolsCompiler;
import ismap.evaluation.ActiveRulebook;
import ismap.publication.RulebookFolder;
import ismap.rulebook.Altered;
import ismap.rulebook.Condition;
import ismap.rulebook.DecisionDefinition;
import ismap.rulebook.FactDefinition;
import ismap.rulebook.FactType;
import ismap.rulebook.LoadedRulebook;
import ismap.rulebook.Plan;
import ismap.rulebook.Rulebook;
import ismap.rulebook.RulebookFiles;
import ismap.rulebook.Table;
import ismap.rulebook.UnaryTest;
import ismap.rulebook.Vocabulary;
import ismap.xlsx.RulebookWriter;
import ismap.xlsx.WorkbookRulebookReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Revisions that are not shipped. Of the decisions they hold the one for ISMAP-LIU alone is made ready, which is quicker. */
final class Revised {

    private static final String LIU = "liu-qualification";

    private Revised() {}

    /** Files with a fact more, {@code tenantsSeparated}, which the rule on SaaS then asks for. */
    static ActiveRulebook withOneMoreFact() {
        Rulebook shipped = Shipped.checked().rulebook().orElseThrow();
        var facts = new LinkedHashMap<>(shipped.vocabulary().facts());
        facts.put(
                "tenantsSeparated",
                new FactDefinition(
                        "tenantsSeparated",
                        FactType.TRUTH,
                        FactDefinition.Absence.UNKNOWN,
                        FactDefinition.Kind.INPUT,
                        "PROVIDER",
                        "PROVIDER",
                        false,
                        Optional.empty(),
                        List.of(),
                        new Bilingual("利用者の分離", "Tenants are separated"),
                        new Bilingual("利用者ごとにデータを分離していますか。", "Are the data of each tenant kept apart?"),
                        new Bilingual("試験のための質問です。", "A question for a test."),
                        List.of(LIU)));
        Table rule = liu(shipped).rule("LIU-0-1").orElseThrow();
        var rows = new ArrayList<Table.Row>();
        for (Table.Row row : rule.rows()) {
            if (row.status().filter(Status.SATISFIED::equals).isPresent()) {
                rows.add(row.withConditions(and(row, true)));
                rows.add(new Table.Row(
                        "LIU-0-1/9" + rows.size(),
                        row.from(),
                        row.until(),
                        row.referenceDay(),
                        and(row, false),
                        Optional.of(Status.NOT_SATISFIED),
                        row.conclusion(),
                        row.citation(),
                        row.message(),
                        row.assumption(),
                        ""));
            } else {
                rows.add(row);
            }
        }
        var columns = new ArrayList<>(rule.columns());
        columns.add("tenantsSeparated");
        Table changed = new Table(
                rule.id(),
                rule.decidesRule(),
                rule.title(),
                rule.citation(),
                rule.hitPolicy(),
                rule.aggregation(),
                rule.forEach(),
                rule.item(),
                rule.items(),
                rule.noElements(),
                rule.from(),
                rule.until(),
                rule.referenceDay(),
                rule.assumption(),
                rule.discretion(),
                rule.outsideDates(),
                rule.notEnoughFacts(),
                columns,
                rows);
        Rulebook altered = with(
                Altered.with(
                        shipped,
                        Altered.with(
                                liu(shipped),
                                liu(shipped).rules().stream()
                                        .map(table -> table.id().equals("LIU-0-1") ? changed : table)
                                        .toList())),
                facts);
        var files = new TreeMap<>(
                new RulebookWriter().write(altered, Shipped.checked().sources()));
        RulebookFolder.read(Shipped.FOLDER).files().contents().forEach((path, bytes) -> {
            if (path.endsWith(".drl")) {
                files.put(path, bytes);
            }
        });
        LoadedRulebook read = new WorkbookRulebookReader(new DrlDerivationReader()).read(new RulebookFiles(files));
        if (read.problems().stream().anyMatch(Problem::isError)) {
            throw new AssertionError(
                    read.problems().stream().filter(Problem::isError).toList());
        }
        return active("one-more-fact", read.rulebook().orElseThrow());
    }

    private static List<Condition> and(Table.Row row, boolean separated) {
        var conditions = new ArrayList<>(row.conditions());
        conditions.add(new Condition("tenantsSeparated", new UnaryTest.OneOf(List.of(Value.of(separated)))));
        return conditions;
    }

    /** In which a service is no SaaS any more, whatever it said before. */
    static ActiveRulebook withoutSaas() {
        Rulebook shipped = Shipped.checked().rulebook().orElseThrow();
        var facts = new LinkedHashMap<>(shipped.vocabulary().facts());
        facts.computeIfPresent(
                "serviceModel", (name, fact) -> typed(fact, new FactType.Code(List.of("IAAS", "PAAS", "FAAS"))));
        return active("without-saas", with(shipped, facts));
    }

    /** In which a question has no help, not even a blank one, so that its template fails. */
    @SuppressWarnings("NullAway") // what must never be is what is needed here
    static ActiveRulebook thatNoPageCanShow() {
        Rulebook shipped = Shipped.checked().rulebook().orElseThrow();
        var facts = new LinkedHashMap<>(shipped.vocabulary().facts());
        facts.computeIfPresent("serviceModel", (name, fact) -> with(fact, fact.type(), null));
        return active("broken", with(shipped, facts));
    }

    private static FactDefinition typed(FactDefinition fact, FactType type) {
        return with(fact, type, fact.help());
    }

    @SuppressWarnings("NullAway") // as above
    private static FactDefinition with(FactDefinition fact, FactType type, @Nullable Bilingual help) {
        return new FactDefinition(
                fact.name(),
                type,
                fact.absence(),
                fact.kind(),
                fact.knownBy(),
                fact.changeableBy(),
                fact.needsAttestation(),
                fact.happensOn(),
                fact.happensFor(),
                fact.label(),
                fact.question(),
                help,
                fact.decisions());
    }

    private static Rulebook with(Rulebook rulebook, Map<String, FactDefinition> facts) {
        return new Rulebook(
                rulebook.formatVersion(),
                new Vocabulary(
                        facts,
                        rulebook.vocabulary().codeLabels(),
                        rulebook.vocabulary().statusLabels()),
                rulebook.clauses(),
                rulebook.parameters(),
                rulebook.derivations(),
                rulebook.concluded(),
                rulebook.decisions());
    }

    private static DecisionDefinition liu(Rulebook rulebook) {
        return Objects.requireNonNull(rulebook.decisions().get(LIU));
    }

    private static ActiveRulebook active(String id, Rulebook rulebook) {
        Map<String, Plan> plans = Map.of(LIU, Plan.of(rulebook, liu(rulebook)));
        return new ActiveRulebook(
                id,
                "sha256:" + "1".repeat(64),
                SelfCheckServer.NOW,
                rulebook,
                Shipped.checked().sources(),
                plans,
                new DroolsCompiler().compile(plans));
    }
}
