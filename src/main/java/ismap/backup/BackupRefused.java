package ismap.backup;

import ismap.decision.Bilingual;
import org.jspecify.annotations.Nullable;

/** A backup that cannot be restored, and why. */
public final class BackupRefused extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient Bilingual what;

    public BackupRefused(String ja, String en) {
        this(ja, en, null);
    }

    public BackupRefused(String ja, String en, @Nullable Exception cause) {
        super(en, cause);
        this.what = new Bilingual(ja, en);
    }

    public Bilingual what() {
        return what;
    }
}
