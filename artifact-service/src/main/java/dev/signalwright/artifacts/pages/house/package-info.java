/**
 * The pages about the house itself: who comes in, what goes with age, and what to do when something cannot be shown. In
 * come requests and problems; out goes HTML. Looks into the access and retention rooms and into {@code part} and {@code
 * frame}.
 */
@NullMarked
package dev.signalwright.artifacts.pages.house;

import org.jspecify.annotations.NullMarked;
