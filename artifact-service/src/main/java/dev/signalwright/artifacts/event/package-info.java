/**
 * Events: what happens to the store, told to whoever listens ({@code docs/events.md}). Enters: the changes of the feed, read
 * by one poller for all listeners of this replica, and only while somebody listens. Leaves: Server-Sent Events with ids and
 * small fields. A listener that comes back with the id of its last event misses none and gets none twice, on any replica.
 * Queues are bounded: who reads too slowly is cut and comes back. Safe for all threads.
 */
@NullMarked
package dev.signalwright.artifacts.event;

import org.jspecify.annotations.NullMarked;
