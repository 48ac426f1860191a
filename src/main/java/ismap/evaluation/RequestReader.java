package ismap.evaluation;

import static ismap.evaluation.RequestProblems.escaped;

import ismap.decision.Bilingual;
import ismap.decision.Problem;
import ismap.evaluation.Request.Attestation;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a request field by field and goes on after a mistake, so that all of them come back at once. */
final class RequestReader {

    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final Pattern INSTANT =
            Pattern.compile("\\d{4}-\\d{2}-\\d{2}[Tt]\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?([Zz]|[+-]\\d{2}:\\d{2})");
    // UUID.fromString also takes "1-1-1-1-1".
    private static final Pattern UUID_TEXT = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private final List<Problem> problems = new ArrayList<>();

    Request.Read read(@Nullable Object json) {
        Map<String, @Nullable Object> asked = object(json, "");
        asked.keySet().stream()
                .filter(name -> !Request.FIELDS.contains(name))
                .forEach(name -> problems.add(RequestProblems.unknownField("/" + escaped(name), name, Request.FIELDS)));
        Optional<UUID> supersedes = uuid(asked.get("supersedes"), "/supersedes");
        Optional<String> reason = text(asked.get("reason"), "/reason", Request.LONGEST_REASON);
        reasonGoesWithSupersedes(asked, reason);
        Request request = new Request(
                date(asked.get("asOf"), "/asOf"),
                asked.get("facts") == null ? Map.of() : object(asked.get("facts"), "/facts"),
                reference(asked.get("reference")),
                attestations(asked.get("attestations")),
                supersedes,
                reason,
                instant(asked.get("knownAt"), "/knownAt"),
                text(asked.get("revision"), "/revision", Request.LONGEST_REFERENCE),
                asked);
        return new Request.Read(request, problems);
    }

    private void reasonGoesWithSupersedes(Map<String, @Nullable Object> asked, Optional<String> reason) {
        if (asked.get("supersedes") != null
                && (asked.get("reason") == null
                        || reason.filter(String::isBlank).isPresent())) {
            problems.add(RequestProblems.of(
                    "REASON_MISSING",
                    "/reason",
                    reason.orElse(""),
                    "string",
                    new Bilingual("記録を訂正する理由がありません。", "The reason for correcting a record is missing."),
                    new Bilingual("reason に理由を書いてください。", "Say in reason why the record is corrected.")));
        }
        if (asked.get("supersedes") == null && asked.get("reason") != null) {
            problems.add(RequestProblems.of(
                    "REASON_WITHOUT_RECORD",
                    "/reason",
                    reason.orElse(""),
                    "nothing, or supersedes beside it",
                    new Bilingual(
                            "どの記録を訂正する理由なのか、supersedes がありません。",
                            "This is a reason for correcting a record, but supersedes does not name one."),
                    new Bilingual(
                            "supersedes に記録のIDを書くか、reason を取り除いてください。",
                            "Name the record in supersedes, or leave the reason out.")));
        }
    }

    private Map<String, String> reference(@Nullable Object json) {
        var reference = new LinkedHashMap<String, String>();
        if (json != null) {
            object(json, "/reference").forEach((name, value) -> {
                String at = "/reference/" + escaped(name);
                if (Request.REFERENCE_FIELDS.contains(name)) {
                    text(value, at, Request.LONGEST_REFERENCE).ifPresent(text -> reference.put(name, text));
                } else {
                    problems.add(RequestProblems.unknownField(at, name, Request.REFERENCE_FIELDS));
                }
            });
        }
        return reference;
    }

    private Map<String, Attestation> attestations(@Nullable Object json) {
        var attestations = new LinkedHashMap<String, Attestation>();
        if (json != null) {
            object(json, "/attestations")
                    .forEach((fact, value) -> attestation(value, "/attestations/" + escaped(fact))
                            .ifPresent(attestation -> attestations.put(fact, attestation)));
        }
        return attestations;
    }

