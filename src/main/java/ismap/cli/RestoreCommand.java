package ismap.cli;

import ismap.backup.BackupFile;
import ismap.backup.BackupManifest;
import ismap.backup.BackupRefused;
import ismap.backup.TableTarget;
import ismap.decision.Bilingual;
import ismap.evaluation.Audit;
import ismap.ledger.Chain;
import ismap.ledger.Checkpoint;
import ismap.ledger.KeyRing;
import ismap.ledger.SigningKey;
import ismap.ledger.StorageUnavailable;
import ismap.ledger.Verification;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** Puts a backup into an empty database, all or nothing, and holds it against its own seals and against checkpoints. */
@Command(
        name = "restore",
        mixinStandardHelpOptions = true,
        description = {
            "Puts a backup into the empty database that the service's environment variables name, and verifies all records. Where they do not hold, nothing is kept.",
            "サービスの環境変数が示す空のデータベースにバックアップを入れ、すべての記録を検証します。検証で誤りが見付かったときは、何も残しません。"
        })
final class RestoreCommand implements Callable<Integer> {

    private static final int PAGE = 1000;
    private static final Duration PATIENCE = Duration.ofDays(7);

    @CommandLine.Spec
    @Nullable
    CommandSpec spec;

    @Parameters(
            paramLabel = "FILE",
            description = {"A file that backup wrote.", "backup が書いたファイル。"})
    Path file = Path.of("");

    @Option(
            names = "--checkpoints",
            paramLabel = "DIR|FILE",
            description = {
                "Signed checkpoints that were kept elsewhere (ISMAP_CHECKPOINT_DIR, or the file beside an earlier backup).",
                "別の場所に保管していた署名付きチェックポイント（ISMAP_CHECKPOINT_DIR、又は以前のバックアップの隣のファイル）。"
            })
    @Nullable
    Path checkpoints;

    @Option(
            names = "--keys",
            paramLabel = "FILE",
            description = {
                "The public keys kept with them; the same file, or keys.json beside them, where it is left out.",
                "それと一緒に保管していた公開鍵。省略時は、同じファイル、又は隣の keys.json。"
            })
    @Nullable
    Path keys;

    @Option(
            names = "--despite-findings",
            description = {
                "Keep what was restored although records do not hold, to examine it.",
                "記録の検証で誤りが見付かっても、調べるために残します。"
            })
    boolean despiteFindings;

    private final CliTools tools;
    private final PrintWriter out;
    private final PrintWriter err;

    RestoreCommand(CliTools tools, PrintWriter out, PrintWriter err) {
        this.tools = tools;
        this.out = out;
        this.err = err;
    }

    /** What was kept elsewhere. */
    private record Kept(List<Checkpoint> checkpoints, KeyRing keys, List<Bilingual> faults) {}

    @Override
    public Integer call() throws IOException {
        if (!Files.isRegularFile(file)) {
            throw usage("%s cannot be read. / %s を読み込めません。".formatted(file, file));
        }
        Kept kept = kept();
        try (BackupFile backup = BackupFile.open(file)) {
            backup.check(new CopyProgress("確認", "checked", err));
            try (TableTarget target = tools.backups().get().target()) {
                target.load(backup, new CopyProgress("読込み", "loaded", err));
                return verified(backup.manifest(), kept, target);
            }
        } catch (Storage.Refused refused) {
            say(refused.why());
        } catch (BackupRefused refused) {
            say(refused.what());
            say(new Bilingual("データベースには何も残していません。", "Nothing was left in the database."));
        } catch (StorageUnavailable gone) {
            say(new Bilingual(
                    "データベースとの接続が失われ、検証を終えられませんでした。空のデータベースに、もう一度復元してください。",
                    "The database was lost before all was verified; restore again, into an empty database."));
        }
        return Cli.FINDINGS;
    }

    private int verified(BackupManifest manifest, Kept kept, TableTarget target) throws Storage.Refused {
        err.println("記録を検証しています。 / Verifying the records.");
        err.flush();
        Verification verification = verification(target);
        var findings = new ArrayList<Bilingual>();
        verification
                .firstBad()
                .ifPresent(bad -> findings.add(new Bilingual(
                        "%d番: %s".formatted(bad.sequence(), bad.what().ja()),
                        "#%d: %s".formatted(bad.sequence(), bad.what().en()))));
        boolean endsAsItDid = manifest.head()
                .map(end -> end.equals(new Chain.Head(verification.entries(), verification.head())))
                .orElse(true);
        if (!endsAsItDid) {
            findings.add(new Bilingual(
                    "連鎖の終わりが、バックアップの目録と異なります。", "The end of the chain is not the one that the manifest names."));
        }
        findings.addAll(new KeyRing(target.checkpoints().keys()).faults());
        long held = hold(kept, target, verification.entries(), findings);
        if (!findings.isEmpty() && !despiteFindings) {
            target.clear();
        }
        return report(manifest, verification, kept, held, findings, target);
    }

    private static Verification verification(TableTarget target) {
        try {
            return new Audit(target.chain(), target.checkpoints(), Runnable::run)
                    .verify(PATIENCE)
                    .join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
        }
    }

