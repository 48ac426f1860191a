package ismap.publication;

import ismap.analysis.Change;
import ismap.analysis.DecisionDiff;
import ismap.analysis.Diff;
import ismap.analysis.Region;
import ismap.decision.Bilingual;
import ismap.json.JsonWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** A difference for people: as Markdown, and as plain lines. */
public final class DiffMarkdown {

    private final StringBuilder out = new StringBuilder();
    private final boolean markdown;

    private DiffMarkdown(boolean markdown) {
        this.markdown = markdown;
    }

    public static String of(Diff diff) {
        return new DiffMarkdown(true).write(diff);
    }

    public static String text(Diff diff) {
        return new DiffMarkdown(false).write(diff);
    }

    private String write(Diff diff) {
        if (diff.isEmpty()) {
            line("違いはありません。 / There is no difference.");
            return out.toString();
        }
        heading(1, "違い / Differences");
        heading(
                2,
                "書かれていること（%d件） / What is written (%d)"
                        .formatted(diff.changes().size(), diff.changes().size()));
        diff.changes().forEach(this::change);
        heading(2, "答え / What is answered");
        for (DecisionDiff decision : diff.decisions()) {
            decision(decision);
        }
        return out.toString();
    }

    private void change(Change change) {
        Bilingual kind = change.kind().label();
        item("%s %s %s%s%s"
                .formatted(
                        sign(change.type()),
                        kind.ja() + " / " + kind.en(),
                        code(change.id()),
                        change.decision().isEmpty() ? "" : " (" + change.decision() + ")",
                        change.clause().isEmpty() ? "" : " [" + change.clause() + "]"));
        under("@ " + change.place());
        for (Change.Cell cell : change.cells()) {
            under(
                    switch (change.type()) {
                        case ADDED -> "%s: %s".formatted(cell.name(), code(cell.after()));
                        case REMOVED -> "%s: %s".formatted(cell.name(), code(cell.before()));
                        case CHANGED, REORDERED ->
                            "%s: %s → %s".formatted(cell.name(), code(cell.before()), code(cell.after()));
                    });
        }
    }

    private static String sign(Change.Type type) {
        return switch (type) {
            case ADDED -> "+";
            case REMOVED -> "−";
            case CHANGED -> "~";
            case REORDERED -> "↕";
        };
    }

    private void decision(DecisionDiff decision) {
        heading(3, decision.decision());
        Bilingual said = said(decision);
        line(said.ja());
        line(said.en());
        blank();
        decision.regions().forEach(this::region);
    }

    /** What is certain of a decision, and what is not. */
    static Bilingual said(DecisionDiff decision) {
        String spent = decision.spent() ? "（調べる件数の上限に達しました）" : "";
        String spentEn = decision.spent() ? " (the limit was reached)" : "";
        return switch (decision.verdict()) {
            case UNCHANGED -> new Bilingual("変わりません。", "Unchanged.");
            case WORDING ->
                new Bilingual("言葉だけが変わります。結果・値・結論は変わりません。", "The words change; no status, value or outcome does.");
            case DIFFERENT ->
                new Bilingual(
                        "答えの変わる場合が%d種類見つかりました（%d件を両方で判断）%s。ほかにもあり得ます。"
                                .formatted(decision.regions().size(), decision.asked(), spent),
                        "%d kinds of cases were found whose answer changes (%d requests decided under both)%s; there may be others."
                                .formatted(decision.regions().size(), decision.asked(), spentEn));
            case NONE_FOUND ->
                new Bilingual(
                        "規則の意味は変わりましたが、答えの変わる場合は見つかりませんでした（%d件を両方で判断）%s。ないことの証明ではありません。"
                                .formatted(decision.asked(), spent),
                        "The rules mean something else, and no request was found whose answer changes (%d decided under both)%s. That is no proof that there is none."
                                .formatted(decision.asked(), spentEn));
            case ADDED -> new Bilingual("新しい判断です。", "A new decision.");
            case REMOVED -> new Bilingual("なくなった判断です。", "A decision that is gone.");
        };
    }

    private void region(Region region) {
        item("%s: %s → %s"
                .formatted(
                        code(region.name().isEmpty() ? what(region.what()) : region.name()),
                        region.before(),
                        region.after()));
        for (Region.Column column : region.columns()) {
            under(
                    column.before().equals(column.after())
                            ? "%s: %s".formatted(column.name(), code(column.before()))
                            : "%s: %s → %s".formatted(column.name(), any(column.before()), any(column.after())));
        }
        Region.Example example = region.example();
        under("例 / example: asOf %s, %s".formatted(example.asOf(), code(json(example.facts()))));
        under("結論 / outcome: %s → %s".formatted(example.outcomeBefore(), example.outcomeAfter()));
        if (!example.derived().isEmpty()) {
            under("導出 / derived: "
                    + String.join(
                            "; ",
                            example.derived().stream()
                                    .map(column -> "%s %s → %s"
                                            .formatted(column.name(), any(column.before()), any(column.after())))
                                    .toList()));
        }
    }

    private static String what(Region.What what) {
        return switch (what) {
            case RULE -> "rule";
            case VALUE -> "value";
            case OUTCOME -> "outcome";
            case FAILURE -> "answer";
        };
    }

    static String json(Map<String, ?> facts) {
        return new String(JsonWriter.write(facts), StandardCharsets.UTF_8);
    }

    private static String any(String text) {
        return text.isEmpty() ? "-" : text;
    }

    private String code(String text) {
        String one = text.replace("\n", " ⏎ ");
        return markdown ? "`" + (one.isEmpty() ? " " : one.replace("`", "'")) + "`" : one.isEmpty() ? "-" : one;
    }

    private void heading(int level, String text) {
        blank();
        line(markdown ? "#".repeat(level) + " " + text : text);
        if (markdown) {
            blank();
        }
    }

    private void blank() {
        if (out.length() > 1 && out.charAt(out.length() - 2) != '\n') {
            out.append('\n');
        }
    }

    private void item(String text) {
        line("- " + text);
    }

    private void under(String text) {
        line("  - ".substring(0, markdown ? 4 : 2) + (markdown ? "" : "  ") + text);
    }

    private void line(String text) {
        out.append(text).append('\n');
    }
}
