package dev.signalwright.artifacts.access;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The default settings over a home of the test's own. */
record FixedAccessConfig(Path home) implements AccessConfig {
    @Override
    public Set<String> allowedHosts() {
        return Set.of("localhost");
    }

    @Override
    public Optional<List<String>> frameAncestors() {
        return Optional.empty();
    }

    @Override
    public Duration sessionLasts() {
        return Duration.ofHours(12);
    }

    @Override
    public int loginAttemptsPerMinute() {
        return 3;
    }
}
