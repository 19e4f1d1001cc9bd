/** What every room needs and none owns: the clock, and lines of the log that stay lines. */
@NullMarked
package dev.signalwright.artifacts.platform;

import org.jspecify.annotations.NullMarked;
