package ismap.selfcheck;

import ismap.decision.Bilingual;
import ismap.json.JsonReader;
import ismap.json.JsonWriter;
import ismap.json.Parsed;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What somebody has entered so far: all that there is of a self-check. It lives with them and not here.
 *
 * @param facts in the order in which they were answered, as the API takes them; null for what they do not know
 * @param asOf the day asked about; empty for today
 * @param otherDay a second day to show the same case under
 * @param otherRevision a second revision to show it under
 * @param revision under which the answers were checked last
 * @param draft what was typed last and is no answer yet
 */
record Entered(
        Map<String, @Nullable Object> facts,
        Optional<String> asOf,
        Optional<String> otherDay,
        Optional<String> otherRevision,
        Optional<String> revision,
        Optional<Draft> draft) {

    static final Entered NOTHING = new Entered(
            Map.of(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    static final String AS_OF = "asOf";

    private static final int MOST_FACTS = 500;

    Entered {
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    }

    /** An answer takes the place of an earlier one to the same question. */
    Entered with(String fact, @Nullable Object value) {
        var more = new LinkedHashMap<>(facts);
        more.put(fact, value);
        return withFacts(more);
    }

    Entered without(String fact) {
        var fewer = new LinkedHashMap<>(facts);
        fewer.remove(fact);
        return withFacts(fewer);
    }

    private Entered withFacts(Map<String, @Nullable Object> other) {
        return new Entered(other, asOf, otherDay, otherRevision, revision, Optional.empty());
    }

    Entered withAsOf(Optional<String> day) {
        return new Entered(facts, day, otherDay, otherRevision, revision, Optional.empty());
    }

    Entered beside(Optional<String> day, Optional<String> ofRevision) {
        return new Entered(facts, asOf, day, ofRevision, revision, Optional.empty());
    }

    Entered checkedUnder(String id) {
        return new Entered(facts, asOf, otherDay, otherRevision, Optional.of(id), draft);
    }

    /** With what was typed, which is no answer yet. */
    Entered withDraft(Draft typed) {
        return new Entered(facts, asOf, otherDay, otherRevision, revision, Optional.of(typed));
    }

    Optional<Draft> draftOf(String about) {
        return draft.filter(typed -> typed.about().equals(about));
    }

    boolean isEmpty() {
        return facts.isEmpty() && asOf.isEmpty();
    }

    /** Questions that were answered with "I don't know". */
    List<String> unknown() {
        var unknown = new ArrayList<String>();
        facts.forEach((name, value) -> {
            if (value == null) {
                unknown.add(name);
            }
        });
        return unknown;
    }

    boolean knows(String fact) {
        return facts.get(fact) != null;
    }

    /** As a request to the API. */
    Map<String, @Nullable Object> request() {
        return request(asOf, Optional.empty());
    }

    Map<String, @Nullable Object> request(Optional<String> day, Optional<String> ofRevision) {
        var request = new LinkedHashMap<String, @Nullable Object>();
        day.ifPresent(text -> request.put(AS_OF, text));
        ofRevision.ifPresent(id -> request.put("revision", id));
        request.put("facts", facts);
        return request;
    }

    /** With what the pages themselves remember; {@link #read} takes it back. */
    byte[] bytes() {
        var form = request();
        otherDay.ifPresent(day -> form.put("otherDay", day));
        otherRevision.ifPresent(id -> form.put("otherRevision", id));
        revision.ifPresent(id -> form.put("checkedUnder", id));
        draft.ifPresent(typed -> form.put("draft", typed.form()));
        return JsonWriter.write(form);
    }

    /**
     * What {@link #bytes} wrote, or a request as the API takes it; empty where it is neither. What its values are worth is seen
     * later; a day that is none stays as it was typed.
     */
    static Optional<Entered> read(byte[] json) {
        if (!(JsonReader.read(json) instanceof Parsed.Document document)
                || !(document.value() instanceof Map<?, ?> form)
                || !(form.get("facts") instanceof Map<?, ?> given)
                || given.size() > MOST_FACTS) {
            return Optional.empty();
        }
        var facts = new LinkedHashMap<String, @Nullable Object>();
        given.forEach((name, value) -> facts.put(String.valueOf(name), value));
        Optional<String> typed = text(form.get(AS_OF));
        var mistakes = new HashMap<String, Bilingual>();
        Optional<String> day = typed.flatMap(text -> Questions.day(AS_OF, text, mistakes));
        return Optional.of(new Entered(
                facts,
                day,
                text(form.get("otherDay")),
                text(form.get("otherRevision")),
                text(form.get("checkedUnder")),
                mistakes.isEmpty() ? Draft.read(form.get("draft")) : typed.map(text -> Draft.of(AS_OF, text))));
    }

    private static Optional<String> text(@Nullable Object value) {
        return value instanceof String text && text.length() <= 100 ? Optional.of(text) : Optional.empty();
    }
}
