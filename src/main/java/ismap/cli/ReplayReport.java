package ismap.cli;

import ismap.evaluation.Replay;
import ismap.evaluation.Replay.Difference;
import ismap.evaluation.Replay.Different;
import ismap.evaluation.Replay.Json;
import ismap.evaluation.Replay.Unreplayable;
import ismap.json.JsonWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Prints what is not the same as it comes, progress beside it, and a summary. Keeps counts alone. */
final class ReplayReport {

    /** How to print it. */
    enum Format {
        TEXT,
        JSON
    }

    private static final int PROGRESS = 1000;

    private final Format format;
    private final PrintWriter out;
    private final PrintWriter err;
    private long records;
    private long different;
    private long unreplayable;

    ReplayReport(Format format, PrintWriter out, PrintWriter err) {
        this.format = format;
        this.out = out;
        this.err = err;
    }

    void add(Replay replay) {
        records++;
        if (replay instanceof Different) {
            different++;
        } else if (replay instanceof Unreplayable) {
            unreplayable++;
        }
        if (!(replay instanceof Replay.Same)) {
            out.println(format == Format.JSON ? json(replay.form()) : text(replay));
        }
        if (records % PROGRESS == 0) {
            err.println("%d件を再判定しました。 / %d records replayed.".formatted(records, records));
            err.flush();
        }
    }

    /** @return the exit code */
    int end() {
        long same = records - different - unreplayable;
        if (format == Format.JSON) {
            var summary = new LinkedHashMap<String, Object>();
            summary.put("records", records);
            summary.put("same", same);
            summary.put("different", different);
            summary.put("unreplayable", unreplayable);
            out.println(json(summary));
        } else {
            out.println("記録 %d件: 一致 %d、相違 %d、再判定不能 %d / %d record(s): %d same, %d different, %d not replayable"
                    .formatted(records, same, different, unreplayable, records, same, different, unreplayable));
        }
        return same == records ? Cli.CLEAN : Cli.FINDINGS;
    }

    private static String text(Replay replay) {
        var text = new StringBuilder("%s #%d %s (%s)"
                .formatted(
                        replay.result(),
                        replay.record().sequence(),
                        replay.record().id(),
                        replay.record().revision()));
        if (replay instanceof Different differing) {
            for (Difference difference : differing.differences()) {
                text.append("\n  %s: %s → %s"
                        .formatted(difference.pointer(), shown(difference.recorded()), shown(difference.replayed())));
            }
        } else if (replay instanceof Unreplayable reason) {
            text.append("\n  %s %s / %s"
                    .formatted(
                            reason.code(),
                            reason.message().ja(),
                            reason.message().en()));
        }
        return text.toString();
    }

    private static String shown(Optional<Json> json) {
        return json.map(there -> new String(JsonWriter.write(there.value()), StandardCharsets.UTF_8))
                .orElse("(absent)");
    }

    private static String json(Map<String, ?> form) {
        return new String(JsonWriter.write(form), StandardCharsets.UTF_8);
    }
}
