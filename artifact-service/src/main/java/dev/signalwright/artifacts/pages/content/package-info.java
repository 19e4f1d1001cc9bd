/**
 * What stands in one artifact, in words, tables and pictures: bars, charts, checks, orders, exchanges with the analyst,
 * the ladder of prices. In comes an artifact's data; out go views to lay out. Looks into the
 * artifact room's records, {@code part} and {@code run}.
 */
@NullMarked
package dev.signalwright.artifacts.pages.content;

import org.jspecify.annotations.NullMarked;
