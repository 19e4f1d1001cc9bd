package dev.signalwright.artifacts.pages.frame;

import dev.signalwright.artifacts.problem.ProblemException;
import dev.signalwright.artifacts.problem.ProblemType;
import java.util.Optional;
import java.util.UUID;

/** Addresses that lead nowhere. */
public final class Missing {
    private Missing() {}

    public static Optional<UUID> uuid(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException notAnId) {
            return Optional.empty();
        }
    }

    public static ProblemException page(String sentence) {
        return new ProblemException(ProblemType.NOT_FOUND, sentence);
    }
}
