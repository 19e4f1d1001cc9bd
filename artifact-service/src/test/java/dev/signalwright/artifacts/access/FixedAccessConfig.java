package dev.signalwright.artifacts.access;

import io.quarkus.runtime.configuration.MemorySize;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The default settings over a home of the test's own, with two proxies in front. */
record FixedAccessConfig(Path home, Optional<List<String>> frameAncestors) implements AccessConfig {
    FixedAccessConfig(Path home) {
        this(home, Optional.empty());
    }

    @Override
    public Set<String> allowedHosts() {
        return Set.of("localhost");
    }

    @Override
    public Duration sessionLasts() {
        return Duration.ofHours(12);
    }

    @Override
    public int loginAttemptsPerMinute() {
        return 3;
    }

    @Override
    public Duration tokenRefresh() {
        return Duration.ofSeconds(5);
    }

    @Override
    public Duration bodyDeadline() {
        return Duration.ofSeconds(60);
    }

    @Override
    public MemorySize bodiesAtOnce() {
        return new MemorySize(BigInteger.valueOf(64 << 20));
    }

    @Override
    public Rate rate() {
        return new Rate() {
            @Override
            public int viewer() {
                return 10;
            }

            @Override
            public int worker() {
                return 0;
            }

            @Override
            public int operator() {
                return 0;
            }

            @Override
            public int burstSeconds() {
                return 2;
            }
        };
    }

    @Override
    public Optional<List<String>> trustedProxies() {
        return Optional.of(List.of("10.0.0.5", "fd00::/8"));
    }

    @Override
    public Optional<String> proxyUserHeader() {
        return Optional.empty();
    }

    @Override
    public Optional<String> proxyRolesHeader() {
        return Optional.empty();
    }

    @Override
    public Optional<Path> proxyRolesFile() {
        return Optional.empty();
    }
}
