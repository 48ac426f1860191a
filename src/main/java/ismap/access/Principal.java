package ismap.access;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * Somebody who is known: a system or a member of staff.
 *
 * @param name an identifier, never the name of a natural person; it is what records say
 */
public record Principal(String name, Set<Role> roles) {

    public Principal {
        roles = Collections.unmodifiableSet(roles.isEmpty() ? EnumSet.noneOf(Role.class) : EnumSet.copyOf(roles));
    }

    public boolean is(Role role) {
        return roles.contains(role);
    }
}
