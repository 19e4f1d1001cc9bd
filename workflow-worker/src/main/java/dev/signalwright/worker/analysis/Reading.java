package dev.signalwright.worker.analysis;

import dev.signalwright.worker.signal.Proposal;

/** What an answer says after it was read strictly. There is no third case and no default. */
sealed interface Reading {
    /** A decision, not yet checked against the market. */
    record Proposed(Proposal proposal) implements Reading {}

    /**
     * No decision.
     *
     * @param reason why, as the rest of a sentence, without the full stop
     * @param repairable whether asking once more for the right form makes sense
     */
    record Abstained(String reason, boolean repairable) implements Reading {}
}
