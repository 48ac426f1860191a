package ismap.drools;

import ismap.rulebook.Plan;
import ismap.rulebook.RuleCompiler;
import ismap.rulebook.UnaryTest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.drools.compiler.kie.builder.impl.DrlProject;
import org.kie.api.KieServices;
import org.kie.api.builder.KieBuilder;
import org.kie.api.builder.KieFileSystem;
import org.kie.api.builder.Message;
import org.kie.api.builder.ReleaseId;
import org.kie.api.runtime.KieContainer;

/** Compiles plans with Drools, from DRL that {@link DrlPrinter} writes. See {@code docs/adr/0004-drools-executes-printed-drl.md}. */
public final class DroolsCompiler implements RuleCompiler {

    private static final AtomicLong COMPILED = new AtomicLong();

    private final UnaryOperator<UnaryTest> change;

    public DroolsCompiler() {
        this(UnaryOperator.identity());
    }

    /** @param change what becomes of each test on the way into DRL; tests make mistakes with it */
    DroolsCompiler(UnaryOperator<UnaryTest> change) {
        this.change = change;
    }

    /** What Drools runs of a plan, for people to read. */
    public static String printed(Plan plan) {
        var names = new Wording();
        return DrlPrinter.print(packageName(plan.decision().name(), names), plan, UnaryOperator.identity())
                .text();
    }

    @Override
    public CompiledRules compile(Map<String, Plan> plans) {
        var printed = new LinkedHashMap<String, PrintedDecision>();
        var names = new Wording();
        plans.forEach((name, plan) -> printed.put(name, DrlPrinter.print(packageName(name, names), plan, change)));
        KieServices services = KieServices.get();
        KieFileSystem files = services.newKieFileSystem();
        ReleaseId release = releaseOf(services, printed.values());
        files.generateAndWritePomXML(release);
        printed.values()
                .forEach(decision -> files.write(
                        "src/main/resources/%s/rules.drl"
                                .formatted(decision.packageName().replace('.', '/')),
                        decision.text()));
        KieBuilder builder = services.newKieBuilder(files, DroolsCompiler.class.getClassLoader());
        builder.buildAll(DrlProject.class);
        List<Message> errors = builder.getResults().getMessages(Message.Level.ERROR);
        if (!errors.isEmpty()) {
            services.getRepository().removeKieModule(release);
            throw new IllegalStateException("Drools does not compile what was printed: " + errors);
        }
        KieContainer container = services.newKieContainer(release, DroolsCompiler.class.getClassLoader());
        var running = new LinkedHashMap<String, RunningDecision>();
        printed.forEach((name, decision) -> running.put(name, new RunningDecision(decision, container.getKieBase())));
        return new RunningRulebook(running, () -> {
            container.dispose();
            services.getRepository().removeKieModule(release);
        });
    }

    private static String packageName(String decision, Wording names) {
        return "ismap.printed." + names.identifier(decision, "");
    }

    /** Of its own for every compilation, so that closing one never takes a module away from another. */
    private static ReleaseId releaseOf(KieServices services, Iterable<PrintedDecision> printed) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            printed.forEach(decision -> digest.update(decision.text().getBytes(StandardCharsets.UTF_8)));
            return services.newReleaseId(
                    "ismap.printed", HexFormat.of().formatHex(digest.digest()), "1." + COMPILED.incrementAndGet());
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
