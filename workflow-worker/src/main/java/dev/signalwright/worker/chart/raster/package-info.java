/**
 * Shapes and text in, pixels and PNG bytes out. Pure Java: no AWT, no ImageIO, no font files and no fonts of the
 * machine; only integer and strictly defined floating-point arithmetic, so the same calls give the same pixels on every
 * machine, JDK, locale and zone.
 *
 * <p>Coordinates are pixels, x to the right, y downwards; a pixel covers {@code [x, x+1)}. Colours are opaque or
 * translucent inks over an opaque white sheet. Nothing here knows what a chart is. Not thread-safe.
 */
@NullMarked
package dev.signalwright.worker.chart.raster;

import org.jspecify.annotations.NullMarked;
