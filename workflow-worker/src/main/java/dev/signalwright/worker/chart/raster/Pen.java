package dev.signalwright.worker.chart.raster;

/** Lays the outlines of strokes and curves into a coverage. Outlines of one call all turn the same way. */
final class Pen {
    /** How far, in pixels, a chord may lie from its curve. */
    private static final double FLATNESS = 0.08;

    /** Corners sharper than this (1 + cosine of the turn) are cut instead of mitred. */
    private static final double SHARP = 0.35;

    /** Share of the radius at which a quadratic curve's control points approximate an eighth of a circle. */
    private static final double OCTANT = 0.41421356237309503;

    private static final double DIAGONAL = 0.7071067811865476;

    private final Coverage coverage;
    private double penX;
    private double penY;

    Pen(Coverage coverage) {
        this.coverage = coverage;
    }

    void moveTo(double x, double y) {
        penX = x;
        penY = y;
    }

    void lineTo(double x, double y) {
        coverage.edge(penX, penY, x, y);
        moveTo(x, y);
    }

    void curveTo(double controlX, double controlY, double x, double y) {
        double bendX = penX - 2 * controlX + x;
        double bendY = penY - 2 * controlY + y;
        int pieces = 1 + (int) Math.sqrt(Math.sqrt(bendX * bendX + bendY * bendY) / (4 * FLATNESS));
        double startX = penX;
        double startY = penY;
        for (int i = 1; i <= pieces; i++) {
            double t = (double) i / pieces;
            double u = 1 - t;
            lineTo(
                    u * u * startX + 2 * u * t * controlX + t * t * x,
                    u * u * startY + 2 * u * t * controlY + t * t * y);
        }
    }

    /** A line through the points; points that coincide count once. */
    void line(double[] xs, double[] ys, double half) {
        double normalX = 0;
        double normalY = 0;
        int from = 0;
        boolean joined = false;
        for (int to = 1; to < xs.length; to++) {
            double dx = xs[to] - xs[from];
            double dy = ys[to] - ys[from];
            double length = Math.sqrt(dx * dx + dy * dy);
            if (length < 1e-6) {
                continue;
            }
            double nextX = -dy / length;
            double nextY = dx / length;
            if (joined) {
                join(xs[from], ys[from], normalX, normalY, nextX, nextY, half);
            }
            normalX = nextX;
            normalY = nextY;
            segment(xs[from], ys[from], xs[to], ys[to], normalX * half, normalY * half);
            from = to;
            joined = true;
        }
    }

    private void segment(double x0, double y0, double x1, double y1, double offX, double offY) {
        moveTo(x0 + offX, y0 + offY);
        lineTo(x1 + offX, y1 + offY);
        lineTo(x1 - offX, y1 - offY);
        lineTo(x0 - offX, y0 - offY);
        lineTo(x0 + offX, y0 + offY);
    }

    /** The wedge on the outer side of a corner, turning the same way as the segments do. */
    private void join(double x, double y, double n0x, double n0y, double n1x, double n1y, double half) {
        double turn = n0x * n1y - n0y * n1x;
        double side = turn > 0 ? -half : half;
        double firstX = turn > 0 ? n1x : n0x;
        double firstY = turn > 0 ? n1y : n0y;
        double secondX = turn > 0 ? n0x : n1x;
        double secondY = turn > 0 ? n0y : n1y;
        double closeness = 1 + n0x * n1x + n0y * n1y;
        moveTo(x, y);
        lineTo(x + side * firstX, y + side * firstY);
        if (closeness > SHARP) {
            lineTo(x + side * (n0x + n1x) / closeness, y + side * (n0y + n1y) / closeness);
        }
        lineTo(x + side * secondX, y + side * secondY);
        lineTo(x, y);
    }

    void roundRectangle(double left, double top, double right, double bottom, double radius) {
        moveTo(left + radius, top);
        lineTo(right - radius, top);
        corner(right - radius, top + radius, 0, -radius, radius, 0);
        lineTo(right, bottom - radius);
        corner(right - radius, bottom - radius, radius, 0, 0, radius);
        lineTo(left + radius, bottom);
        corner(left + radius, bottom - radius, 0, radius, -radius, 0);
        lineTo(left, top + radius);
        corner(left + radius, top + radius, -radius, 0, 0, -radius);
    }

    /** A quarter circle around a centre, from one axis offset to the next, as two curves. */
    private void corner(double x, double y, double fromX, double fromY, double toX, double toY) {
        double middleX = x + (fromX + toX) * DIAGONAL;
        double middleY = y + (fromY + toY) * DIAGONAL;
        curveTo(x + fromX + toX * OCTANT, y + fromY + toY * OCTANT, middleX, middleY);
        curveTo(x + toX + fromX * OCTANT, y + toY + fromY * OCTANT, x + toX, y + toY);
    }
}
