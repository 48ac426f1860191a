package ismap.evaluation;

import ismap.decision.Bilingual;
import ismap.evaluation.Replay.Unreplayable;
import ismap.ledger.Redaction;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides receipts of a file again under a rulebook of a folder, without a database. The rulebook must be the one that the receipt's seal
 * names: by the digest of its model or, where a later service has another form for that, of its files.
 */
public final class FolderReplays {

    private final ActiveRulebook folder;
    private final String filesDigest;
    private final Replayer replayer;

    public FolderReplays(ActiveRulebook folder, String filesDigest, Alarm alarm) {
        this.folder = folder;
        this.filesDigest = filesDigest;
        this.replayer = new Replayer(alarm);
    }

    /**
     * @param receipt as {@link Records#form} has it, read as JSON
     * @return empty where it is no receipt
     */
    public Optional<Replay> replay(@Nullable Object receipt) {
        return Recorded.read(receipt).map(record -> replay(record, digests((Map<?, ?>) receipt)));
    }

    private Replay replay(Recorded record, Map<?, ?> digests) {
        if (record.isRedacted()) {
            return Replayer.redacted(record);
        }
        boolean same = folder.digest().equals(digests.get("digest")) || filesDigest.equals(digests.get("filesDigest"));
        if (!same) {
            return new Unreplayable(
                    record,
                    "REVISION_OTHER",
                    new Bilingual(
                            "記録は改定版 %s によるもので、このフォルダーの規則集は別のものです。".formatted(record.revision()),
                            "The record was decided under revision %s, and the rulebook of this folder is another."
                                    .formatted(record.revision())));
        }
        return replayer.replay(
                record,
                new ActiveRulebook(
                        record.revision(),
                        String.valueOf(digests.get("digest")),
                        folder.publishedAt(),
                        folder.rulebook(),
                        folder.sources(),
                        folder.plans(),
                        folder.rules()));
    }

    /** Whether a line of an export is no receipt, but says that one was redacted. */
    public static boolean isRedaction(@Nullable Object line) {
        return line instanceof Map<?, ?> entry
                && entry.get("seal") instanceof Map<?, ?> seal
                && Redaction.KIND.equals(seal.get("kind"));
    }

    private static Map<?, ?> digests(@Nullable Map<?, ?> receipt) {
        return receipt != null
                        && receipt.get("seal") instanceof Map<?, ?> seal
                        && seal.get("revision") instanceof Map<?, ?> revision
                ? revision
                : Map.of();
    }
}
