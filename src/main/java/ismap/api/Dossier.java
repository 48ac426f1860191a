package ismap.api;

import ismap.evaluation.CaseFile;
import ismap.evaluation.Records;
import ismap.json.JsonWriter;
import ismap.ledger.Receipt;
import ismap.pages.Language;
import ismap.pages.PageRenderer;
import ismap.pages.ReceiptPage;
import ismap.pages.Sheet;
import ismap.pages.View;
import ismap.publication.StoredZip;
import ismap.revision.StoredRevision;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A record with all that it rests on, as a ZIP that opens without the service: the receipt, the bytes that its seal is made of, the
 * revision byte for byte, its clauses, and what came of deciding it again. Equal contents give equal bytes.
 */
final class Dossier {

    private final CaseFile file;
    private final ApiSettings settings;
    private final SortedMap<String, byte[]> contents = new TreeMap<>();

    private Dossier(CaseFile file, ApiSettings settings) {
        this.file = file;
        this.settings = settings;
    }

    static byte[] of(CaseFile file, ApiSettings settings) {
        var dossier = new Dossier(file, settings);
        dossier.receipt();
        dossier.chain();
        dossier.revision();
        dossier.json("replay.json", file.replay().form());
        dossier.howToVerify();
        return StoredZip.of(dossier.contents);
    }

    private void receipt() {
        json("receipt.json", Records.form(file.receipt()));
        var page = new ReceiptPage(file.receipt(), file.rulebook());
        String style = resource("pages.css");
        text("receipt.html", PageRenderer.sheet(new Sheet(view(Language.JA), page, style)));
        text("receipt.en.html", PageRenderer.sheet(new Sheet(view(Language.EN), page, style)));
    }

    private View view(Language language) {
        return new View(language, true, "", Operator.notice(settings));
    }

    private void chain() {
        Receipt receipt = file.receipt();
        contents.put("chain/seal.json", receipt.seal().content());
        if (receipt.isRedacted()) {
            receipt.redaction().ifPresent(redaction -> json("chain/redaction.json", redaction.form()));
            return;
        }
        contents.put("chain/salt.bin", receipt.salt());
        contents.put("chain/request.json", receipt.record().request());
        contents.put("chain/answer.json", receipt.record().answer());
    }

    private void revision() {
        file.revision().ifPresent(revision -> {
            json("revision.json", described(revision));
            revision.files().forEach((path, content) -> contents.put("revision/" + path, content));
        });
        text("clauses.txt", file.rulebook().map(ClauseText::of).orElse(ClauseText.NONE));
    }

    private static Map<String, Object> described(StoredRevision revision) {
        return Form.of(
                "id",
                revision.id(),
                "digest",
                revision.digest(),
                "filesDigest",
                revision.filesDigest(),
                "note",
                revision.note(),
                "publishedAt",
                revision.publishedAt().toString());
    }

    private void howToVerify() {
        for (String language : new String[] {"ja", "en"}) {
            text(
                    "HOW-TO-VERIFY.%s.md".formatted(language),
                    resource("how-to-verify.%s.md".formatted(language))
                            .replace("{id}", file.receipt().id().toString())
                            .replace("{hash}", file.receipt().seal().hash()));
        }
    }

    private void json(String path, Map<String, ?> value) {
        contents.put(path, JsonWriter.write(value));
    }

    private void text(String path, String text) {
        contents.put(path, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String resource(String name) {
        try (InputStream stream = Dossier.class.getResourceAsStream("/ismap/api/" + name)) {
            if (stream == null) {
                throw new IllegalStateException("%s is not on the class path".formatted(name));
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
