/**
 * What one execution made, read once: its title, its record, its decisions and the cards of its artifacts. In come
 * outlines of artifacts; out go views that both the pages of executions and those of artifacts show. Looks into
 * the artifact room's records and {@code part}.
 */
@NullMarked
package dev.signalwright.artifacts.pages.run;

import org.jspecify.annotations.NullMarked;
