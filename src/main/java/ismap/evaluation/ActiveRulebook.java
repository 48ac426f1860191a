package ismap.evaluation;

import ismap.rulebook.Plan;
import ismap.rulebook.RuleCompiler;
import ismap.rulebook.RuleCompiler.CompiledRules;
import ismap.rulebook.Rulebook;
import ismap.rulebook.SourceMap;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A published revision, ready to decide. A decision takes one reference to it and keeps to it.
 *
 * @param digest over the rulebook's canonical form, {@code sha256:…}
 * @param plans by the name of the decision, in the order of the rulebook
 */
public record ActiveRulebook(
        String revisionId,
        String digest,
        Instant publishedAt,
        Rulebook rulebook,
        SourceMap sources,
        Map<String, Plan> plans,
        CompiledRules rules) {

    public ActiveRulebook {
        plans = Collections.unmodifiableMap(new LinkedHashMap<>(plans));
    }

    /** Plans and compiles a rulebook that has passed its checks. */
    public static ActiveRulebook compile(
            String revisionId,
            String digest,
            Instant publishedAt,
            Rulebook rulebook,
            SourceMap sources,
            RuleCompiler compiler) {
        Map<String, Plan> plans = plans(rulebook);
        return new ActiveRulebook(revisionId, digest, publishedAt, rulebook, sources, plans, compiler.compile(plans));
    }

    static Map<String, Plan> plans(Rulebook rulebook) {
        var plans = new LinkedHashMap<String, Plan>();
        rulebook.decisions().forEach((name, decision) -> plans.put(name, Plan.of(rulebook, decision)));
        return plans;
    }

    public Optional<Plan> plan(String decision) {
        return Optional.ofNullable(plans.get(decision));
    }
}
