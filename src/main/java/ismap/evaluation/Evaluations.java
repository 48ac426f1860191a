package ismap.evaluation;

import static ismap.evaluation.RequestProblems.shown;

import ismap.decision.Bilingual;
import ismap.decision.Decision;
import ismap.decision.Problem;
import ismap.evaluation.Evaluation.Answered;
import ismap.evaluation.Evaluation.EvaluationFailed;
import ismap.evaluation.Evaluation.Invalid;
import ismap.evaluation.Evaluation.Repeated;
import ismap.evaluation.Evaluation.Unavailable;
import ismap.evaluation.Evaluation.UnknownDecision;
import ismap.json.JsonWriter;
import ismap.ledger.Ledger;
import ismap.ledger.LedgerFull;
import ismap.ledger.NewRecord;
import ismap.ledger.Receipt;
import ismap.ledger.StorageUnavailable;
import ismap.rulebook.FactReader;
import ismap.rulebook.Plan;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers questions by the rulebook in force. Every question goes to the compiled rules and to the reference interpreter, from the same
 * facts; where they differ, or where one of them fails, nobody gets an answer.
 */
public final class Evaluations {

    private final Supplier<Optional<ActiveRulebook>> inForce;
    private final Ledger ledger;
    private final Clock clock;
    private final Supplier<UUID> ids;
    private final BothEngines engines;

    /**
     * @param inForce the published revision of this moment; empty before there is one
     * @param clock for "today" and for {@code knownAt}
     */
    public Evaluations(
            Supplier<Optional<ActiveRulebook>> inForce, Ledger ledger, Clock clock, Supplier<UUID> ids, Alarm alarm) {
        this.inForce = inForce;
        this.ledger = ledger;
        this.clock = clock;
        this.ids = ids;
        this.engines = new BothEngines(alarm);
    }

    /** Plans by the published revision of the moment at which it is asked; records nothing. */
    public Planner planner() {
        return new Planner(inForce, clock, engines);
    }

    /** The published revision of this moment. */
    public Optional<ActiveRulebook> inForce() {
        return inForce.get();
    }

    /**
     * Answers and records nothing. Needs no database.
     *
     * @param json the request: JSON as JDK values
     */
    public Evaluation selfCheck(String decision, @Nullable Object json) {
        return new Question(Situation.ofNow(inForce.get()), decision, json, Optional.empty(), Optional.empty())
                .evaluate();
    }

    /**
     * Reads and checks a request as {@link #selfCheck} does, for another question about the same case.
     *
     * @param more what else may be wrong with it, once the vocabulary is known
     */
    Prepared prepare(String decision, @Nullable Object json, Function<Plan, List<Problem>> more) {
        return new Question(Situation.ofNow(inForce.get()), decision, json, Optional.empty(), Optional.empty())
                .prepare(more);
    }

    BothEngines engines() {
        return engines;
    }

    /**
     * Answers, and returns only after the record is durable.
     *
     * @param principal who asks
     * @param key the principal's own name for this question; asked again under it, the answer is the former one
     */
    public Evaluation decide(String decision, @Nullable Object json, String principal, Optional<String> key) {
        try {
            return submit(decision, json, principal, key).join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw failed;
        }
    }

    /** As {@link #decide}, without waiting for the record: what it returns is complete once that is durable. */
    public CompletableFuture<Evaluation> submit(
            String decision, @Nullable Object json, String principal, Optional<String> key) {
        return submit(Situation.ofNow(inForce.get()), decision, json, principal, key);
    }

    /** Many questions to the revision of this moment, whatever is published meanwhile; empty before there is one. */
    public Optional<Batch> batch() {
        return inForce.get().map(active -> new Batch(active, today()));
    }

