package ismap.analysis;

import ismap.Shipped;
import org.junit.jupiter.api.Test;

class MutationScoreTest {
    @Test
    void run() {
        Shipped.checked();
        long t = System.nanoTime();
        var result = new MutationScore(Shipped.checked().rulebook().orElseThrow(), Shipped.checked().plans(), Shipped.checked().scenarios()).run(Integer.getInteger("mut", 60), (a, b) -> {});
        System.out.println((System.nanoTime() - t) / 1_000_000 + " ms " + result.possible() + " " + result.tried() + " " + result.killed() + " " + result.survivors().size() + " " + result.equivalent().size() + " " + result.percent());
        for (long x : MutationScore.T) System.out.println(x / 1_000_000 + " ms");
        result.survivors().stream().limit(12).forEach(s -> System.out.println(s.mutant().id() + " " + s.decision() + " " + s.example()));
        result.equivalent().stream().limit(30).forEach(s -> System.out.println("EQ " + s.id()));
    }
}
