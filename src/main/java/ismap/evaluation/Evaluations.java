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
import ismap.evaluation.Revisions.Opened;
import ismap.evaluation.Revisions.Unusable;
import ismap.evaluation.Revisions.Usable;
import ismap.evaluation.Timeline.Purpose;
import ismap.json.JsonWriter;
import ismap.ledger.Ledger;
import ismap.ledger.LedgerFull;
import ismap.ledger.NewRecord;
import ismap.ledger.Receipt;
import ismap.ledger.StorageUnavailable;
import ismap.rulebook.FactReader;
import ismap.rulebook.Plan;
import ismap.rulebook.Reasoning;
import java.lang.ref.Cleaner;
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
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers questions by the rulebook in force. Every question goes to the compiled rules and to the reference interpreter, from the same
 * facts; where they differ, or where one of them fails, nobody gets an answer.
 */
public final class Evaluations {

    /** Closes batches that nobody came for: a connection may be gone before its answer is begun. */
    private static final Cleaner LOST = Cleaner.create();

    private final Timeline timeline;
    private final Ledger ledger;
    private final Clock clock;
    private final Supplier<UUID> ids;
    private final BothEngines engines;

    /** By the revision of this moment alone. */
    public Evaluations(
            Supplier<Optional<ActiveRulebook>> inForce, Ledger ledger, Clock clock, Supplier<UUID> ids, Alarm alarm) {
        this(Timeline.only(inForce), ledger, clock, ids, alarm);
    }

    /** @param clock for "today" and for {@code knownAt} */
    public Evaluations(Timeline timeline, Ledger ledger, Clock clock, Supplier<UUID> ids, Alarm alarm) {
        this.timeline = timeline;
        this.ledger = ledger;
        this.clock = clock;
        this.ids = ids;
        this.engines = new BothEngines(alarm);
    }

    /** Plans by the published revision of the moment at which it is asked; records nothing. */
    public Planner planner() {
        return new Planner(timeline, clock, engines);
    }

    /** The published revision of this moment, to read in. */
    public Optional<ActiveRulebook> inForce() {
        return timeline.inForce();
    }

    /** As {@link #selfCheck(String, Object, BooleanSupplier)}, for somebody who may not see drafts. */
    public Evaluation selfCheck(String decision, @Nullable Object json) {
        return selfCheck(decision, json, () -> false);
    }

    /**
     * Answers and records nothing. Needs no database where the revision in force is asked.
     *
     * @param json the request: JSON as JDK values
     * @param seesDrafts whether the one who asks may ask a draft; asked only where one is named that is not published
     */
    public Evaluation selfCheck(String decision, @Nullable Object json, BooleanSupplier seesDrafts) {
        return unrecorded(decision, json, seesDrafts, Question::evaluate, why -> why);
    }

    /**
     * Reads, checks and reasons about a request as {@link #selfCheck} does, for another question about the same case; its rules may be used
     * until {@code answer} returns.
     *
     * @param more what else may be wrong with it, once the vocabulary is known
     * @param answer by what both engines found; empty where they differ about what it asks them beside
     * @param refused what becomes of it where there is nothing to ask about, or the engines differ
     */
    <R> R about(
            String decision,
            @Nullable Object json,
            Function<Plan, List<Problem>> more,
            BiFunction<ReadyCase, Reasoning, Optional<R>> answer,
            Function<Evaluation, R> refused) {
        Function<ReadyCase, R> reasoned = ready -> engines.guarded(
                        ready.active(),
                        ready.plan(),
                        () -> engines.agreed(
                                        ready.active(),
                                        ready.plan(),
                                        ready.facts().facts(),
                                        ready.asOf())
                                .flatMap(reasoning -> answer.apply(ready, reasoning)))
                .orElseGet(() -> refused.apply(
                        new EvaluationFailed(decision, ready.active().revisionId())));
        return unrecorded(decision, json, () -> false, question -> question.about(more, reasoned, refused), refused);
    }

