package dev.signalwright.artifacts.access;

import java.util.List;
import java.util.Set;

/**
 * The three roles, lowest first; each holds the ones before it. A role has the name of its token file and is written
 * into {@code @RolesAllowed} on every endpoint.
 */
public final class Roles {
    /** May look at everything, change nothing. */
    public static final String VIEWER = "viewer";

    /** May also store artifacts and order intents: the token of the workflow's tasks. */
    public static final String WORKER = "worker";

    /** May also delete and repair: the person who runs the installation. */
    public static final String OPERATOR = "operator";

    static final List<String> LOWEST_FIRST = List.of(VIEWER, WORKER, OPERATOR);

    private Roles() {}

    /** The higher of two. */
    static String higher(String one, String other) {
        return LOWEST_FIRST.indexOf(one) > LOWEST_FIRST.indexOf(other) ? one : other;
    }

    /** The role itself and the ones below it; nothing for a name that is no role. */
    static Set<String> heldBy(String role) {
        return Set.copyOf(LOWEST_FIRST.subList(0, LOWEST_FIRST.indexOf(role) + 1));
    }
}
