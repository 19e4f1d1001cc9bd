package dev.signalwright.artifacts.order;

import java.util.Locale;

/** How far an order intent has come: intended, claimed (once), then what the claimant reports. */
public enum IntentState {
    INTENDED,
    CLAIMED,
    PLACED,
    REJECTED,
    /** The claimant cannot tell whether the broker has the order. */
    UNKNOWN;

    /** The lower-case word used in JSON and in the database. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
