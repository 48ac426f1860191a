package ismap.pages;

import static java.util.function.Predicate.not;

import ismap.decision.Bilingual;
import ismap.decision.Status;
import ismap.json.JsonReader;
import ismap.json.JsonWriter;
import ismap.json.Parsed;
import ismap.ledger.NewRecord;
import ismap.ledger.Receipt;
import ismap.rulebook.ClauseRegister.Document;
import ismap.rulebook.DecisionDefinition;
import ismap.rulebook.DecisionDefinition.Outcome;
import ismap.rulebook.Rulebook;
import ismap.traceability.Words;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A record for people: what was decided, why, and what nobody examined, in the words of the revision it was decided under; by its codes
 * where that revision cannot be read any more.
 */
public final class ReceiptPage {

    private static final DateTimeFormatter TOKYO =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneId.of("Asia/Tokyo"));

    /** A fact, a value or an identifier, and what stood there. */
    public record Entry(String name, Bilingual label, Bilingual value) {}

    /** @param item the element it is about; blank for the rule as a whole, as {@code assumption} where it rests on none */
    public record Finding(
            String rule,
            Bilingual title,
            Bilingual status,
            String row,
            String item,
            Bilingual document,
            String clause,
            Bilingual message,
            List<Entry> because,
            String source,
            String assumption) {}

    /** What bears on the decision and was not examined, and who decides it. */
    public record Open(String rule, Bilingual message, Bilingual decidedBy) {}

    private final Receipt receipt;
    private final Map<?, ?> request;
    private final Map<?, ?> answer;
    private final Optional<Rulebook> rulebook;
    private final Optional<Words> words;

    public ReceiptPage(Receipt receipt, Optional<Rulebook> rulebook) {
        this.receipt = receipt;
        this.request = object(read(receipt.record().request()));
        this.answer = object(read(receipt.record().answer()));
        this.rulebook = rulebook;
        this.words = rulebook.map(Words::new);
    }

    private static @Nullable Object read(byte[] json) {
        return JsonReader.read(json) instanceof Parsed.Document document ? document.value() : null;
    }

    public Receipt receipt() {
        return receipt;
    }

    public NewRecord record() {
        return receipt.record();
    }

    /** In Tokyo. */
    public String recordedAt() {
        return TOKYO.format(receipt.recordedAt());
    }

    /** In Tokyo; blank where nobody says that it was redacted. */
    public String redactedAt() {
        return receipt.redaction()
                .map(redaction -> TOKYO.format(redaction.seal().recordedAt()))
                .orElse("");
    }

    public Bilingual title() {
        return definition().map(DecisionDefinition::title).orElse(plain(record().decision()));
    }

    public Bilingual question() {
        return definition().map(DecisionDefinition::question).orElse(Bilingual.EMPTY);
    }

    public Bilingual outcome() {
        return definition().stream()
                .flatMap(decision -> decision.outcomes().stream())
                .filter(outcome -> outcome.code().equals(record().outcome()))
                .map(Outcome::label)
                .filter(not(Bilingual::isBlank))
                .findFirst()
                .orElse(plain(record().outcome()));
    }

    private Optional<DecisionDefinition> definition() {
        return rulebook.map(Rulebook::decisions).map(decisions -> decisions.get(record().decision()));
    }

    public String digest() {
        return text(
                object(object(read(receipt.seal().content())).get("revision")).get("digest"));
    }

    public List<Entry> reference() {
        NewRecord record = record();
        return Stream.of(
                        entry("application", "申請", "Application", record.application()),
                        entry("service", "サービス", "Service", record.service()),
                        entry("applicant", "申請者", "Applicant", record.applicant()),
                        entry("assessor", "監査機関", "Assessor", record.assessor()))
                .filter(entry -> !entry.value().isBlank())
                .toList();
    }

    private static Entry entry(String name, String ja, String en, @Nullable String value) {
        return new Entry(name, new Bilingual(ja, en), plain(value == null ? "" : value));
    }

    /** As they were sent. */
    public List<Entry> facts() {
        return entries(object(request.get("facts")));
    }

    public List<Entry> values() {
        return entries(object(answer.get("values")));
    }

    public List<Bilingual> missing() {
        return list(answer.get("missing")).stream()
                .map(name -> name(text(name)))
                .toList();
    }

    public List<Finding> findings() {
        return list(answer.get("findings")).stream()
                .map(ReceiptPage::object)
                .map(this::finding)
                .toList();
    }

    public List<Open> notExamined() {
        return list(answer.get("notExamined")).stream()
                .map(ReceiptPage::object)
                .map(entry -> new Open(
                        text(entry.get("rule")),
                        bilingual(entry.get("message")),
                        Labels.decidedBy(text(entry.get("decidedBy")))))
                .toList();
    }

    private Finding finding(Map<?, ?> finding) {
        Map<?, ?> citation = object(finding.get("citation"));
        String document = text(citation.get("document"));
        return new Finding(
                text(finding.get("rule")),
                name(text(finding.get("rule"))),
                status(text(finding.get("status"))),
                text(finding.get("row")),
                text(finding.get("item")),
                rulebook.map(read -> read.clauses().documents().get(document))
                        .map(Document::title)
                        .orElse(plain(document)),
                text(citation.get("clause")),
                bilingual(finding.get("message")),
                entries(object(finding.get("because"))),
                place(object(finding.get("source"))),
                text(finding.get("assumption")));
    }

    private Bilingual status(String status) {
        return words.filter(known -> Arrays.stream(Status.values())
                        .anyMatch(each -> each.name().equals(status)))
                .map(known -> known.status(Status.valueOf(status)))
                .orElse(plain(status));
    }

    private static String place(Map<?, ?> place) {
        return place.values().stream()
                .map(ReceiptPage::text)
                .reduce((first, next) -> first + " " + next)
                .orElse("");
    }

    private List<Entry> entries(Map<?, ?> values) {
        var entries = new ArrayList<Entry>();
        values.forEach((name, value) -> entries.add(new Entry(text(name), name(text(name)), value(text(name), value))));
        return entries;
    }

    private Bilingual name(String name) {
        return words.map(known -> known.name(name)).orElse(plain(name));
    }

    private Bilingual value(String name, @Nullable Object value) {
        if (value == null) {
            return new Bilingual("不明", "not known");
        }
        if (value instanceof Boolean truth) {
            return truth ? new Bilingual("はい", "yes") : new Bilingual("いいえ", "no");
        }
        if (value instanceof String text) {
            return text.equals("none")
                    ? new Bilingual("なし", "none")
                    : rulebook.flatMap(read -> read.vocabulary().label(name, text))
                            .orElse(plain(text));
        }
        return plain(text(value));
    }

    private static Bilingual bilingual(@Nullable Object value) {
        return new Bilingual(text(object(value).get("ja")), text(object(value).get("en")));
    }

    private static Bilingual plain(String text) {
        return new Bilingual(text, text);
    }

    private static Map<?, ?> object(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    private static List<?> list(@Nullable Object value) {
        return value instanceof List<?> list ? list : List.of();
    }

    private static String text(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        return value instanceof String text
                ? text
                : value instanceof BigDecimal number
                        ? number.toPlainString()
                        : new String(JsonWriter.write(value), StandardCharsets.UTF_8);
    }
}
