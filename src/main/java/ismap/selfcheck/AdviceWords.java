package ismap.selfcheck;

import ismap.analysis.Advice.Change;
import ismap.analysis.Advice.Turned;
import ismap.analysis.Advice.Way;
import ismap.decision.Bilingual;
import ismap.decision.Value;
import ismap.evaluation.Advising;
import ismap.pages.ResultView;
import ismap.pages.Said;
import ismap.rulebook.FactDefinition;
import ismap.rulebook.Table;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Advice in the words of the rulebook that it rests on. */
final class AdviceWords {

    private final Advising.Result.Advice advice;
    private final Said said;
    private final Set<String> open;

    /** @param open facts that are not known yet: there is something to find out about them, and nothing to change */
    AdviceWords(Advising.Result.Advice advice, Set<String> open) {
        this.advice = advice;
        this.open = open;
        this.said = new Said(advice.by().rulebook());
    }

    ResultView.Advice view() {
        return new ResultView.Advice(
                advice.ways().stream().map(this::way).toList(),
                rests(advice.byOthers()),
                rests(advice.fixed()),
                advice.complete());
    }

    private ResultView.Way way(Way way) {
        return new ResultView.Way(
                Results.outcome(advice.plan().decision(), way.outcome()),
                way.changes().stream().map(this::change).toList(),
                way.met().stream().map(this::turned).toList(),
                way.lifted().stream().map(this::turned).toList());
    }

    private ResultView.Change change(Change change) {
        return new ResultView.Change(
                said.name(change.fact()),
                said.value(change.fact(), change.from()),
                said.value(change.fact(), change.to()),
                bounds(change.fact(), change.atLeast(), change.atMost()),
                Addresses.question(advice.plan().decision().name(), change.fact()) + "?return=answers");
    }

    private Bilingual bounds(String fact, @Nullable Value atLeast, @Nullable Value atMost) {
        if (atLeast == null && atMost == null) {
            return Bilingual.EMPTY;
        }
        Bilingual first = atLeast == null ? Bilingual.EMPTY : said.value(fact, atLeast);
        Bilingual last = atMost == null ? Bilingual.EMPTY : said.value(fact, atMost);
        return new Bilingual(
                (atLeast == null ? "" : first.ja() + "から") + (atMost == null ? "" : last.ja() + "まで"),
                ((atLeast == null ? "" : "from " + first.en()) + (atMost == null ? "" : " to " + last.en())).strip());
    }

    private Bilingual turned(Turned turned) {
        Bilingual clause = turned.rule()
                .row(turned.becomes().row())
                .flatMap(Table.Row::citation)
                .or(() -> Interview.citation(turned.rule()))
                .map(said::citation)
                .orElse(Bilingual.EMPTY);
        return cited(turned.rule(), clause);
    }

    private static Bilingual cited(Table rule, Bilingual clause) {
        return new Bilingual(
                rule.title().ja() + "（" + clause.ja() + "）",
                (rule.title().en().isBlank() ? rule.title().ja() : rule.title().en()) + " (" + clause.en() + ")");
    }

    private List<ResultView.Rest> rests(Map<String, List<Table>> rests) {
        return rests.entrySet().stream()
                .filter(entry -> !open.contains(entry.getKey()))
                .map(entry -> new ResultView.Rest(
                        said.name(entry.getKey()),
                        who(entry.getKey()),
                        entry.getValue().stream()
                                .map(rule -> cited(
                                        rule,
                                        Interview.citation(rule)
                                                .map(said::citation)
                                                .orElse(Bilingual.EMPTY)))
                                .toList()))
                .toList();
    }

    private Bilingual who(String fact) {
        Optional<FactDefinition> definition =
                advice.by().rulebook().vocabulary().fact(fact);
        return definition
                .map(FactDefinition::changeableBy)
                .filter(who -> !who.isBlank())
                .or(() -> definition.map(FactDefinition::knownBy))
                .map(said::knownBy)
                .orElse(Bilingual.EMPTY);
    }
}
