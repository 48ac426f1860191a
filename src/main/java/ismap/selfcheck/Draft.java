package ismap.selfcheck;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was typed and is no answer yet.
 *
 * @param about the fact, or the field of another form
 * @param sent whether it was meant as an answer, so that its mistakes are to be shown
 */
record Draft(String about, Typed typed, boolean sent) {

    private static final int MOST_OF_A_FIELD = 100;

    /** Of a form with one field. */
    static Draft of(String field, String typed) {
        String some = typed.length() > MOST_OF_A_FIELD ? typed.substring(0, MOST_OF_A_FIELD) : typed;
        return new Draft(field, new Typed(Map.of(Typed.VALUE, List.of(some)), 0), true);
    }

    Map<String, @Nullable Object> form() {
        var form = new LinkedHashMap<String, @Nullable Object>();
        form.put("about", about);
        form.put("typed", typed.values());
        form.put("groups", String.valueOf(typed.groups()));
        form.put("sent", sent);
        return form;
    }

    static Optional<Draft> read(@Nullable Object json) {
        if (!(json instanceof Map<?, ?> form)
                || !(form.get("about") instanceof String about)
                || !(form.get("typed") instanceof Map<?, ?> typed)
                || !(form.get("groups") instanceof String groups)) {
            return Optional.empty();
        }
        var values = new LinkedHashMap<String, List<String>>();
        typed.forEach((name, all) -> {
            if (all instanceof List<?> list) {
                values.put(
                        String.valueOf(name), list.stream().map(String::valueOf).toList());
            }
        });
        return Optional.of(new Draft(about, Typed.of(values, groups), Boolean.TRUE.equals(form.get("sent"))));
    }
}
