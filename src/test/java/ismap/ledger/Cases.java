package ismap.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import ismap.json.JsonReader;
import ismap.json.JsonWriter;
import ismap.json.Parsed;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Records whose requests and answers say what the records say, as those of the service do. */
public final class Cases {
    private Cases() {}

    public static NewRecord of(int number, String revisionId) {
        return of(number, revisionId, null, number % 3 == 0 ? null : "key-" + number);
    }

    public static NewRecord of(int number, String revisionId, @Nullable UUID supersedes, @Nullable String key) {
        UUID id = new UUID(0x4000L | number, 0x8000000000000000L | number);
        LocalDate asOf = LocalDate.of(2026, 4, 1).plusDays(number);
        LocalDate applicable = asOf.minusDays(1);
        String reason = supersedes == null ? null : "変更届の日付を誤読";
        String request = """
                {"asOf":"%s","facts":{"n":%d,"when":"2026-04-01","list":[1.50,"登録"]},
                 "reference":{"application":"申請-%d","service":"S-%d","applicant":"A-1","assessor":null},
                 "supersedes":%s,"reason":%s}
                """.formatted(asOf, number, number, number, quoted(supersedes), quoted(reason));
        String answer = """
                {"id":"%s","decision":"service-validity","outcome":"EFFECTIVE","asOf":"%s","applicableDay":"%s",
                 "knownAt":"2026-04-01T00:00:00Z","values":{"months":16},"findings":[{"message":{"ja":"有効","en":"in force"}}]}
                """.formatted(id, asOf, applicable);
        return new NewRecord(
                id,
                "窓口",
                key,
                "service-validity",
                "EFFECTIVE",
                applicable,
                asOf,
                revisionId,
                "申請-" + number,
                "S-" + number,
                "A-1",
                null,
                supersedes,
                reason,
                canonical(request),
                canonical(answer));
    }

    private static String quoted(@Nullable Object value) {
        return value == null ? "null" : "\"" + value + "\"";
    }

    public static byte[] canonical(String json) {
        return JsonReader.read(json.getBytes(UTF_8)) instanceof Parsed.Document document
                ? JsonWriter.canonical(document.value())
                : new byte[0];
    }
}
