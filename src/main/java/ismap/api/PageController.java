package ismap.api;

import static ismap.api.Pages.escaped;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import ismap.evaluation.Evaluations;
import ismap.rulebook.DecisionDefinition;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The front page, and a page for each kind of problem. */
@Controller
@Produces(MediaType.ALL)
class PageController {

    private final ApiSettings settings;
    private final Evaluations evaluations;

    PageController(ApiSettings settings, Evaluations evaluations) {
        this.settings = settings;
        this.evaluations = evaluations;
    }

    @Get
    HttpResponse<byte[]> index() {
        String decisions = evaluations.inForce().stream()
                .flatMap(active -> active.plans().values().stream())
                .map(plan -> decision(plan.decision()))
                .collect(Collectors.joining());
        return Pages.page(settings, "ISMAP Decision Service", """
                <h1>ISMAP Decision Service</h1>
                <p>ISMAP（政府情報システムのためのセキュリティ評価制度）の規程に照らし、事実から結論・理由・根拠条項を返します。公式の判断ではありません。</p>
                <p lang="en">Answers questions under the regulations of ISMAP, Japan's security assessment for government cloud services, with the reasons and the clauses. It is not the official determination.</p>
                <ul>
                <li><a href="/docs">APIの説明 / API documentation</a></li>
                <li><a href="/openapi.json">OpenAPI 3.1</a></li>
                <li><a href="/api/v1/decisions">判定の一覧（JSON） / The decisions (JSON)</a></li>
                <li><a href="/problems">エラーの種類 / Kinds of problem</a></li>
                <li><a href="/health/readiness">稼働状況 / Health</a></li>
                </ul>
                <h2>判定 / Decisions</h2>
                <dl>
                %s</dl>
                """.formatted(decisions));
    }

    private static String decision(DecisionDefinition decision) {
        return """
                <dt>%s <code>%s</code></dt>
                <dd>%s<br><span lang="en">%s</span><br><a href="/api/v1/decisions/%s/schema">JSON Schema</a></dd>
                """.formatted(
                        escaped(decision.title().ja()),
                        escaped(decision.name()),
                        escaped(decision.question().ja()),
                        escaped(decision.question().en()),
                        escaped(decision.name()));
    }

    @Get("/problems")
    HttpResponse<byte[]> problems() {
        String list = Arrays.stream(ProblemKind.values())
                .map(kind -> "<li><a href=\"/problems/%s\">%d %s / <span lang=\"en\">%s</span></a></li>\n"
                        .formatted(
                                kind.slug(),
                                kind.status(),
                                escaped(kind.title().ja()),
                                escaped(kind.title().en())))
                .collect(Collectors.joining());
        return Pages.page(
                settings,
                "エラーの種類 / Kinds of problem",
                "<h1>エラーの種類 / <span lang=\"en\">Kinds of problem</span></h1>\n<ul>\n" + list + "</ul>\n");
    }

    @Get("/problems/{slug}")
    HttpResponse<byte[]> problem(String slug) {
        return ProblemKind.of(slug)
                .<HttpResponse<byte[]>>map(kind -> Pages.page(
                        settings, kind.title().ja() + " / " + kind.title().en(), """
                        <h1>%s / <span lang="en">%s</span></h1>
                        <p>HTTP %d</p>
                        <p>%s</p>
                        <p lang="en">%s</p>
                        <p><a href="/problems">一覧へ / All kinds</a></p>
                        """.formatted(
                                        escaped(kind.title().ja()),
                                        escaped(kind.title().en()),
                                        kind.status(),
                                        escaped(kind.about().ja()),
                                        escaped(kind.about().en()))))
                .orElseGet(() -> Problems.of(ProblemKind.NOT_FOUND));
    }
}
