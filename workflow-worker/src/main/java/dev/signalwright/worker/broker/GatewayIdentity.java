package dev.signalwright.worker.broker;

import dev.signalwright.worker.artifacts.Origin;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Who answered at the gateway's port.
 *
 * @param accounts account numbers as reported
 * @param kind of those accounts; never guessed from the port
 * @param origin of data made from it now: live at a real gateway, replayed or simulated at a simulated one
 * @param simulatedClock where a simulated gateway stands in time; empty at a real one
 * @param serverVersion negotiated protocol version
 */
public record GatewayIdentity(
        List<String> accounts, AccountKind kind, Origin origin, Optional<Instant> simulatedClock, int serverVersion) {
    public GatewayIdentity {
        accounts = List.copyOf(accounts);
    }

    public boolean simulated() {
        return kind == AccountKind.SIMULATED;
    }

    /**
     * Origin of data made for {@code asOf}: a simulated gateway's own; at a real gateway live, unless the moment lies
     * further back than {@code lateAfter}: then it is a replay and never trades.
     */
    public Origin originFor(Instant asOf, Instant now, Duration lateAfter) {
        boolean past = !simulated() && asOf.plus(lateAfter).isBefore(now);
        return past ? origin.worst(Origin.REPLAYED) : origin;
    }

    /** Kind of an account, told by its number: {@code SIM}, {@code DU}/{@code DF} (paper), else live. */
    public enum AccountKind {
        SIMULATED,
        PAPER,
        LIVE
    }
}
