package ismap.ledger;

import ismap.json.JsonReader;
import ismap.json.Parsed;
import ismap.revision.RevisionStore;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Keeps records for as long as a test runs. Passes {@link LedgerContract}, as the real one does. */
public final class InMemoryLedger implements Ledger, Chain, RecordSearch, Redactions {
    private final Map<UUID, Receipt> receipts = new LinkedHashMap<>();
    private final Map<List<String>, UUID> named = new HashMap<>();
    private final Map<UUID, RedactionProposal> proposals = new LinkedHashMap<>();
    private final Map<UUID, Redaction> redactions = new LinkedHashMap<>();
    private final RevisionStore revisions;
    private final Supplier<Instant> clock;
    private String head = Seal.NOTHING;

    public InMemoryLedger(RevisionStore revisions, Supplier<Instant> clock) {
        this.revisions = revisions;
        this.clock = clock;
    }

    @Override
    public synchronized CompletableFuture<Receipt> submit(NewRecord record) {
        String key = record.key();
        Optional<Receipt> earlier = key == null ? Optional.empty() : find(record.recordedBy(), key);
        if (earlier.isPresent()) {
            return CompletableFuture.completedFuture(earlier.get());
        }
        UUID superseded = record.supersedes();
        var revision = revisions.find(record.revisionId());
        String wrong = receipts.containsKey(record.id())
                ? "record %s exists".formatted(record.id())
                : superseded != null && !receipts.containsKey(superseded)
                        ? "record %s does not exist".formatted(superseded)
                        : revision.isEmpty() ? "revision %s does not exist".formatted(record.revisionId()) : "";
        if (!wrong.isEmpty()) {
            return CompletableFuture.failedFuture(new IllegalArgumentException(wrong));
        }
        byte[] salt = new byte[Seal.SALT];
        Seal seal = Seal.of(
                receipts.size() + redactions.size(),
                head,
                clock.get().truncatedTo(ChronoUnit.MICROS),
                record,
                new RevisionDigests(
                        record.revisionId(),
                        revision.orElseThrow().digest(),
                        revision.orElseThrow().filesDigest()),
                salt);
        var receipt = new Receipt(record, seal, salt, Optional.empty());
        receipts.put(record.id(), receipt);
        head = seal.hash();
        if (key != null) {
            named.put(List.of(record.recordedBy(), key), record.id());
        }
        return CompletableFuture.completedFuture(receipt);
    }

    @Override
    public synchronized Optional<Receipt> find(UUID id) {
        Optional<UUID> correction = receipts.values().stream()
                .map(Receipt::record)
                .filter(record -> id.equals(record.supersedes()))
                .map(NewRecord::id)
                .reduce((earlier, later) -> later);
        return Optional.ofNullable(receipts.get(id))
                .map(receipt -> new Receipt(
                        receipt.record(),
                        receipt.seal(),
                        receipt.salt(),
                        correction,
                        Optional.ofNullable(redactions.get(id))));
    }

    @Override
    public synchronized RedactionProposal propose(
            UUID id, UUID recordId, String proposedBy, String reason, String legalBasis) {
        if (!receipts.containsKey(recordId)) {
            throw new IllegalArgumentException("record %s does not exist".formatted(recordId));
        }
        var proposal = new RedactionProposal(
                id, recordId, clock.get().truncatedTo(ChronoUnit.MICROS), proposedBy, reason, legalBasis);
        proposals.put(id, proposal);
        return proposal;
    }

    @Override
    public synchronized List<RedactionProposal> proposals(UUID recordId) {
        return proposals.values().stream()
                .filter(proposal -> proposal.recordId().equals(recordId))
                .toList();
    }

    @Override
    public synchronized Result carryOut(UUID recordId, UUID id, String carriedOutBy) {
        Optional<RedactionProposal> proposal = proposal(recordId, id);
        if (proposal.isEmpty()) {
            return new Result.Refused(Result.Why.UNKNOWN_PROPOSAL);
        }
        if (proposal.get().proposedBy().equals(carriedOutBy)) {
            return new Result.Refused(Result.Why.OWN_PROPOSAL);
        }
        Receipt receipt = find(recordId).orElseThrow();
        if (receipt.isRedacted()) {
            return new Result.Refused(Result.Why.ALREADY_REDACTED);
        }
        Redaction redaction = Redaction.of(
                receipts.size() + redactions.size(),
                head,
                clock.get().truncatedTo(ChronoUnit.MICROS),
                proposal.get(),
                receipt.seal().sequence(),
                carriedOutBy);
        head = redaction.seal().hash();
        redactions.put(recordId, redaction);
        NewRecord old = receipt.record();
        var left = new NewRecord(
                old.id(),
                old.recordedBy(),
                null,
                old.decision(),
                old.outcome(),
                old.applicableDay(),
                old.asOf(),
                old.revisionId(),
                null,
                null,
                null,
                null,
                old.supersedes(),
                null,
                new byte[0],
                new byte[0]);
        receipts.put(recordId, new Receipt(left, receipt.seal(), new byte[0], Optional.empty()));
        return new Result.CarriedOut(redaction);
    }

