package dev.signalwright.worker.chart.raster;

/**
 * Turns closed outlines into the share of every pixel they cover, by accumulating signed areas.
 *
 * <p>Each edge leaves in the cells it crosses how much area lies to its right; a running sum along the row gives the
 * coverage. Coordinates are rounded to 1/256 pixel and everything after that is whole numbers, so closed outlines sum to
 * exactly zero. Outlines of one orientation may overlap: coverage is cut off at full.
 *
 * <p>One bit per block of 32 cells remembers what was touched, so a long thin line costs what it covers, not what its
 * bounding box covers.
 */
final class Coverage {
    /** Sub-pixel steps per pixel. */
    private static final int ONE = 256;

    private static final int BLOCK_BITS = 5;
    /** A fully covered pixel is {@code ONE * 2 * ONE}; this shift makes it 256. */
    private static final int TO_ALPHA = 9;

    private final int stride;
    private final int[] cells;
    private final long[] touched;
    private int left;
    private int top;
    private int right;
    private int bottom;
    private int firstRow;
    private int lastRow;

    /** Receives spans of one coverage. */
    interface Painter {
        /** @param coverage 1 to 256 */
        void span(int row, int from, int to, int coverage);
    }

    Coverage(int width, int height) {
        if (width >= Long.SIZE << BLOCK_BITS) {
            throw new IllegalArgumentException("A sheet can be 2047 pixels wide, not " + width + ".");
        }
        stride = ((width >> BLOCK_BITS) + 1) << BLOCK_BITS;
        cells = new int[stride * height];
        touched = new long[height];
        clip(0, 0, width, height);
        firstRow = Integer.MAX_VALUE;
        lastRow = -1;
    }

    /** Nothing outside is painted. Only between outlines. */
    void clip(int newLeft, int newTop, int newRight, int newBottom) {
        left = newLeft;
        top = newTop;
        right = newRight;
        bottom = newBottom;
    }

    /** One straight edge. The edges of an outline must close before {@link #paint}. */
    void edge(double x0, double y0, double x1, double y1) {
        int ay = fixed(y0);
        int by = fixed(y1);
        if (ay < by) {
            rows(fixed(x0), ay, fixed(x1), by, 1);
        } else if (ay > by) {
            rows(fixed(x1), by, fixed(x0), ay, -1);
        }
    }

    private void rows(int x0, int y0, int x1, int y1, int sign) {
        int y = Math.max(y0, top * ONE);
        int end = Math.min(y1, bottom * ONE);
        if (y >= end) {
            return;
        }
        firstRow = Math.min(firstRow, y / ONE);
        lastRow = Math.max(lastRow, (end - 1) / ONE);
        long run = (long) x1 - x0;
        long rise = (long) y1 - y0;
        int x = x0 + (int) Math.floorDiv((y - y0) * run, rise);
        while (y < end) {
            int nextY = Math.min((y / ONE + 1) * ONE, end);
            int nextX = x0 + (int) Math.floorDiv((nextY - y0) * run, rise);
            withinRow(y / ONE, x, nextX, sign * (nextY - y));
            x = nextX;
            y = nextY;
        }
    }

    /** An edge piece inside one row; {@code height} is signed. What is left of the clip counts at its border. */
    private void withinRow(int row, int x0, int x1, int height) {
        int low = left * ONE;
        int high = right * ONE;
        if (x0 >= high && x1 >= high) {
            return;
        }
        if (x0 >= low && x1 >= low && x0 <= high && x1 <= high) {
            columns(row, x0, x1, height);
        } else if (x0 <= low && x1 <= low) {
            columns(row, low, low, height);
        } else {
            int border = Math.min(x0, x1) < low ? low : high;
            int first = (int) Math.floorDiv((long) height * (border - x0), x1 - x0);
            withinRow(row, x0, border, first);
            withinRow(row, border, x1, height - first);
        }
    }

    private void columns(int row, int x0, int x1, int height) {
        int from = Math.min(x0, x1);
        int to = Math.max(x0, x1);
        int column = from / ONE;
        if (to <= (column + 1) * ONE) {
            cell(row, column, from - column * ONE + to - column * ONE, height);
            return;
        }
        int done = 0;
        int x = from;
        while (x < to) {
            int nextX = Math.min((column + 1) * ONE, to);
            int upTo = nextX == to ? height : (int) Math.floorDiv((long) height * (nextX - from), to - from);
            cell(row, column, x - column * ONE + nextX - column * ONE, upTo - done);
            done = upTo;
            x = nextX;
            column++;
        }
    }

    /** @param twiceX twice the mean x of the piece inside the cell, 0 to {@code 2 * ONE} */
    private void cell(int row, int column, int twiceX, int height) {
        int at = row * stride + column;
        int after = height * twiceX;
        cells[at] += height * 2 * ONE - after;
        cells[at + 1] += after;
        touched[row] |= (1L << (column >> BLOCK_BITS)) | (1L << ((column + 1) >> BLOCK_BITS));
    }

    /** Gives everything accumulated to the painter and starts anew. */
    void paint(Painter painter) {
        for (int row = firstRow; row <= lastRow; row++) {
            if (touched[row] != 0) {
                paintRow(row, touched[row], painter);
                touched[row] = 0;
            }
        }
        firstRow = Integer.MAX_VALUE;
        lastRow = -1;
    }

    private void paintRow(int row, long blocks, Painter painter) {
        int base = row * stride;
        int sum = 0;
        long rest = blocks;
        int x = Long.numberOfTrailingZeros(rest) << BLOCK_BITS;
        while (rest != 0) {
            int blockStart = Long.numberOfTrailingZeros(rest) << BLOCK_BITS;
            rest &= rest - 1;
            fill(row, x, blockStart, sum, painter);
            x = blockStart + (1 << BLOCK_BITS);
            int spanStart = blockStart;
            for (int i = blockStart; i < x; i++) {
                int step = cells[base + i];
                if (step != 0) {
                    fill(row, spanStart, i, sum, painter);
                    cells[base + i] = 0;
                    sum += step;
                    spanStart = i;
                }
            }
            fill(row, spanStart, x, sum, painter);
        }
        fill(row, x, right, sum, painter);
    }

    private void fill(int row, int from, int to, int sum, Painter painter) {
        int coverage = Math.min(Math.abs(sum) >> TO_ALPHA, Ink.OPAQUE);
        int end = Math.min(to, right);
        if (coverage > 0 && from < end) {
            painter.span(row, from, end, coverage);
        }
    }

    private static int fixed(double value) {
        return (int) Math.rint(value * ONE);
    }
}
