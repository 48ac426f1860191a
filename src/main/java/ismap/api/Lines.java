package ismap.api;

import java.io.ByteArrayOutputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Cuts bytes that come in pieces into lines, at LF; a CR before it is white space of JSON. Lines are counted from 1, blank ones too,
 * which are left out otherwise. Keeps one piece and at most one line. Not for several threads.
 */
final class Lines {

    /** @param bytes without its LF; empty where the line is longer than the limit */
    @SuppressWarnings("ArrayRecordComponent") // read once, never compared by equals
    record Line(long number, Optional<byte[]> bytes) {}

    private final int longest;
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
    private byte[] piece = new byte[0];
    private int at;
    private long number = 1;
    private boolean tooLong;

    /** @param longest of a line without its LF, in bytes */
    Lines(int longest) {
        this.longest = longest;
    }

    /** Takes the next piece; all lines of the one before must have been taken out. */
    void add(byte[] next) {
        if (at < piece.length) {
            throw new IllegalStateException("%d bytes are left".formatted(piece.length - at));
        }
        piece = next;
        at = 0;
    }

    /** The next line that has ended; empty where more bytes are needed. */
    Optional<Line> next() {
        while (at < piece.length) {
            int end = at;
            while (end < piece.length && piece[end] != '\n') {
                end++;
            }
            keep(end);
            if (end == piece.length) {
                at = end;
                return Optional.empty();
            }
            at = end + 1;
            Line line = take();
            if (line != null) {
                return Optional.of(line);
            }
        }
        return Optional.empty();
    }

    /** The last line, where it ended without LF. */
    Optional<Line> rest() {
        return Optional.ofNullable(take());
    }

    private void keep(int end) {
        if (begun.size() + (end - at) > longest) {
            tooLong = true;
            begun.reset();
        }
        if (!tooLong) {
            begun.write(piece, at, end - at);
        }
    }

    private @Nullable Line take() {
        byte[] bytes = begun.toByteArray();
        boolean cut = tooLong;
        long ended = number++;
        begun.reset();
        tooLong = false;
        return cut ? new Line(ended, Optional.empty()) : isBlank(bytes) ? null : new Line(ended, Optional.of(bytes));
    }

    private static boolean isBlank(byte[] bytes) {
        for (byte each : bytes) {
            if (each != ' ' && each != '\t' && each != '\r') {
                return false;
            }
        }
        return true;
    }
}