    /** @return how many checkpoints from elsewhere agree */
    private static long hold(Kept kept, TableTarget target, long last, List<Bilingual> findings) {
        findings.addAll(kept.faults());
        findings.addAll(kept.keys().faults());
        List<SigningKey> stored = target.checkpoints().keys();
        boolean sameBeginning = kept.keys().form().isEmpty()
                || stored.isEmpty()
                || stored.get(0).keyId().equals(kept.keys().form().get(0).get("keyId"));
        if (!sameBeginning) {
            findings.add(new Bilingual(
                    "別の場所に保管していた公開鍵は、このバックアップの公開鍵とは別の鍵から始まっています。",
                    "The public keys kept elsewhere begin with another key than those of the backup."));
        }
        long held = 0;
        List<Checkpoint> within = kept.checkpoints().stream()
                .filter(checkpoint -> checkpoint.sequence() <= last)
                .toList();
        for (int from = 0; from < within.size(); from += PAGE) {
            List<Checkpoint> page = within.subList(from, Math.min(from + PAGE, within.size()));
            Map<Long, String> hashes =
                    target.hashes(page.stream().map(Checkpoint::sequence).toList());
            for (Checkpoint checkpoint : page) {
                Optional<Bilingual> fault = kept.keys().fault(checkpoint);
                if (fault.isPresent()) {
                    findings.add(fault.get());
                } else if (!checkpoint.hash().equals(hashes.get(checkpoint.sequence()))) {
                    findings.add(new Bilingual(
                            "%d番が、別の場所に保管していたチェックポイントと一致しません。".formatted(checkpoint.sequence()),
                            "#%d is not what the checkpoint kept elsewhere states.".formatted(checkpoint.sequence())));
                } else {
                    held++;
                }
            }
        }
        return held;
    }

    private int report(
            BackupManifest manifest,
            Verification verification,
            Kept kept,
            long held,
            List<Bilingual> findings,
            TableTarget target)
            throws Storage.Refused {
        findings.stream().limit(PAGE).forEach(what -> out.printf("%s%n%s%n", what.ja(), what.en()));
        out.printf(
                "記録 %d件、指摘 %d件。チェックポイントとの一致 %d件（バックアップ内）、%d件（別の場所に保管していた %d件のうち）。%n",
                verification.records(),
                findings.size(),
                verification.checkpoints(),
                held,
                kept.checkpoints().size());
        out.printf(
                "%d records, %d findings. %d checkpoints of the backup agree, and %d of %d kept elsewhere.%n",
                verification.records(),
                findings.size(),
                verification.checkpoints(),
                held,
                kept.checkpoints().size());
        if (!findings.isEmpty() && !despiteFindings) {
            out.println("誤りがあるため、データベースを空に戻しました（--despite-findings で残せます）。");
            out.println("Because of this the database was emptied again (--despite-findings keeps it).");
            return Cli.FINDINGS;
        }
        out.printf("%s のバックアップを復元しました。 / Restored the backup of %s.%n", manifest.at(), manifest.at());
        List<SigningKey> stored = target.checkpoints().keys();
        if (!stored.isEmpty()
                && !tools.backups().get().holdsKey(stored.get(stored.size() - 1).keyId())) {
            Path place = tools.backups().get().signingKey();
            out.printf(
                    "署名鍵が %s にありません。写しを置くまで、チェックポイントに署名されません。%nThe signing key is not in %s: no checkpoint is signed until a copy is put there.%n",
                    place, place);
        }
        long lastKept = kept.checkpoints().stream()
                .mapToLong(Checkpoint::sequence)
                .max()
                .orElse(0);
        if (lastKept > verification.entries()) {
            out.printf(
                    "別の場所のチェックポイントは%d番までを示しています。%d番より後の記録は、このバックアップの後のもので、失われています。%n",
                    lastKept, verification.entries());
            out.printf(
                    "The checkpoints kept elsewhere go up to #%d: what was recorded after #%d is later than this backup, and is lost.%n",
                    lastKept, verification.entries());
            return Cli.FINDINGS;
        }
        return findings.isEmpty() ? Cli.CLEAN : Cli.FINDINGS;
    }

    private Kept kept() throws IOException {
        Path given = checkpoints;
        if (given == null) {
            return new Kept(List.of(), new KeyRing(List.of()), List.of());
        }
        Path ring = keys != null ? keys : CheckpointFiles.keys(given);
        if (!Files.exists(given) || !Files.isRegularFile(ring)) {
            throw usage(
                    "--checkpoints needs checkpoints, and the public keys: --keys FILE. / --checkpoints には、チェックポイントと公開鍵（--keys）が必要です。");
        }
        var all = new ArrayList<Checkpoint>();
        var faults = new ArrayList<Bilingual>();
        for (Path each : CheckpointFiles.of(given)) {
            List<?> stated = CheckpointFiles.list(each, "checkpoints");
            stated.forEach(one -> Checkpoint.read(one).ifPresentOrElse(all::add, () -> faults.add(unreadable(each))));
            if (stated.isEmpty()) {
                faults.add(unreadable(each));
            }
        }
        return new Kept(all, KeyRing.read(CheckpointFiles.list(ring, "keys")), faults);
    }

    private static Bilingual unreadable(Path file) {
        return new Bilingual(
                "%s にチェックポイントがないか、読めません。".formatted(file),
                "%s holds no checkpoint, or one that cannot be read.".formatted(file));
    }

    private void say(Bilingual what) {
        err.println(what.ja());
        err.println(what.en());
    }

    private ParameterException usage(String message) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
    }
}
