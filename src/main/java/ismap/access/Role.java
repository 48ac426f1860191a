package ismap.access;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a principal may be; one may be several. The contract's codes are the names in lower case. */
public enum Role {
    /** Records decisions, and reads what it recorded itself. */
    INTAKE,
    /** Drafts revisions. */
    EDITOR,
    /** Approves and publishes what others have drafted. */
    APPROVER,
    /** Reads and verifies all records. */
    AUDITOR,
    /** Gives and takes tokens. */
    ADMIN;

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Role> of(String code) {
        return Arrays.stream(values()).filter(role -> role.code().equals(code)).findFirst();
    }

    public static List<String> codes() {
        return Arrays.stream(values()).map(Role::code).toList();
    }
}
