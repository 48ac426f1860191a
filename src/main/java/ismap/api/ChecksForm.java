package ismap.api;

import ismap.json.JsonReader;
import ismap.json.Parsed;
import ismap.publication.Checking;
import ismap.revision.Evidence;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How far checks are, or what they found: each under its own name, counts first. */
final class ChecksForm {

    private ChecksForm() {}

    static Map<String, @Nullable Object> of(Checking.Report report) {
        var form = new LinkedHashMap<String, @Nullable Object>();
        form.put("revision", report.revision().id());
        form.put("version", report.revision().life().version());
        form.put("state", report.state().name().toLowerCase(Locale.ROOT));
        if (!report.parts().isEmpty()) {
            form.put("progress", report.parts().stream().map(ChecksForm::part).toList());
        }
        Optional<Evidence> evidence = report.revision().life().evidence();
        if (report.evidence().isPresent() && evidence.isPresent()) {
            form.put("clean", evidence.get().clean());
            form.put("digest", evidence.get().digest().orElse(null));
            form.put("filesDigest", evidence.get().filesDigest());
            form.put("evidenceDigest", evidence.get().evidenceDigest());
            checks(report.evidence().get()).forEach((name, check) -> form.put(String.valueOf(name), check));
        }
        return form;
    }

    private static Map<String, Object> part(Checking.Part part) {
        String state = part.state() == Checking.State.NONE
                ? "waiting"
                : part.state().name().toLowerCase(Locale.ROOT);
        return Form.of("name", part.name(), "state", state, "done", part.done(), "total", part.total());
    }

    private static Map<?, ?> checks(byte[] evidence) {
        return JsonReader.read(evidence) instanceof Parsed.Document document
                        && document.value() instanceof Map<?, ?> whole
                        && whole.get("checks") instanceof Map<?, ?> checks
                ? checks
                : Map.of();
    }
}
