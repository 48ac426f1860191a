package ismap.selfcheck;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import ismap.evaluation.ActiveRulebook;
import ismap.evaluation.Evaluations;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Self-checks as requests meet them: by the rules in force, with the answers that the browser holds, or else the form. */
@Singleton
final class Checks {

    private final Evaluations evaluations;
    private final Interview interview;
    private final Cookies cookies;

    Checks(Evaluations evaluations, Desk desk) {
        this.evaluations = evaluations;
        this.interview = new Interview(evaluations);
        this.cookies = desk.cookies();
    }

    Interview interview() {
        return interview;
    }

    /** @throws Refused where none are */
    ActiveRulebook inForce() {
        return evaluations
                .inForce()
                .orElseThrow(() -> new Refused(HttpStatus.SERVICE_UNAVAILABLE, Refused.NO_RULEBOOK, 5));
    }

    /** @throws Refused where there are no rules for it, as below */
    Check of(HttpRequest<?> request, String decision) {
        return Check.of(cookies, request, inForce(), decision, Optional.empty(), interview);
    }

    Check of(HttpRequest<?> request, String decision, FormBody form) {
        Optional<String> carried = Optional.of(form.get("carried")).filter(text -> !text.isEmpty());
        return Check.of(cookies, request, inForce(), decision, carried, interview);
    }
}
