package ismap.selfcheck;

import ismap.pages.View;

/** Where the pages of a self-check are. No address holds an answer. */
final class Addresses {

    static final String START = "/self-check";

    private Addresses() {}

    static String of(String decision) {
        return START + "/" + View.segment(decision);
    }

    static String next(String decision) {
        return of(decision) + "/next";
    }

    static String question(String decision, String fact) {
        return of(decision) + "/questions/" + View.segment(fact);
    }

    static String answers(String decision) {
        return of(decision) + "/answers";
    }

    static String result(String decision) {
        return of(decision) + "/result";
    }
}
