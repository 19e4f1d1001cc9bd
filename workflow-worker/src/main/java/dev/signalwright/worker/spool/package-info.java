/**
 * The durable hand-over: bytes enter, the same bytes leave in order, through crashes, full disks and power cuts. Two
 * folders of {@code SPOOL_DIR}: {@link dev.signalwright.worker.spool.Spool} holds what still has to be sent (at least
 * once; the receiver's keys make it once) and {@link dev.signalwright.worker.spool.Workspace} holds every artifact of
 * the run, so that the next task can read it without the service. What a record means is not known here. Only the JDK
 * is used. Order intents never come here.
 */
@NullMarked
package dev.signalwright.worker.spool;

import org.jspecify.annotations.NullMarked;
