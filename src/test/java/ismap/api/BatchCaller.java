package ismap.api;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A batch over a bare socket, so that it can be said what is sent when, and what is read. One chunk for each piece. */
final class BatchCaller implements AutoCloseable {

    private static final int SMALL_BUFFER = 16 * 1024;

    private final Socket socket = new Socket();
    private final InputStream in;
    private final OutputStream out;
    private boolean headerRead;
    private int leftInChunk;

    BatchCaller(int port) throws IOException {
        this(port, false);
    }

    /** With little room for what it has not read. */
    static BatchCaller slow(int port) throws IOException {
        return new BatchCaller(port, true);
    }

    private BatchCaller(int port, boolean slow) throws IOException {
        if (slow) {
            socket.setReceiveBufferSize(SMALL_BUFFER);
        }
        socket.connect(new InetSocketAddress("127.0.0.1", port));
        socket.setSoTimeout(20_000);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
        out = socket.getOutputStream();
        out.write(
                ("POST /api/v1/decisions/small/batch HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + BatchServer.TOKEN
                                + "\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
    }

    void send(String text) throws IOException {
        send(text.getBytes(StandardCharsets.UTF_8));
    }

    void send(byte[] piece) throws IOException {
        var chunk = new ByteArrayOutputStream();
        chunk.writeBytes("%x\r\n".formatted(piece.length).getBytes(StandardCharsets.US_ASCII));
        chunk.writeBytes(piece);
        chunk.writeBytes(new byte[] {'\r', '\n'});
        out.write(chunk.toByteArray());
    }

    void end() throws IOException {
        out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }

    /** The next line of the answer; null at its end. */
    @Nullable
    String readLine() throws IOException {
        readHeader();
        var line = new ByteArrayOutputStream();
        while (true) {
            if (leftInChunk == 0) {
                leftInChunk = Integer.parseInt(rawLine(), 16);
                if (leftInChunk == 0) {
                    rawLine();
                    return line.size() == 0 ? null : line.toString(StandardCharsets.UTF_8);
                }
            }
            int next = in.read();
            if (--leftInChunk == 0) {
                rawLine();
            }
            if (next == '\n') {
                return line.toString(StandardCharsets.UTF_8);
            }
            line.write(next);
        }
    }

    /** Whether no byte of the answer's lines comes for so many milliseconds. */
    boolean isSilentFor(int millis) throws IOException {
        readHeader();
        socket.setSoTimeout(millis);
        in.mark(1);
        try {
            in.read();
            in.reset();
            return false;
        } catch (SocketTimeoutException silent) {
            return true;
        } finally {
            socket.setSoTimeout(20_000);
        }
    }

    /** Goes away without a word. */
    void vanish() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    private void readHeader() throws IOException {
        if (!headerRead) {
            String status = rawLine();
            if (!status.startsWith("HTTP/1.1 200")) {
                throw new IOException(status);
            }
            while (!rawLine().isEmpty()) {
                // headers are asked about by other means
            }
            headerRead = true;
        }
    }

    private String rawLine() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("the answer was cut off");
            }
            if (next != '\r') {
                line.write(next);
            }
        }
        return line.toString(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
