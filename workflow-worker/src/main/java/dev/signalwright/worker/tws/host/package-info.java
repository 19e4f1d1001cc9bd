/**
 * What all worker processes of a host share about one gateway: how many messages went out lately, which bars were asked
 * for lately, which client numbers and how many open requests are taken. What enters: a folder and a moment. What leaves:
 * how long to wait, or a lease. The state is in files of one folder per gateway; whoever reads or writes holds a lock of
 * the operating system, and a lease is such a lock. The system frees the locks of a process that dies, however it dies, so
 * nothing is ever left behind. Thread-safe.
 */
@NullMarked
package dev.signalwright.worker.tws.host;

import org.jspecify.annotations.NullMarked;
