/**
 * What the process stands on: its environment, the JSON mapper, waiting. No room's ideas live here; looks only at the
 * JDK and Jackson.
 */
@NullMarked
package dev.signalwright.worker.platform;

import org.jspecify.annotations.NullMarked;
