package dev.signalwright.worker.broker;

import dev.signalwright.worker.artifacts.Origin;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * Prices of one moment. What the gateway did not send is empty, never zero.
 *
 * @param close of the session before
 * @param origin live or delayed, as the gateway said
 */
public record Quote(
        Optional<BigDecimal> bid,
        Optional<BigDecimal> ask,
        Optional<BigDecimal> last,
        Optional<BigDecimal> close,
        Origin origin) {}
