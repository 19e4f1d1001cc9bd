package dev.signalwright.artifacts.pages;

import dev.signalwright.artifacts.problem.ProblemException;
import dev.signalwright.artifacts.problem.ProblemType;
import java.util.Optional;
import java.util.UUID;

/** Addresses that lead nowhere. */
final class Missing {
    private Missing() {}

    static Optional<UUID> uuid(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException notAnId) {
            return Optional.empty();
        }
    }

    static ProblemException page(String sentence) {
        return new ProblemException(ProblemType.NOT_FOUND, sentence);
    }
}
