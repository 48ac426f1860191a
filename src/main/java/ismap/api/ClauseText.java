package ismap.api;

import ismap.decision.Bilingual;
import ismap.pages.Labels;
import ismap.rulebook.ClauseRegister;
import ismap.rulebook.ClauseRegister.Clause;
import ismap.rulebook.ClauseRegister.Document;
import ismap.rulebook.Rulebook;
import java.util.List;

/** The clause register in plain text: document by document, each clause with how it is covered and by which rules. */
final class ClauseText {

    static final String NONE =
            "この改定版は読み込めないため、条項を示せません。\nThe revision cannot be read, so its clauses cannot be shown.\n";

    private ClauseText() {}

    static String of(Rulebook rulebook) {
        ClauseRegister register = rulebook.clauses();
        var text = new StringBuilder();
        for (Document document : register.documents().values()) {
            List<Clause> clauses = register.clauses().stream()
                    .filter(clause -> clause.document().equals(document.id()))
                    .toList();
            if (!clauses.isEmpty()) {
                heading(text, document);
                clauses.forEach(clause -> clause(text, clause));
            }
        }
        return text.toString();
    }

    private static void heading(StringBuilder text, Document document) {
        text.append("== ")
                .append(both(document.title()))
                .append(" (")
                .append(document.id())
                .append(")\n");
        line(text, "版 / edition", document.edition());
        line(text, "出典 / source", document.source());
        text.append('\n');
    }

    private static void clause(StringBuilder text, Clause clause) {
        text.append(clause.clause()).append("  ").append(both(clause.title())).append('\n');
        line(text, "判定 / coverage", both(Labels.coverage(clause.coverage())));
        line(text, "規則 / rules", String.join(", ", clause.rules()));
        line(text, "理由 / reason", both(clause.reason()));
        text.append('\n');
    }

    private static void line(StringBuilder text, String name, String value) {
        if (!value.isBlank()) {
            text.append("    ").append(name).append(": ").append(value).append('\n');
        }
    }

    private static String both(Bilingual text) {
        return text.en().isBlank() || text.en().equals(text.ja()) ? text.ja() : text.ja() + " / " + text.en();
    }
}
