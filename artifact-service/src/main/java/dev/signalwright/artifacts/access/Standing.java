package dev.signalwright.artifacts.access;

import io.quarkus.security.identity.SecurityIdentity;

/** Whether what a request came with still holds: for answers that go on long after the request was let in. */
@FunctionalInterface
public interface Standing {
    /** The attribute of an identity that carries it. */
    String ATTRIBUTE = "signalwright.standing";

    /** False when the token was revoked, replaced or has expired, or the session has ended. Asks memory only. */
    boolean holds();

    static Standing of(SecurityIdentity caller) {
        Standing standing = caller.getAttribute(ATTRIBUTE);
        if (standing == null) {
            throw new IllegalStateException("An identity that is not of this room: " + caller.getPrincipal());
        }
        return standing;
    }
}
