/**
 * Task {@code preflight}: is this run worth starting, and for which moment does it decide? Enters: the settings, the
 * gateway, the artifact service, the tracking server. Leaves: the {@code preflight} artifact with every check's result,
 * latency and advice; its first stored {@code as_of} fixes the run's moment (contract sections 2 and 3).
 */
@NullMarked
package dev.signalwright.worker.preflight;

import org.jspecify.annotations.NullMarked;
