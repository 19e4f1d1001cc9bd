/**
 * Daily and weekly charts.
 *
 * <p>Enters: one symbol's {@code daily_bars} and the run's moment. Leaves: a {@code chart} artifact: the picture as PNG
 * and, in {@code chart_data}, every number the picture shows. The same bars give the same pixels on every machine ({@code
 * docs/charts.md}). No text from outside is drawn but the checked ticker; all else are numbers and words of this room.
 *
 * <p>Below it, {@code chart.raster} turns shapes and text into pixels and knows nothing of charts.
 */
@NullMarked
package dev.signalwright.worker.chart;

import org.jspecify.annotations.NullMarked;
