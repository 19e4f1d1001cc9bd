/**
 * The front door: arguments, environment, signals and the life line enter, an exit code leaves. Looks into the rooms
 * task, artifacts, settings and log.
 */
@NullMarked
package dev.signalwright.worker.cli;

import org.jspecify.annotations.NullMarked;