    @Override
    public synchronized List<RecordSummary> newestFirst(RecordFilter filter, long before, int limit) {
        return matching(filter)
                .filter(receipt -> receipt.seal().sequence() < before)
                .sorted(Comparator.comparing((Receipt receipt) -> receipt.seal().sequence(), Comparator.reverseOrder()))
                .limit(limit)
                .map(InMemoryLedger::summary)
                .toList();
    }

    @Override
    public List<RecordSummary> oldestFirst(RecordFilter filter, long after, int limit) {
        return receipts(filter, after, limit).stream()
                .map(InMemoryLedger::summary)
                .toList();
    }

    @Override
    public synchronized List<Receipt> receipts(RecordFilter filter, long after, int limit) {
        return matching(filter)
                .filter(receipt -> receipt.seal().sequence() > after)
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized List<Entry> entries(RecordFilter filter, long after, int limit) {
        return matching(filter)
                .flatMap(receipt -> Stream.<Entry>concat(Stream.of(receipt), receipt.redaction().stream()))
                .filter(entry -> entry.seal().sequence() > after)
                .sorted(Comparator.comparing((Entry entry) -> entry.seal().sequence()))
                .limit(limit)
                .toList();
    }

    private Stream<Receipt> matching(RecordFilter filter) {
        return List.copyOf(receipts.keySet()).stream()
                .map(id -> find(id).orElseThrow())
                .filter(receipt -> matches(filter, receipt));
    }

    private static boolean matches(RecordFilter filter, Receipt receipt) {
        NewRecord record = receipt.record();
        var references = Arrays.asList(record.application(), record.service(), record.applicant(), record.assessor());
        return filter.decision().stream().allMatch(record.decision()::equals)
                && filter.outcome().stream().allMatch(record.outcome()::equals)
                && filter.revision().stream().allMatch(record.revisionId()::equals)
                && filter.reference().stream().allMatch(references::contains)
                && filter.rule().stream().allMatch(rule -> found(record, "rule", rule))
                && filter.clause().stream().allMatch(clause -> found(record, "clause", clause))
                && filter.applicableFrom().stream().noneMatch(record.applicableDay()::isBefore)
                && filter.applicableUntil().stream().allMatch(record.applicableDay()::isBefore)
                && filter.recordedFrom().stream().noneMatch(receipt.recordedAt()::isBefore)
                && filter.recordedUntil().stream().allMatch(receipt.recordedAt()::isBefore);
    }

    private static boolean found(NewRecord record, String what, String name) {
        if (!(JsonReader.read(record.answer()) instanceof Parsed.Document document
                && document.value() instanceof Map<?, ?> answer
                && answer.get("findings") instanceof List<?> findings)) {
            return false;
        }
        return findings.stream()
                .map(each -> (Map<?, ?>) each)
                .filter(finding -> !"NOT_APPLICABLE".equals(finding.get("status")))
                .anyMatch(finding -> name.equals(
                        what.equals("rule") ? finding.get("rule") : cited((Map<?, ?>) finding.get("citation"))));
    }

    private static String cited(@Nullable Map<?, ?> citation) {
        return citation == null ? "" : citation.get("document") + " " + citation.get("clause");
    }

    private static RecordSummary summary(Receipt receipt) {
        NewRecord record = receipt.record();
        return new RecordSummary(
                record.id(),
                receipt.seal().sequence(),
                receipt.recordedAt(),
                record.recordedBy(),
                record.decision(),
                record.outcome(),
                record.applicableDay(),
                record.asOf(),
                record.revisionId(),
                record.application(),
                record.service(),
                record.applicant(),
                record.assessor(),
                Optional.ofNullable(record.supersedes()),
                receipt.supersededBy());
    }

    @Override
    public synchronized Optional<Receipt> find(String principal, String key) {
        return Optional.ofNullable(named.get(List.of(principal, key))).flatMap(this::find);
    }

    @Override
    public void walk(long afterSequence, Consumer<StoredLink> consumer) {
        stored().stream().filter(link -> link.sequence() > afterSequence).forEach(consumer);
    }

    @Override
    public synchronized Optional<Head> last() {
        long last = receipts.size() + redactions.size();
        return last == 0 ? Optional.empty() : Optional.of(new Head(last, head));
    }

    @Override
    public Optional<UUID> keyWithoutRecord() {
        return Optional.empty();
    }

    private synchronized List<StoredLink> stored() {
        return Stream.concat(
                        receipts.values().stream().map(StoredLinks::of),
                        redactions.values().stream().map(StoredLinks::of))
                .sorted(Comparator.comparing(StoredLink::sequence))
                .toList();
    }
}
