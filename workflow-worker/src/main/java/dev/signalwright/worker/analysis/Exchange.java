package dev.signalwright.worker.analysis;

import java.time.Duration;
import java.util.Optional;

/** One request to a model's server and what came back. */
sealed interface Exchange {
    /**
     * The server answered.
     *
     * @param content the model's text; empty when it gave none
     * @param ending {@code finish_reason} as sent; empty when missing
     * @param refused whether the model refused to answer
     * @param model who answered, as the server names it; empty when it did not say
     * @param inputTokens 0 together with {@code outputTokens} 0 means that the server did not count
     */
    record Answer(String content, String ending, boolean refused, String model, long inputTokens, long outputTokens)
            implements Exchange {}

    /**
     * It did not, or not usably.
     *
     * @param sentence why, without the full stop and without the server's secrets
     * @param retryAfter how long the server asked to wait
     */
    record Trouble(Kind kind, String sentence, Optional<Duration> retryAfter) implements Exchange {
        /** What may be done about it. */
        enum Kind {
            /** The same request may succeed later. */
            PASSING,
            /** Somebody has to change something first. */
            LASTING,
            /** The server does not know the asked form of answer; a weaker one may do. */
            FORM_REFUSED
        }
    }
}
