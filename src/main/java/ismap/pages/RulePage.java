package ismap.pages;

import ismap.decision.Bilingual;
import ismap.decision.Citation;
import ismap.decision.Place;
import ismap.rulebook.ClauseRegister;
import ismap.rulebook.Condition;
import ismap.rulebook.DecisionDefinition.Borrowed;
import ismap.rulebook.Derivation;
import ismap.rulebook.FactDefinition;
import ismap.rulebook.Names;
import ismap.rulebook.Rulebook;
import ismap.rulebook.SourceMap;
import ismap.rulebook.Table;
import ismap.traceability.Trace;
import ismap.traceability.TracedDecision;
import ismap.traceability.TracedRow;
import ismap.traceability.TracedTable;
import ismap.traceability.Words;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One table, rule or fact, as a decision has it. */
public final class RulePage {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([A-Za-z0-9_.]+)}");

    private final Trace trace;
    private final TracedDecision decision;
    private final TracedTable table;
    private final SourceMap sources;
    private final Standing standing;
    private final Words words;

    public RulePage(Trace trace, TracedDecision decision, TracedTable table, SourceMap sources, Standing standing) {
        this.trace = trace;
        this.decision = decision;
        this.table = table;
        this.sources = sources;
        this.standing = standing;
        this.words = new Words(trace.rulebook());
    }

    public TracedDecision decision() {
        return decision;
    }

    public TracedTable traced() {
        return table;
    }

    public Table table() {
        return table.table();
    }

    public Standing standing() {
        return standing;
    }

    public Words words() {
        return words;
    }

    public Bilingual titleOf(String other) {
        return trace.decision(other).map(found -> found.decision().title()).orElse(new Bilingual(other, other));
    }

    /** On what terms the decision borrows it, if it does. */
    public Optional<Borrowed> borrowed() {
        return Optional.ofNullable(table.borrowers().get(decision.name()));
    }

    public Optional<ClauseRegister.Clause> clause(Citation citation) {
        return trace.clause(citation);
    }

    public Optional<ClauseRegister.Document> document(Citation citation) {
        return Optional.ofNullable(trace.rulebook().clauses().documents().get(citation.document()));
    }

    /** Whether some row has days, a clause or a reading of its own, or shows more than its status. */
    public boolean rowsHaveDays() {
        return table().rows().stream()
                .anyMatch(row -> !Words.days(row.from(), row.until()).isBlank());
    }

    public boolean rowsHaveClauses() {
        return table.citations().size() > 1;
    }

    public boolean rowsHaveReadings() {
        return !table.assumptions().isEmpty();
    }

    public Bilingual cell(TracedRow row, String column) {
        return row.row().conditions().stream()
                .filter(condition -> condition.fact().equals(column))
                .map(Condition::test)
                .findFirst()
                .map(test -> words.test(column, test))
                .orElse(Bilingual.EMPTY);
    }

    /** The status of a rule; what a table for a fact concludes. */
    public Bilingual result(TracedRow row) {
        return row.row()
                .status()
                .map(words::status)
                .orElseGet(() -> words.value(table.id(), row.row().conclusion()));
    }

    /** A message with the names of the facts that it fills in. */
    public Bilingual message(Bilingual message) {
        return new Bilingual(
                filled(message.ja(), name -> "〔" + words.name(name).ja() + "〕"), filled(message.en(), name -> {
                    Bilingual label = words.name(name);
                    return "[" + (label.en().isBlank() ? label.ja() : label.en()) + "]";
                }));
    }

    private static String filled(String text, UnaryOperator<String> name) {
        return PLACEHOLDER.matcher(text).replaceAll(found -> Matcher.quoteReplacement(name.apply(found.group(1))));
    }

    public List<Column> columns() {
        return table().columns().stream().map(this::column).toList();
    }

    /**
     * What a column looks at.
     *
     * @param origin where its values come from
     * @param expression how it is derived; blank where it is not by an expression
     * @param place of the derivation; blank too
     * @param link of the table that concludes it, or of the rule; blank too
     */
    public record Column(
            String name,
            Bilingual label,
            Bilingual question,
            Origin origin,
            String expression,
            String place,
            String link) {}

    /** Where the values of a column come from. */
    public enum Origin {
        STATED,
        EITHER,
        DERIVED,
        CONCLUDED,
        RULE,
        DAY;

        public Bilingual words() {
            return switch (this) {
                case STATED -> new Bilingual("示される事実", "stated by whoever asks");
                case EITHER -> new Bilingual("示される事実。示されないときは導かれる", "stated by whoever asks, else derived");
                case DERIVED -> new Bilingual("式により導かれる", "derived by an expression");
                case CONCLUDED -> new Bilingual("別の表により導かれる", "concluded by another table");
                case RULE -> new Bilingual("別の規則の結果", "the status of another rule");
                case DAY -> new Bilingual("照会の日", "a day of the question");
            };
        }
    }

    private Column column(String name) {
        Rulebook rulebook = trace.rulebook();
        Optional<FactDefinition> fact = rulebook.vocabulary().fact(name);
        Derivation derivation = rulebook.derivations().get(name);
        boolean rule = decision.rules().stream().anyMatch(each -> each.id().equals(name));
        boolean concluded = rulebook.concluded().containsKey(name);
        String expression = derivation == null ? "" : derivation.expression().toString();
        Place place = sources.of("derivation:" + name);
        return new Column(
                name,
                words.name(name),
                fact.map(FactDefinition::question).orElse(Bilingual.EMPTY),
                origin(name, fact, derivation != null, concluded, rule),
                expression,
                derivation == null ? "" : place.toString(),
                rule || concluded ? "/rulebook/" + View.segment(decision.name()) + "/" + View.segment(name) : "");
    }

    private static Origin origin(
            String name, Optional<FactDefinition> fact, boolean derived, boolean concluded, boolean rule) {
        if (name.equals(Names.AS_OF) || name.equals(Names.APPLICABLE_DAY)) {
            return Origin.DAY;
        }
        if (rule) {
            return Origin.RULE;
        }
        if (fact.map(FactDefinition::kind).equals(Optional.of(FactDefinition.Kind.EITHER))) {
            return Origin.EITHER;
        }
        return derived ? Origin.DERIVED : concluded ? Origin.CONCLUDED : Origin.STATED;
    }
}
