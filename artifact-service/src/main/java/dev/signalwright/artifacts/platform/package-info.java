/** What every room needs and none owns: the clock, lines of the log that stay lines, and plans of the
 * database that fit. */
@NullMarked
package dev.signalwright.artifacts.platform;

import org.jspecify.annotations.NullMarked;
