/**
 * A stand-in for IB Gateway that speaks the real wire and stands in one moment of time: on a past session with real
 * daily bars, or at the present with made-up ones. What enters: bytes on a loopback socket, bars as files, one-line
 * commands on the control port. What leaves: answers as a gateway gives them, a decoded line per message on standard
 * output, and a state file that survives restarts. It shares {@code tws.wire} and {@code tws.message} with the client and
 * nothing else. {@link dev.signalwright.worker.simulator.SimulatedGateway} serves each client with its own thread;
 * accounts and orders are guarded by one lock.
 *
 * <p>What it is not: a market. A daily bar tells where the price has been, not when; {@link
 * dev.signalwright.worker.simulator.market.DayPath} says which way is taken, and {@code docs/simulator.md} the rest.
 *
 * <p>Here are the door and the sessions of clients, the control port and {@code main}. Inside, each room looking only at
 * those before it: {@code market} (what was traded), {@code book} (orders, fills, cash), {@code desk} (answers); beside
 * them {@code fault}, the faults as data.
 */
@NullMarked
package dev.signalwright.worker.simulator;

import org.jspecify.annotations.NullMarked;
