package ismap;

import ismap.decision.Value;
import ismap.publication.CheckedRulebook;
import ismap.regression.Scenario;
import ismap.rulebook.Parameter;
import ismap.rulebook.Plan;
import ismap.rulebook.Rulebook;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The shipped rulebook with one number changed: the registration of a service is effective for eighteen months and not for sixteen. */
public final class OtherMonths {

    public static final String PARAMETER = "serviceValidityMonths";
    public static final String DECISION = "service-validity";

    private OtherMonths() {}

    public static Rulebook rulebook() {
        Rulebook base = Shipped.checked().rulebook().orElseThrow();
        var parameters = new LinkedHashMap<>(base.parameters());
        parameters.computeIfPresent(
                PARAMETER,
                (name, parameter) -> new Parameter(
                        name,
                        parameter.referenceDays(),
                        parameter.label(),
                        parameter.values().stream()
                                .map(dated -> new Parameter.Dated(
                                        Value.of(18),
                                        dated.unit(),
                                        dated.from(),
                                        dated.until(),
                                        dated.citation(),
                                        dated.note()))
                                .toList()));
        return new Rulebook(
                base.formatVersion(),
                base.vocabulary(),
                base.clauses(),
                parameters,
                base.derivations(),
                base.concluded(),
                base.decisions());
    }

    public static Map<String, Plan> plans(Rulebook rulebook) {
        var plans = new LinkedHashMap<String, Plan>();
        rulebook.decisions().forEach((name, decision) -> plans.put(name, Plan.of(rulebook, decision)));
        return plans;
    }

    /** As it comes out of its checks, with these scenarios of the one decision that the number is of. */
    public static CheckedRulebook checked(Rulebook rulebook, List<Scenario> scenarios) {
        return new CheckedRulebook(
                Optional.of(rulebook),
                Shipped.checked().sources(),
                plans(rulebook),
                Map.of(DECISION, scenarios),
                List.of());
    }
}