    private Optional<Attestation> attestation(@Nullable Object json, String at) {
        if (!(json instanceof Map<?, ?>)) {
            problems.add(RequestProblems.wrongValue(at, shown(json), "object {by, on, document}"));
            return Optional.empty();
        }
        Map<String, @Nullable Object> fields = object(json, at);
        fields.keySet().stream()
                .filter(name -> !Request.ATTESTATION_FIELDS.contains(name))
                .forEach(name -> problems.add(
                        RequestProblems.unknownField(at + "/" + escaped(name), name, Request.ATTESTATION_FIELDS)));
        Request.ATTESTATION_FIELDS.stream()
                .filter(name -> fields.get(name) == null)
                .forEach(name -> problems.add(
                        RequestProblems.fieldMissing(at + "/" + name, name, name.equals("on") ? "date" : "string")));
        Optional<String> by = text(fields.get("by"), at + "/by", Request.LONGEST_REFERENCE);
        Optional<LocalDate> on = date(fields.get("on"), at + "/on");
        Optional<String> document = text(fields.get("document"), at + "/document", Request.LONGEST_REFERENCE);
        return by.isPresent() && on.isPresent() && document.isPresent()
                ? Optional.of(new Attestation(by.get(), on.get(), document.get()))
                : Optional.empty();
    }

    private Map<String, @Nullable Object> object(@Nullable Object json, String at) {
        var fields = new LinkedHashMap<String, @Nullable Object>();
        if (json instanceof Map<?, ?> map) {
            map.forEach((name, value) -> fields.put((String) name, value));
        } else {
            problems.add(RequestProblems.wrongValue(at, shown(json), "object"));
        }
        return fields;
    }

    private Optional<String> text(@Nullable Object json, String at, int longest) {
        if (json == null) {
            return Optional.empty();
        }
        if (!(json instanceof String text)) {
            problems.add(RequestProblems.wrongValue(at, shown(json), "string"));
            return Optional.empty();
        }
        if (text.codePointCount(0, text.length()) > longest) {
            problems.add(RequestProblems.tooLong(at, text, longest));
            return Optional.empty();
        }
        return Optional.of(text);
    }

    private Optional<UUID> uuid(@Nullable Object json, String at) {
        if (json == null) {
            return Optional.empty();
        }
        if (json instanceof String text && UUID_TEXT.matcher(text).matches()) {
            return Optional.of(UUID.fromString(text));
        }
        problems.add(RequestProblems.wrongValue(at, shown(json), "the id of a record (UUID)"));
        return Optional.empty();
    }

    private Optional<LocalDate> date(@Nullable Object json, String at) {
        if (json == null) {
            return Optional.empty();
        }
        try {
            if (json instanceof String text && DATE.matcher(text).matches()) {
                LocalDate date = LocalDate.parse(text);
                if (date.getYear() > 0) {
                    return Optional.of(date);
                }
            }
        } catch (DateTimeException noSuchDay) {
            // said below
        }
        problems.add(RequestProblems.wrongValue(at, shown(json), "date (YYYY-MM-DD)"));
        return Optional.empty();
    }

    private Optional<Instant> instant(@Nullable Object json, String at) {
        if (json == null) {
            return Optional.empty();
        }
        try {
            if (json instanceof String text && INSTANT.matcher(text).matches()) {
                return Optional.of(
                        OffsetDateTime.parse(text.toUpperCase(Locale.ROOT)).toInstant());
            }
        } catch (DateTimeException noSuchInstant) {
            // said below
        }
        problems.add(RequestProblems.wrongValue(at, shown(json), "instant (RFC 3339 date-time with offset)"));
        return Optional.empty();
    }

    private static String shown(@Nullable Object json) {
        return json instanceof Map<?, ?> ? "{…}" : json instanceof List<?> ? "[…]" : String.valueOf(json);
    }
}
