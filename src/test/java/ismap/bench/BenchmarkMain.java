package ismap.bench;

import java.util.Objects;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** {@code dev/bench decisions}: runs {@link DecisionBenchmark} and prints time, bytes and the ratio to the plain loop. */
public final class BenchmarkMain {

    private BenchmarkMain() {}

    public static void main(String[] args) throws RunnerException {
        int seconds = args.length > 0 ? Integer.parseInt(args[0]) : 2;
        var results = new Runner(new OptionsBuilder()
                        .include(DecisionBenchmark.class.getSimpleName())
                        .forks(1)
                        .warmupIterations(3)
                        .warmupTime(TimeValue.seconds(seconds))
                        .measurementIterations(4)
                        .measurementTime(TimeValue.seconds(seconds))
                        .addProfiler(GCProfiler.class)
                        .build())
                .run();
        System.out.println("| decision | what | µs | × plain loop | bytes |");
        System.out.println("|---|---|---|---|---|");
        for (RunResult result : results) {
            String decision = result.getParams().getParam("decision");
            double floor = results.stream()
                    .filter(other -> other.getParams().getParam("decision").equals(decision)
                            && other.getPrimaryResult().getLabel().equals("plainLoop"))
                    .findFirst()
                    .orElseThrow()
                    .getPrimaryResult()
                    .getScore();
            double score = result.getPrimaryResult().getScore();
            double bytes = Objects.requireNonNull(result.getSecondaryResults().get("gc.alloc.rate.norm"))
                    .getScore();
            System.out.printf(
                    "| %s | %s | %.2f | %.1f | %.0f |%n",
                    decision, result.getPrimaryResult().getLabel(), score, score / floor, bytes);
        }
    }
}
