package dev.signalwright.artifacts.access;

import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** Counts wrong tokens per address (IPv6: per network of 64 bits) and minute. Holds at most {@value #ADDRESSES} addresses. Safe for all threads. */
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
        Window window = windows.get(network(address));
        if (window == null || window.wrong() < config.loginAttemptsPerMinute()) {
            return Duration.ZERO;
        }
        Duration left = Duration.between(clock.instant(), window.ends());
        return left.isNegative() ? Duration.ZERO : left;
    }

    synchronized void wrong(String from) {
        String address = network(from);
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

    /** One machine has a whole IPv6 network of addresses: those count as one. */
    private static String network(String address) {
        try {
            byte[] bytes = InetAddress.ofLiteral(address).getAddress();
            return HexFormat.of().formatHex(bytes, 0, bytes.length == 16 ? 8 : bytes.length);
        } catch (IllegalArgumentException noAddress) {
            return address;
        }
    }

    private record Window(Instant ends, int wrong) {}
}