    private <R> R unrecorded(
            String decision,
            @Nullable Object json,
            BooleanSupplier seesDrafts,
            Function<Question, R> use,
            Function<Evaluation, R> refused) {
        Optional<Usable> lease = timeline.lease();
        try {
            var asker = new Asker(Optional.empty(), Optional.empty(), seesDrafts);
            return use.apply(new Question(Situation.ofNow(lease), decision, json, asker));
        } catch (StorageUnavailable unavailable) {
            return refused.apply(new Unavailable(Unavailable.What.DATABASE));
        } catch (Timeline.Crowded crowded) {
            return refused.apply(new Unavailable(Unavailable.What.REVISION));
        } finally {
            lease.ifPresent(Usable::close);
        }
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
        Optional<Usable> lease = timeline.lease();
        try {
            return submit(Situation.ofNow(lease), decision, json, principal, key);
        } finally {
            lease.ifPresent(Usable::close); // what waits for its record is decided
        }
    }

    /**
     * Many questions to the revision of this moment, whatever is published meanwhile; empty before there is one. Close it when the last is
     * submitted.
     */
    public Optional<Batch> batch() {
        return timeline.lease().map(lease -> new Batch(lease, clock.instant()));
    }

    private CompletableFuture<Evaluation> submit(
            Situation situation, String decision, @Nullable Object json, String principal, Optional<String> key) {
        try {
            var asker = new Asker(Optional.of(principal), key, () -> false);
            return new Question(situation, decision, json, asker).submit();
        } catch (StorageUnavailable unavailable) {
            return CompletableFuture.completedFuture(new Unavailable(Unavailable.What.DATABASE));
        } catch (LedgerFull full) {
            return CompletableFuture.completedFuture(new Unavailable(Unavailable.What.QUEUE));
        } catch (Timeline.Crowded crowded) {
            return CompletableFuture.completedFuture(new Unavailable(Unavailable.What.REVISION));
        }
    }

    private static LocalDate dayOf(Instant instant) {
        return LocalDate.ofInstant(instant, FactReader.TOKYO);
    }

    /** Questions that one revision answers and, where they name no day, for one day. */
    public final class Batch implements AutoCloseable {
        private final Usable by;
        private final Instant begun;
        private final Cleaner.Cleanable lease;

        private Batch(Usable by, Instant begun) {
            this.by = by;
            this.begun = begun;
            this.lease = LOST.register(this, by::close);
        }

        public ActiveRulebook by() {
            return by.rulebook();
        }

        /** The day asked about where a question names none: today in Tokyo when the batch began. */
        public LocalDate asOf() {
            return dayOf(begun);
        }

        /** As {@link Evaluations#submit}. */
        public CompletableFuture<Evaluation> submit(
                String decision, @Nullable Object json, String principal, Optional<String> key) {
            return Evaluations.this.submit(
                    new Situation(Optional.of(by.rulebook()), Optional.of(begun)), decision, json, principal, key);
        }

        /** Its revision may be let go of. May be called more than once. */
        @Override
        public void close() {
            lease.clean();
        }
    }

    /**
     * Which rules a question meets.
     *
     * @param active empty where no revision is published
     * @param begun when the batch began that the question is part of
     */
    private record Situation(Optional<ActiveRulebook> active, Optional<Instant> begun) {
        static Situation ofNow(Optional<Usable> lease) {
            return new Situation(lease.map(Usable::rulebook), Optional.empty());
        }
    }

    /**
     * Who asks.
     *
     * @param principal on whose record it goes; empty where nothing is recorded
     */
    private record Asker(Optional<String> principal, Optional<String> key, BooleanSupplier seesDrafts) {}

    /**
     * The rules that answer, and since when they are known to.
     *
     * @param knownAt an instant at which the revision was the one in force; for a draft, now
     */
    private record Chosen(ActiveRulebook active, Instant knownAt, boolean inForce) {}

    /** One request, from its shape to its record. */
    private final class Question {
        private final Situation situation;
        private final String decision;
        private final Request request;
        private final List<Problem> problems;
        private final Optional<String> principal;
        private final Optional<String> key;
        private final BooleanSupplier seesDrafts;
        private final Instant now;
        private Optional<NewRecord> toRecord = Optional.empty();

