/**
 * The pages of executions: the list, and one with its decisions and tasks. In come requests; out goes HTML. Looks into
 * the execution and artifact rooms and into {@code part}, {@code frame} and {@code run}.
 */
@NullMarked
package dev.signalwright.artifacts.pages.execution;

import org.jspecify.annotations.NullMarked;
