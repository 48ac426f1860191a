package ismap.evaluation;

import ismap.decision.Bilingual;
import ismap.decision.Citation;
import ismap.decision.Finding;
import ismap.decision.Status;
import ismap.decision.Value;
import ismap.rulebook.FactDefinition;
import ismap.rulebook.FactDefinition.Kind;
import ismap.rulebook.Plan;
import ismap.rulebook.Reasoning;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the service says of the facts themselves, beside the rules. A warning never feeds an outcome. */
final class Warnings {

    /** The service's own contract, which is not a regulation, as the clause register has it. */
    private static final Citation CONTRACT = new Citation("service-contract", "unnumbered", "");

    /** Under which a plan keeps what the rules derive for a fact that may also be stated. */
    private static final String DERIVED = "derived:";

    private Warnings() {}

    /** In the order of the vocabulary, for the stated facts that the decision reads. */
    static List<Finding> about(
            ActiveRulebook active, Plan plan, Map<String, Value> stated, Request request, Reasoning reasoning) {
        var warnings = new ArrayList<Finding>();
        for (String name : plan.inputs()) {
            Value value = stated.get(name);
            Optional<FactDefinition> fact = plan.rulebook().vocabulary().fact(name);
            if (value == null || fact.isEmpty()) {
                continue;
            }
            if (fact.get().needsAttestation() && !request.attestations().containsKey(name)) {
                warnings.add(attestation(active, fact.get(), value));
            }
            Value derived = reasoning.derived().getOrDefault(DERIVED + name, Value.UNKNOWN);
            if (fact.get().kind() == Kind.EITHER && derived.isKnown() && !derived.equals(value)) {
                warnings.add(derivedOtherwise(active, fact.get(), value, derived));
            }
        }
        return warnings;
    }

    private static Finding attestation(ActiveRulebook active, FactDefinition fact, Value value) {
        return warning(
                active,
                "ATTESTATION-" + fact.name(),
                fact,
                CONTRACT,
                new Bilingual(
                        "「%s」（%s）は、誰がいつ何によって確認したかが示されていません。attestations に by・on・document を付けてください。判定の結論には影響しません。"
                                .formatted(fact.label().ja(), fact.name()),
                        "Nobody is named who established \"%s\" (%s). Add by, on and document under attestations. The outcome does not depend on it."
                                .formatted(label(fact), fact.name())),
                Map.of(fact.name(), value));
    }

    private static Finding derivedOtherwise(ActiveRulebook active, FactDefinition fact, Value value, Value derived) {
        var because = new LinkedHashMap<String, Value>();
        because.put(fact.name(), value);
        because.put(DERIVED + fact.name(), derived);
        return warning(
                active,
                "DERIVED-" + fact.name(),
                fact,
                citation(active, fact.name()),
                new Bilingual(
                        "「%s」（%s）には「%s」が示されましたが、規則からは「%s」が導かれます。示された値で判定しました。"
                                .formatted(fact.label().ja(), fact.name(), value, derived),
                        "\"%s\" (%s) was given as \"%s\", and the rules derive \"%s\". The value given was used."
                                .formatted(label(fact), fact.name(), value, derived)),
                because);
    }

    private static Finding warning(
            ActiveRulebook active,
            String rule,
            FactDefinition fact,
            Citation citation,
            Bilingual message,
            Map<String, Value> because) {
        return new Finding(
                rule,
                Status.WARNING,
                rule + "/stated",
                null,
                citation,
                message,
                because,
                active.sources().of("fact:" + fact.name()),
                null,
                Map.of());
    }

    private static Citation citation(ActiveRulebook active, String fact) {
        var derivation = Optional.ofNullable(active.rulebook().derivations().get(fact));
        var table = Optional.ofNullable(active.rulebook().concluded().get(fact));
        return derivation
                .flatMap(found -> found.citation())
                .or(() -> table.flatMap(found -> found.citation()))
                .orElse(CONTRACT);
    }

    private static String label(FactDefinition fact) {
        return fact.label().en().isBlank() ? fact.label().ja() : fact.label().en();
    }
}
