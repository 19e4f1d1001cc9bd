/** The artifact service: stores every artifact once, links it and shows it. */
@NullMarked
package dev.signalwright.artifacts;

import org.jspecify.annotations.NullMarked;
