package ismap.app;

import ismap.drools.DroolsCompiler;
import ismap.publication.Activation;
import ismap.publication.Check;
import ismap.publication.CheckRulebook;
import ismap.publication.Checking;
import ismap.publication.Drafting;
import ismap.publication.EngineChecks;
import ismap.publication.FileMerge;
import ismap.publication.Publishing;
import ismap.publication.Rebasing;
import ismap.publication.Revising;
import ismap.publication.RevisionHistory;
import ismap.revision.RevisionLog;
import ismap.revision.RevisionStore;
import ismap.xlsx.AnnotatedWorkbook;
import ismap.xlsx.Stamp;
import ismap.xlsx.WorkbookMerge;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Wires what is done with revisions. */
final class RevisionDesk {

    private static final Logger LOG = LoggerFactory.getLogger(RevisionDesk.class);
    private static final Duration CHECK_LIMIT = Duration.ofMinutes(15);
    private static final DateTimeFormatter ID =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss").withZone(ZoneOffset.UTC);

    private RevisionDesk() {}

    /** @param more what is looked at of a draft beside the rulebook itself and its scenarios */
    static Revising of(
            RevisionHistory history,
            RevisionLog log,
            RevisionStore revisions,
            Activation activation,
            List<Check> more,
            Clock clock) {
        var check = new CheckRulebook(Rulebooks::read, Rulebooks::scenarios);
        var checks = new ArrayList<>(EngineChecks.of(new DroolsCompiler()));
        checks.addAll(more);
        Supplier<String> ids = ids(clock);
        var drafting = new Drafting(
                history, log, revisions, check, workbook -> Stamp.of(workbook).map(Stamp::path), ids);
        return new Revising(
                history,
                drafting,
                new Rebasing(history, revisions, drafting, RevisionDesk::merged),
                new Checking(
                        history,
                        log,
                        revisions,
                        check,
                        checks,
                        CHECK_LIMIT,
                        (id, failure) -> LOG.error("the checks of revision {} failed", id, failure)),
                new Publishing(history, log, revisions, Rulebooks::checked, activation, ids),
                AnnotatedWorkbook::of);
    }

    private static Optional<FileMerge.Merged> merged(String path, byte[] base, byte[] inForce, byte[] draft) {
        return path.endsWith(".xlsx")
                ? WorkbookMerge.of(path, base, inForce, draft)
                        .map(merged -> new FileMerge.Merged(merged.workbook(), merged.conflicts()))
                : Optional.empty();
    }

    /** The moment for people, chance against two at one moment. */
    private static Supplier<String> ids(Clock clock) {
        var random = new SecureRandom();
        return () -> "%s-%08x".formatted(ID.format(clock.instant()), random.nextInt());
    }
}
