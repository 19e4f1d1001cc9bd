/**
 * The messages of the TWS socket protocol, in both directions, as records. The order of the fields is data: {@code
 * requests.layout} and {@code answers.layout} hold one table per message with the server versions each field belongs to,
 * so another version is another line there. A record names the fields it cares for; what it leaves out is written with
 * the table's default and skipped when read. Client and simulator share this room: one reads what the other writes.
 * Immutable and thread-safe.
 */
@NullMarked
package dev.signalwright.worker.tws.message;

import org.jspecify.annotations.NullMarked;
