/**
 * The pages of artifacts and of signals. In come requests for a list or for one artifact; out goes HTML. Looks into the
 * artifact and lineage rooms and into {@code part}, {@code frame}, {@code run} and {@code content}.
 */
@NullMarked
package dev.signalwright.artifacts.pages.artifact;

import org.jspecify.annotations.NullMarked;
