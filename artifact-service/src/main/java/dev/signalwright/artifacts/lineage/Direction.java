package dev.signalwright.artifacts.lineage;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Where to look from an artifact. */
enum Direction {
    /** What it was made from. */
    UPSTREAM,
    /** What was made from it. */
    DOWNSTREAM,
    BOTH;

    static Optional<Direction> ofWord(String word) {
        return Arrays.stream(values())
                .filter(direction -> direction.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst();
    }
}