    private CompletableFuture<Evaluation> submit(
            Situation situation, String decision, @Nullable Object json, String principal, Optional<String> key) {
        try {
            return new Question(situation, decision, json, Optional.of(principal), key).submit();
        } catch (StorageUnavailable unavailable) {
            return CompletableFuture.completedFuture(new Unavailable(Unavailable.What.DATABASE));
        } catch (LedgerFull full) {
            return CompletableFuture.completedFuture(new Unavailable(Unavailable.What.QUEUE));
        }
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), FactReader.TOKYO);
    }

    /** Questions that one revision answers and, where they name no day, for one day. */
    public final class Batch {
        private final ActiveRulebook by;
        private final LocalDate asOf;

        private Batch(ActiveRulebook by, LocalDate asOf) {
            this.by = by;
            this.asOf = asOf;
        }

        public ActiveRulebook by() {
            return by;
        }

        /** The day asked about where a question names none: today in Tokyo when the batch began. */
        public LocalDate asOf() {
            return asOf;
        }

        /** As {@link Evaluations#submit}. */
        public CompletableFuture<Evaluation> submit(
                String decision, @Nullable Object json, String principal, Optional<String> key) {
            return Evaluations.this.submit(
                    new Situation(Optional.of(by), Optional.of(asOf)), decision, json, principal, key);
        }
    }

    /**
     * Which rules a question meets.
     *
     * @param active empty where no revision is published
     * @param asOf the day of questions that name none; empty for the day on which they are decided
     */
    private record Situation(Optional<ActiveRulebook> active, Optional<LocalDate> asOf) {
        static Situation ofNow(Optional<ActiveRulebook> active) {
            return new Situation(active, Optional.empty());
        }
    }

    /** One request, from its shape to its record. */
    private final class Question {
        private final Situation situation;
        private final String decision;
        private final Request request;
        private final List<Problem> problems;
        private final Optional<String> principal;
        private final Optional<String> key;
        private Optional<NewRecord> toRecord = Optional.empty();

        Question(
                Situation situation,
                String decision,
                @Nullable Object json,
                Optional<String> principal,
                Optional<String> key) {
            Request.Read read = Request.read(json);
            this.situation = situation;
            this.decision = decision;
            this.request = read.request();
            this.problems = new ArrayList<>(read.problems());
            this.principal = principal;
            this.key = key;
        }

        /**
         * @throws StorageUnavailable where the ledger cannot be asked
         * @throws LedgerFull where it takes no more for now
         */
        CompletableFuture<Evaluation> submit() {
            Evaluation evaluation = evaluate();
            if (toRecord.isPresent()) {
                NewRecord record = toRecord.get();
                return ledger.submit(record).handle((receipt, failure) -> {
                    if (failure != null) {
                        return unrecorded(failure);
                    }
                    return receipt.id().equals(record.id()) ? evaluation : repeated(receipt);
                });
            }
            // What was answered once under the key stays answered, also where the rules of today would not answer it.
            Optional<Receipt> earlier = key.flatMap(name -> ledger.find(principal.orElseThrow(), name));
            return CompletableFuture.completedFuture(earlier.map(this::repeated).orElse(evaluation));
        }

        private Evaluation unrecorded(Throwable failure) {
            Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
            if (cause instanceof StorageUnavailable) {
                return new Unavailable(Unavailable.What.DATABASE);
            }
            throw new CompletionException(cause);
        }

        private Evaluation repeated(Receipt earlier) {
            if (earlier.record().decision().equals(decision)
                    && Arrays.equals(earlier.record().request(), JsonWriter.canonical(request.asked()))) {
                return new Repeated(earlier.id(), earlier.record().answer());
            }
            return new Invalid(List.of(RequestProblems.of(
                    "KEY_REUSED",
                    "",
                    key.orElse(""),
                    "the request that was sent under this key before, or another key",
                    new Bilingual(
                            "このキーは、別の内容の要求（記録 %s）に使われています。".formatted(earlier.id()),
                            "This key was used for another request (record %s).".formatted(earlier.id())),
                    new Bilingual("新しい要求には新しいキーを付けてください。", "Give a new request a new key."))));
        }

        Evaluation evaluate() {
            Optional<ActiveRulebook> active = situation.active();
            if (active.isEmpty()) {
                return new Unavailable(Unavailable.What.RULEBOOK);
            }
            Optional<Plan> plan = active.get().plan(decision);
            return plan.isEmpty()
                    ? new UnknownDecision(
                            decision, List.copyOf(active.get().plans().keySet()))
                    : evaluate(active.get(), plan.get());
        }

        private Evaluation evaluate(ActiveRulebook active, Plan plan) {
            Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
            FactReader.Result facts = FactReader.read(plan, request.facts());
            problems.addAll(facts.problems());
            checkAttestations(plan);
            checkRevision(active, now);
            if (principal.isPresent()) {
                checkSuperseded();
            }
            if (problems.stream().anyMatch(Problem::isError)) {
                return new Invalid(problems);
            }
            LocalDate asOf = request.asOf().or(situation::asOf).orElseGet(Evaluations.this::today);
            Optional<Decision> decided = engines.decide(active, plan, facts, request, asOf);
            return decided.isEmpty()
                    ? new EvaluationFailed(decision, active.revisionId())
                    : answered(active, decided.get(), request.knownAt().orElse(now));
        }

        Prepared prepare(Function<Plan, List<Problem>> more) {
            Optional<ActiveRulebook> active = situation.active();
            Optional<Plan> plan = active.flatMap(rulebook -> rulebook.plan(decision));
            if (active.isEmpty() || plan.isEmpty()) {
                return new Prepared.Refused(evaluate());
            }
            FactReader.Result facts = FactReader.read(plan.get(), request.facts());
            problems.addAll(facts.problems());
            checkAttestations(plan.get());
            checkRevision(active.get(), clock.instant().truncatedTo(ChronoUnit.MILLIS));
            problems.addAll(more.apply(plan.get()));
            if (problems.stream().anyMatch(Problem::isError)) {
                return new Prepared.Refused(new Invalid(problems));
            }
            LocalDate asOf = request.asOf().or(situation::asOf).orElseGet(Evaluations.this::today);
            return new Prepared.Ready(active.get(), plan.get(), facts, asOf);
        }

        private Evaluation answered(ActiveRulebook active, Decision answer, Instant knownAt) {
            Optional<UUID> id = principal.map(name -> ids.get());
            Map<String, @Nullable Object> form = AnswerForm.of(id, answer, knownAt, AnswerForm.revision(active));
            byte[] body = id.isPresent() ? JsonWriter.canonical(form) : JsonWriter.write(form);
            toRecord = id.map(record -> new NewRecord(
                    record,
                    principal.orElseThrow(),
                    key.orElse(null),
                    decision,
                    answer.outcome(),
                    answer.applicableDay(),
                    answer.asOf(),
                    active.revisionId(),
                    request.reference().get("application"),
                    request.reference().get("service"),
                    request.reference().get("applicant"),
                    request.reference().get("assessor"),
                    request.supersedes().orElse(null),
                    request.reason().orElse(null),
                    JsonWriter.canonical(request.asked()),
                    body));
            return new Answered(id, answer, active, knownAt, body);
        }

        private void checkAttestations(Plan plan) {
            request.attestations().keySet().stream()
                    .filter(fact -> plan.rulebook().vocabulary().fact(fact).isEmpty())
                    .forEach(fact -> problems.add(RequestProblems.of(
                            "UNKNOWN_FACT",
                            "/attestations/" + RequestProblems.escaped(fact),
                            fact,
                            "a fact of the vocabulary",
                            new Bilingual(
                                    "「%s」という事実は語彙にありません。".formatted(shown(fact)),
                                    "There is no fact \"%s\" in the vocabulary.".formatted(shown(fact))),
                            new Bilingual(
                                    "使える名前は GET /api/v1/decisions/%s/schema にあります。".formatted(decision),
                                    "See GET /api/v1/decisions/%s/schema for the names.".formatted(decision)))));
        }

        /** Until revisions can be chosen, whoever asks for another one than that in force must hear so. */
        private void checkRevision(ActiveRulebook active, Instant now) {
            request.revision()
                    .filter(revision -> !revision.equals(active.revisionId()))
                    .ifPresent(revision -> notInForce("/revision", revision, active));
            request.knownAt()
                    .filter(knownAt -> knownAt.isBefore(active.publishedAt()) || knownAt.isAfter(now))
                    .ifPresent(knownAt -> notInForce("/knownAt", knownAt.toString(), active));
        }

        private void notInForce(String pointer, String value, ActiveRulebook active) {
            problems.add(RequestProblems.of(
                    "REVISION_NOT_IN_FORCE",
                    pointer,
                    value,
                    "%s, in force since %s".formatted(active.revisionId(), active.publishedAt()),
                    new Bilingual(
                            "現在は、施行中の改定版（%s、%s から）についてのみ判定できます。".formatted(active.revisionId(), active.publishedAt()),
                            "Only the revision in force (%s, since %s) can be asked yet."
                                    .formatted(active.revisionId(), active.publishedAt())),
                    new Bilingual("この項目を取り除いてください。", "Leave this field out.")));
        }

        /**
         * What is corrected must be on record, and be the same decision.
         *
         * @throws StorageUnavailable where the ledger cannot be asked
         */
        private void checkSuperseded() {
            request.supersedes().ifPresent(id -> {
                Optional<Receipt> superseded = ledger.find(id);
                if (superseded.isEmpty()) {
                    problems.add(RequestProblems.of(
                            "RECORD_UNKNOWN",
                            "/supersedes",
                            id.toString(),
                            "the id of a record",
                            new Bilingual("そのIDの記録はありません。", "There is no record of that id."),
                            new Bilingual(
                                    "訂正する記録の id を書いてください。", "Give the id of the record that this one corrects.")));
                } else if (!superseded.get().record().decision().equals(decision)) {
                    problems.add(RequestProblems.of(
                            "RECORD_OF_OTHER_DECISION",
                            "/supersedes",
                            id.toString(),
                            "a record of " + decision,
                            new Bilingual(
                                    "その記録は別の判定（%s）のものです。"
                                            .formatted(superseded.get().record().decision()),
                                    "That record is of another decision (%s)."
                                            .formatted(superseded.get().record().decision())),
                            new Bilingual("同じ判定の記録を指定してください。", "Name a record of the same decision.")));
                }
            });
        }
    }
}
