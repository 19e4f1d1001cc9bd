/**
 * What goes wrong on purpose at the simulated gateway: fault switches as data, read from a scenario file or from the
 * control port, and asked before every connection and every request. The catalogue is {@link
 * dev.signalwright.worker.simulator.fault.Deed}; {@code docs/simulator.md} explains it.
 */
@NullMarked
package dev.signalwright.worker.simulator.fault;

import org.jspecify.annotations.NullMarked;
