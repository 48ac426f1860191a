package ismap.selfcheck;

import ismap.decision.Bilingual;
import ismap.evaluation.ActiveRulebook;
import ismap.pages.SelfCheckStartPage.Choice;
import ismap.pages.SelfCheckStartPage.Text;
import ismap.rulebook.ClauseRegister.Document;
import ismap.rulebook.DecisionDefinition;
import ismap.rulebook.FactDefinition;
import ismap.rulebook.Plan;
import ismap.rulebook.Table;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a provider may check. Nothing about persons, and nothing of the Committee's own work. */
final class Menu {

    static final List<String> DECISIONS =
            List.of("liu-qualification", "service-acceptance", "assessment-scope", "service-validity");

    private Menu() {}

    static List<Plan> plans(ActiveRulebook by) {
        return DECISIONS.stream().map(by::plan).flatMap(Optional::stream).toList();
    }

    static Choice choice(Plan plan) {
        DecisionDefinition decision = plan.decision();
        return new Choice(
                decision.name(), decision.title(), decision.question(), questions(plan), Addresses.of(decision.name()));
    }

    /** How many facts it may ask for. */
    static int questions(Plan plan) {
        return facts(plan).size();
    }

    /** What they are called. */
    static List<Bilingual> labels(Plan plan) {
        return facts(plan).stream().map(FactDefinition::label).toList();
    }

    private static List<FactDefinition> facts(Plan plan) {
        return plan.asked().stream()
                .map(name -> plan.rulebook().vocabulary().fact(name).orElseThrow())
                .filter(fact -> fact.kind() != FactDefinition.Kind.DERIVED)
                .filter(fact -> !fact.absence().none())
                .toList();
    }

    /** The documents that the rules cite, in the order of the register. */
    static List<Text> texts(ActiveRulebook by, List<Plan> plans) {
        var cited = new LinkedHashSet<String>();
        plans.stream()
                .flatMap(plan -> plan.decision().rules().stream())
                .flatMap(Menu::documents)
                .forEach(cited::add);
        return by.rulebook().clauses().documents().values().stream()
                .filter(document -> cited.contains(document.id()))
                .map(Menu::text)
                .toList();
    }

    private static Stream<String> documents(Table rule) {
        return Stream.concat(
                        rule.citation().stream(),
                        rule.rows().stream().flatMap(row -> row.citation().stream()))
                .map(citation -> citation.document());
    }

    private static Text text(Document document) {
        return new Text(document.title(), document.edition(), document.source());
    }
}
