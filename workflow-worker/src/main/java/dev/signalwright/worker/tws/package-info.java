/**
 * The client of the TWS socket protocol: stands behind the port {@code broker}. What enters: a gateway's address and the
 * port's calls. What leaves: the port's values, or {@link dev.signalwright.worker.broker.BrokerException} with advice.
 *
 * <p>Three floors: {@code wire} (bytes, frames, fields), {@code message} (records), and here the session: handshake,
 * request ids, pacing, the catalogue of the gateway's codes. A session is used by one thread and has none of its own:
 * bytes are read while a call waits, so nothing piles up unseen, and every wait ends at a deadline. Time, sleeping and
 * chance are passed in.
 */
@NullMarked
package dev.signalwright.worker.tws;

import org.jspecify.annotations.NullMarked;
