package ismap.api;

import static org.assertj.core.api.Assertions.assertThat;

import ismap.api.BatchServer.ScriptedLedger;
import java.io.IOException;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How much a batch takes at a time: nothing of it grows with its length, and nothing is left of it when its caller goes. */
@Tag("http")
@Timeout(60)
class BatchFlowTest {

    private final ScriptedLedger ledger = new ScriptedLedger();
    private final BatchServer server = new BatchServer(ledger);

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aLongBatchTakesNoMoreMemoryThanAShortOne() throws Exception {
        int number = 20_000;
        ledger.forgetful();
        try (var caller = new BatchCaller(server.port())) {
            var sender = CompletableFuture.runAsync(() -> sendLines(caller, 0, number, " ".repeat(1000)));
            long early = 0;
            for (int i = 1; i <= number; i++) {
                assertThat(caller.readLine())
                        .startsWith("{\"line\":%d,\"key\":\"k-%d\",\"status\":201,\"body\":{".formatted(i, i));
                if (i == number / 10) {
                    early = used();
                }
            }
            assertThat(caller.readLine()).isNull();
            sender.join();
            assertThat(used() - early).isLessThan(8L * 1024 * 1024);
        }
    }

    @Test
    void whoDoesNotReadIsNotReadFrom() throws Exception {
        int number = 100_000;
        ledger.forgetful();
        var sent = new AtomicInteger();
        try (var caller = BatchCaller.slow(server.port())) {
            var sender = CompletableFuture.runAsync(() -> {
                for (int from = 0; from < number; from += 100) {
                    sendPiece(caller, from, Math.min(number, from + 100), " ".repeat(1000));
                    sent.addAndGet(100);
                }
            });
            int before;
            do {
                before = ledger.submitted();
                Thread.sleep(500);
            } while (before == 0 || ledger.submitted() > before);
            int ahead = ledger.submitted();
            assertThat(sent.get()).isLessThan(number / 2);
            int read = 0;
            // What was answered already is in buffers of the operating system; the server may have gone no further than
            // its window.
            while (ledger.submitted() == ahead) {
                caller.readLine();
                read++;
            }
            assertThat(ahead - read).isLessThan(number / 2);
            caller.vanish();
            assertThat(sender.handle((done, failure) -> failure != null).join()).isTrue();
        }
    }

    @Test
    void noMoreLinesAreOnTheirWayThanTheWindowHolds() throws Exception {
        Runnable durable = ledger.hold("k-1");
        try (var caller = new BatchCaller(server.port())) {
            var sender = CompletableFuture.runAsync(() -> sendLines(caller, 0, 5_000, ""));
            ledger.awaitSubmitted(BatchRun.MOST_LINES);
            Thread.sleep(200);
            assertThat(ledger.submitted()).isEqualTo(BatchRun.MOST_LINES);
            durable.run();
            for (int i = 1; i <= 5_000; i++) {
                assertThat(caller.readLine()).startsWith("{\"line\":" + i + ",");
            }
            sender.join();
        }
    }

    @Test
    void whoGoesAwayEndsTheBatch() throws Exception {
        Runnable durable = ledger.hold("k-1");
        try (var caller = new BatchCaller(server.port())) {
            caller.send(lines(0, 200, ""));
            ledger.awaitSubmitted(200);
            caller.vanish();
        }
        awaitIdle();
        durable.run();
        int before = ledger.submitted();
        Thread.sleep(100);
        assertThat(ledger.submitted()).isEqualTo(before);
    }

    @Test
    void halfALineOfWhoGoesAwayIsNotDecided() throws Exception {
        try (var caller = new BatchCaller(server.port())) {
            caller.send("{\"key\":\"a\"}\n{\"key\":\"b\"}");
            assertThat(caller.readLine()).contains("\"key\":\"a\"");
            caller.vanish();
        }
        awaitIdle();
        assertThat(ledger.submitted()).isEqualTo(1);
    }

    @Test
    void manyBatchesShareTheRoomAndOneTooManyIsToldToComeAgain() throws Exception {
        Runnable durable = ledger.hold("k-1");
        var callers = new ArrayList<BatchCaller>();
        try {
            for (int i = 0; i < Batches.MOST; i++) {
                var caller = new BatchCaller(server.port());
                callers.add(caller);
                caller.send("\n");
            }
            while (server.batches() < Batches.MOST) {
                Thread.sleep(5);
            }
            callers.get(0).send(lines(0, 500, ""));
            int share = 512 / Batches.MOST;
            ledger.awaitSubmitted(share);
            Thread.sleep(100);
            assertThat(ledger.submitted()).isEqualTo(share);
            try (var oneTooMany = new BatchCaller(server.port())) {
                assertThat(catching(oneTooMany)).contains("503");
            }
        } finally {
            durable.run();
            for (var caller : callers) {
                caller.vanish();
            }
        }
        awaitIdle();
    }

    private static String catching(BatchCaller caller) {
        try {
            return String.valueOf(caller.readLine());
        } catch (IOException refused) {
            return String.valueOf(refused.getMessage());
        }
    }

    private void awaitIdle() throws InterruptedException {
        while (server.batches() > 0) {
            Thread.sleep(5);
        }
    }

    private static void sendLines(BatchCaller caller, int from, int until, String padding) {
        for (int i = from; i < until; i += 100) {
            sendPiece(caller, i, Math.min(until, i + 100), padding);
        }
        try {
            caller.end();
        } catch (IOException gone) {
            throw new IllegalStateException(gone);
        }
    }

    private static void sendPiece(BatchCaller caller, int from, int until, String padding) {
        try {
            caller.send(lines(from, until, padding));
        } catch (IOException gone) {
            throw new IllegalStateException(gone);
        }
    }

    private static String lines(int from, int until, String padding) {
        var lines = new StringBuilder();
        for (int i = from + 1; i <= until; i++) {
            lines.append("{\"key\":\"k-")
                    .append(i)
                    .append("\",\"facts\":{\"points\":1}")
                    .append(padding)
                    .append("}\n");
        }
        return lines.toString();
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
