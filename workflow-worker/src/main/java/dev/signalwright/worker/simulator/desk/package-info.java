/**
 * What is answered to a client. In come requests as fields of the protocol; out go messages, also those a client did not
 * ask for. Looks into {@code book}, {@code market} and {@code tws.message}; knows no socket.
 */
@NullMarked
package dev.signalwright.worker.simulator.desk;

import org.jspecify.annotations.NullMarked;
