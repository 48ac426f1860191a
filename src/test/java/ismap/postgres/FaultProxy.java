package ismap.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/** Stands between a service and its database on the loopback address, and breaks what passes. */
final class FaultProxy implements AutoCloseable {

    enum Fault {
        NONE,
        /** Nothing passes any more, and nobody is told. */
        STALL,
        /** Connections are cut, and new ones too. */
        CUT,
        /** The next COMMIT reaches the server; its answer, and the connection, are lost. */
        LOSE_THE_ANSWER_TO_A_COMMIT
    }

    private static final byte[] COMMIT = "COMMIT".getBytes(StandardCharsets.US_ASCII);

    private final ServerSocket listener;
    private final int target;
    private final AtomicReference<Fault> fault = new AtomicReference<>(Fault.NONE);
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    FaultProxy(int target) throws IOException {
        this.target = target;
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start("accept", this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    void set(Fault next) {
        fault.set(next);
        if (next == Fault.CUT) {
            open.forEach(FaultProxy::close);
        }
    }

    boolean isDone() {
        return fault.get() == Fault.NONE;
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void start(String name, Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException cut) {
                        // That is what it is for.
                    }
                },
                "fault-proxy-" + name);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = listener.accept();
            if (fault.get() == Fault.CUT) {
                close(client);
                continue;
            }
            Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
            open.add(client);
            open.add(server);
            start("up", () -> pass(client, server, true));
            start("down", () -> pass(server, client, false));
        }
    }

    private void pass(Socket from, Socket to, boolean isUp) throws IOException {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[65536];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                while (fault.get() == Fault.STALL) {
                    Pause.milliseconds(20);
                }
                boolean commits = isUp
                        && contains(buffer, read)
                        && fault.compareAndSet(Fault.LOSE_THE_ANSWER_TO_A_COMMIT, Fault.NONE);
                if (commits) {
                    from.shutdownOutput(); // before the server can answer
                    out.write(buffer, 0, read);
                    out.flush();
                    Pause.milliseconds(300); // the server has it; only the client never hears so
                    return;
                }
                out.write(buffer, 0, read);
                out.flush();
            }
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    private static boolean contains(byte[] buffer, int length) {
        for (int i = 0; i + COMMIT.length <= length; i++) {
            int same = 0;
            while (same < COMMIT.length && buffer[i + same] == COMMIT[same]) {
                same++;
            }
            if (same == COMMIT.length) {
                return true;
            }
        }
        return false;
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException alreadyClosed) {
            // Closed is what it should be.
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        open.forEach(FaultProxy::close);
    }
}
