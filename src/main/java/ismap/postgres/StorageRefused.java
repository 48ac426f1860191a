package ismap.postgres;

import org.jspecify.annotations.Nullable;

/** The storage cannot be opened as it stands, and a person can do something about it: what, then what to do. */
public final class StorageRefused extends RuntimeException {
    private final String advice;

    StorageRefused(String what, String advice) {
        this(what, advice, null);
    }

    StorageRefused(String what, String advice, @Nullable Throwable cause) {
        super(what, cause);
        this.advice = advice;
    }

    public String advice() {
        return advice;
    }
}
