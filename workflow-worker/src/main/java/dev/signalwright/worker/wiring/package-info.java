/**
 * The wiring: the only room that knows all others. It reads the system's clock, randomness and environment, and lists
 * the tasks by name. Nobody depends on it.
 */
@NullMarked
package dev.signalwright.worker.wiring;

import org.jspecify.annotations.NullMarked;
