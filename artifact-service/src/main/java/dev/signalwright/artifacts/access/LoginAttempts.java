package dev.signalwright.artifacts.access;

import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Counts wrong tokens per address and minute. Holds at most {@value #ADDRESSES} addresses. Safe for all threads. */
@Singleton
final class LoginAttempts {
    private static final int ADDRESSES = 4_096;
    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final AccessConfig config;
    private final Clock clock;
    private final Map<String, Window> windows = new LinkedHashMap<>();

    LoginAttempts(AccessConfig config, Clock clock) {
        this.config = config;
        this.clock = clock;
    }

    /** How long this address has to wait before its next try; zero when it need not. */
    synchronized Duration waitFor(String address) {
        Window window = windows.get(address);
        if (window == null || window.wrong() < config.loginAttemptsPerMinute()) {
            return Duration.ZERO;
        }
        Duration left = Duration.between(clock.instant(), window.ends());
        return left.isNegative() ? Duration.ZERO : left;
    }

    synchronized void wrong(String address) {
        Instant now = clock.instant();
        Window window = windows.remove(address);
        if (window == null || !now.isBefore(window.ends())) {
            window = new Window(now.plus(WINDOW), 0);
        }
        windows.put(address, new Window(window.ends(), window.wrong() + 1));
        if (windows.size() > ADDRESSES) {
            windows.remove(windows.keySet().iterator().next());
        }
    }

    private record Window(Instant ends, int wrong) {}
}
