package ismap.pages;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.util.Map;

/** Renders the templates of {@code src/main/jte}, which are compiled with the service; whatever they are given is escaped. */
public final class PageRenderer {

    private static final TemplateEngine TEMPLATES =
            TemplateEngine.createPrecompiled(null, ContentType.Html, null, PageRenderer.class.getPackageName());

    private PageRenderer() {}

    public static String home(View view, HomePage page) {
        return render("home", view, page);
    }

    /** The interface, to read and try: the one page with a script. */
    public static String docs(View view) {
        return render("docs", view, view);
    }

    public static String message(View view, MessagePage page) {
        return render("message", view, page);
    }

    public static String problems(View view, ProblemsPage page) {
        return render("problems", view, page);
    }

    public static String problem(View view, ProblemPage page) {
        return render("problem", view, page);
    }

    public static String rulebook(View view, RulebookPage page) {
        return render("rulebook", view, page);
    }

    public static String decision(View view, DecisionPage page) {
        return render("decision", view, page);
    }

    public static String rule(View view, RulePage page) {
        return render("rule", view, page);
    }

    public static String assumptions(View view, AssumptionsPage page) {
        return render("assumptions", view, page);
    }

    public static String receipt(View view, ReceiptPage page) {
        return render("receipt", view, page);
    }

    public static String selfCheckStart(View view, SelfCheckStartPage page) {
        return render("selfcheckstart", view, page);
    }

    public static String selfCheckDecision(View view, SelfCheckDecisionPage page) {
        return render("selfcheckdecision", view, page);
    }

    public static String question(View view, QuestionPage page) {
        return render("question", view, page);
    }

    public static String answers(View view, AnswersPage page) {
        return render("answers", view, page);
    }

    public static String result(View view, ResultPage page) {
        return render("result", view, page);
    }

    public static String text(View view, TextPage page) {
        return render("textpage", view, page);
    }

    public static String saved(View view, SavedPage page) {
        return render("saved", view, page);
    }

    public static String planner(View view, PlannerPage page) {
        return render("planner", view, page);
    }

    /** The result of a self-check as XHTML, for print. */
    public static String selfCheckReport(SelfCheckReport page) {
        var html = new StringOutput();
        TEMPLATES.render("selfcheckreport.jte", page, html);
        return html.toString();
    }

    /** A receipt that is read without the service. */
    public static String sheet(Sheet page) {
        var html = new StringOutput();
        TEMPLATES.render("sheet.jte", page, html);
        return html.toString();
    }

    private static String render(String template, View view, Object page) {
        var html = new StringOutput();
        TEMPLATES.render(template + ".jte", Map.of("v", view, "page", page), html);
        return html.toString();
    }
}