        Question(Situation situation, String decision, @Nullable Object json, Asker asker) {
            Request.Read read = Request.read(json);
            this.situation = situation;
            this.decision = decision;
            this.request = read.request();
            this.problems = new ArrayList<>(read.problems());
            this.principal = asker.principal();
            this.key = asker.key();
            this.seesDrafts = asker.seesDrafts();
            this.now = clock.instant();
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
            if (earlier.isRedacted()) {
                return new Invalid(List.of(RequestProblems.of(
                        "RECORD_REDACTED",
                        "",
                        key.orElse(""),
                        "a new key",
                        new Bilingual(
                                "このキーの記録（%s）は内容が抹消されているため、同じ要求かどうか分からず、当時の回答も返せません。何も記録していません。".formatted(earlier.id()),
                                "The record of this key (%s) was redacted: whether the request is the same cannot be told, and its answer is gone. Nothing was recorded."
                                        .formatted(earlier.id())),
                        new Bilingual(
                                "もう一度判定する必要があれば、新しいキーで送ってください。",
                                "If it has to be decided again, send it under a new key."))));
            }
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

        /** @throws StorageUnavailable where another revision is asked and cannot be had */
        Evaluation evaluate() {
            return withRules(this::evaluate, why -> why);
        }

        <R> R about(
                Function<Plan, List<Problem>> more, Function<ReadyCase, R> answer, Function<Evaluation, R> refused) {
            return withRules(
                    chosen -> {
                        Optional<Plan> plan = chosen.active().plan(decision);
                        if (plan.isEmpty()) {
                            return refused.apply(unknownDecision(chosen.active()));
                        }
                        FactReader.Result facts = read(plan.get());
                        problems.addAll(more.apply(plan.get()));
                        return hasErrors()
                                ? refused.apply(new Invalid(problems))
                                : answer.apply(new ReadyCase(chosen.active(), plan.get(), facts, asOf()));
                    },
                    refused);
        }

        /** By the rules that the request asks for; they may be used until {@code use} returns. */
        private <R> R withRules(Function<Chosen, R> use, Function<Evaluation, R> refused) {
            Optional<ActiveRulebook> active = situation.active();
            if (active.isEmpty()) {
                return refused.apply(new Unavailable(Unavailable.What.RULEBOOK));
            }
            Optional<String> other = new Choice(active.get()).other();
            if (other.isEmpty()) {
                return use.apply(ofTheSituation(active.get()));
            }
            try (Opened opened = open(other.get())) {
                if (opened instanceof Usable usable) {
                    return use.apply(another(usable.rulebook()));
                }
                refuse(other.get(), (Unusable) opened);
                return use.apply(ofTheSituation(active.get())); // for all that is wrong beside it
            }
        }

        private Chosen ofTheSituation(ActiveRulebook active) {
            // What a batch keeps to may have been superseded since it began.
            boolean inForce = situation.begun().isEmpty()
                    || timeline.inForce()
                            .filter(current -> current.revisionId().equals(active.revisionId()))
                            .isPresent();
            Instant instant = inForce ? now : situation.begun().orElse(now);
            return new Chosen(active, request.knownAt().orElse(known(active, instant)), inForce);
        }

        private Chosen another(ActiveRulebook active) {
            boolean published = active.publishedAt().isBefore(Instant.MAX);
            return new Chosen(
                    active, request.knownAt().orElse(known(active, published ? active.publishedAt() : now)), false);
        }

        /** The clocks of the database and of this instance differ a little; an answer never rests on what was not yet known. */
        private static Instant known(ActiveRulebook active, Instant instant) {
            Instant whole = instant.truncatedTo(ChronoUnit.MILLIS);
            boolean tooEarly = active.publishedAt().isBefore(Instant.MAX) && whole.isBefore(active.publishedAt());
            return tooEarly ? active.publishedAt() : whole;
        }

        private Opened open(String id) {
            Opened opened = timeline.open(id, principal.isPresent() ? Purpose.RECORD : Purpose.SELF_CHECK);
            boolean unpublished = opened instanceof Unusable unusable
                    && unusable.code().equals(Timeline.unknown(id).code());
            return unpublished && principal.isEmpty() && seesDrafts.getAsBoolean() ? timeline.openDraft(id) : opened;
        }

        private void refuse(String id, Unusable reason) {
            problems.add(RevisionProblems.unusable(id, request.revision().isPresent(), reason));
            reason.problems().stream().filter(Problem::isError).forEach(problems::add);
        }

        /** Which revision is asked for, if it is another one than that of the situation. */
        private final class Choice {
            private final ActiveRulebook active;
            private final ActiveRulebook current;

            Choice(ActiveRulebook active) {
                this.active = active;
                this.current = situation.begun().isEmpty()
                        ? active
                        : timeline.inForce().orElse(active);
            }

            Optional<String> other() {
                Optional<String> then = request.knownAt().flatMap(this::inForceAt);
                Optional<String> named = request.revision();
                if (then.isPresent() && named.isPresent() && !then.equals(named)) {
                    problems.add(RevisionProblems.contradiction(named.get(), then.get()));
                    return Optional.empty();
                }
                Optional<String> other = named.or(() -> then).filter(id -> !id.equals(active.revisionId()));
                if (other.isPresent() && situation.begun().isPresent()) {
                    problems.add(RevisionProblems.notOfTheBatch(
                            named.isPresent() ? "/revision" : "/knownAt",
                            named.orElseGet(
                                    () -> request.knownAt().orElseThrow().toString()),
                            active.revisionId()));
                    return Optional.empty();
                }
                return other;
            }

            private Optional<String> inForceAt(Instant instant) {
                if (!instant.isBefore(current.publishedAt())) {
                    if (instant.isAfter(now) && instant.isAfter(current.publishedAt())) {
                        problems.add(RevisionProblems.inTheFuture(instant, now));
                        return Optional.empty();
                    }
                    return Optional.of(current.revisionId());
                }
                Optional<String> id = timeline.inForceAt(instant);
                if (id.isEmpty()) {
                    problems.add(RevisionProblems.beforeTheFirst(instant));
                }
                return id;
            }
        }

        private Evaluation evaluate(Chosen chosen) {
            return chosen.active()
                    .plan(decision)
                    .map(plan -> evaluate(chosen, plan))
                    .orElseGet(() -> unknownDecision(chosen.active()));
        }

        private Evaluation unknownDecision(ActiveRulebook active) {
            return new UnknownDecision(decision, List.copyOf(active.plans().keySet()));
        }

        private FactReader.Result read(Plan plan) {
            FactReader.Result facts = FactReader.read(plan, request.facts());
            problems.addAll(facts.problems());
            checkAttestations(plan);
            return facts;
        }

        private boolean hasErrors() {
            return problems.stream().anyMatch(Problem::isError);
        }

        private LocalDate asOf() {
            return request.asOf().orElse(dayOf(situation.begun().orElse(now)));
        }

        private Evaluation evaluate(Chosen chosen, Plan plan) {
            FactReader.Result facts = read(plan);
            if (principal.isPresent()) {
                checkSuperseded();
            }
            if (hasErrors()) {
                return new Invalid(problems);
            }
            return engines.decide(chosen.active(), plan, facts, request, asOf())
                    .map(answer -> answered(chosen, answer))
                    .orElseGet(
                            () -> new EvaluationFailed(decision, chosen.active().revisionId()));
        }

        private Evaluation answered(Chosen chosen, Decision answer) {
            ActiveRulebook active = chosen.active();
            Optional<UUID> id = principal.map(name -> ids.get());
            Map<String, @Nullable Object> form =
                    AnswerForm.of(id, answer, chosen.knownAt(), AnswerForm.revision(active));
            if (!chosen.inForce()) {
                form.put(AnswerForm.IN_FORCE, false);
            }
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
            return new Answered(id, answer, active, chosen.knownAt(), body);
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
