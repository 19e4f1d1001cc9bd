package dev.signalwright.worker.simulator;

import dev.signalwright.worker.tws.message.MessageCodec;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * How a simulator is set up.
 *
 * @param bars folder with real history; empty means made-up series at the present
 * @param clock where it stands; present exactly when {@code bars} is
 * @param port of the gateway socket on loopback; 0 chooses a free one
 * @param controlPort of the control socket on loopback; 0 chooses a free one
 * @param stateDir where its state is kept; empty forgets it
 * @param account its account number; begins with {@code SIM}
 * @param cash the account's first cash in USD
 * @param seed of made-up series
 * @param serverVersion the newest version of the protocol it speaks; a client that knows only older ones gets its own
 * @param participation the part of a day's volume that one order can take, above 0 and at most 1
 */
public record SimulatorOptions(
        Optional<Path> bars,
        Optional<Instant> clock,
        int port,
        int controlPort,
        Optional<Path> stateDir,
        String account,
        BigDecimal cash,
        long seed,
        BigDecimal participation,
        int serverVersion) {

    public static final String DEFAULT_ACCOUNT = "SIM0000001";
    public static final String DEFAULT_CASH = "100000";

    /** Far more than the orders of a small desk: partial fills are rare unless they are asked for. */
    public static final String DEFAULT_PARTICIPATION = "0.01";

    public static final int DEFAULT_SERVER_VERSION = MessageCodec.MAX_VERSION;

    public SimulatorOptions {
        if (serverVersion < MessageCodec.MIN_VERSION || serverVersion > MessageCodec.MAX_VERSION) {
            throw new IllegalArgumentException("--server-version is one from " + MessageCodec.MIN_VERSION + " to "
                    + MessageCodec.MAX_VERSION + ", not " + serverVersion + ".");
        }
        if (bars.isPresent() != clock.isPresent()) {
            throw new IllegalArgumentException(
                    "Real history needs a moment to stand on, and a moment needs real history: give --bars and --clock"
                            + " together, or --synthetic alone.");
        }
        if (participation.signum() <= 0 || participation.compareTo(BigDecimal.ONE) > 0) {
            throw new IllegalArgumentException(
                    "--participation is above 0 and at most 1, not " + participation.toPlainString() + ".");
        }
        if (!account.startsWith("SIM")) {
            throw new IllegalArgumentException("A simulated account number begins with SIM, not " + account + ".");
        }
    }

    /** Real history at a standing clock, free ports, the usual account. */
    public static SimulatorOptions history(Path bars, Instant clock, Optional<Path> stateDir) {
        return new SimulatorOptions(
                Optional.of(bars),
                Optional.of(clock),
                0,
                0,
                stateDir,
                DEFAULT_ACCOUNT,
                new BigDecimal(DEFAULT_CASH),
                1,
                new BigDecimal(DEFAULT_PARTICIPATION),
                DEFAULT_SERVER_VERSION);
    }
}
