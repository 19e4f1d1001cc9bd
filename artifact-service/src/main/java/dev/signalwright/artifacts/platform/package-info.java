/** What every room needs and none owns: the clock. */
@NullMarked
package dev.signalwright.artifacts.platform;

import org.jspecify.annotations.NullMarked;
