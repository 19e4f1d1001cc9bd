package dev.signalwright.artifacts.pages.content;

import dev.signalwright.artifacts.pages.part.Numbers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The price ladder of a signal, in the coordinates of its drawing (440 x 272, highest price on top).
 *
 * @param rungs highest first
 * @param gain the band between entry and target
 * @param risk the band between entry and stop
 * @param summary the ladder in words
 */
public record PriceLadder(List<Rung> rungs, Band gain, Band risk, String currency, String summary) {
    private static final double TOP = 24;
    private static final double BOTTOM = 236;
    private static final double LEAST_GAP = 24;

    /**
     * @param style class of its line: {@code lu}, {@code ld}, {@code le} or {@code dash}
     * @param y of its line
     * @param textY of its words, which keep a distance from their neighbours
     */
    record Rung(String name, String price, String note, String style, double y, double textY) {
        public boolean isStrong() {
            return !style.equals("dash");
        }
    }

    /** @param label the difference, signed from the holder's view: a gain is positive */
    record Band(double y, double height, double labelY, String label) {}

    private record Level(String name, double price, String note, String style) {}

    /** @param lastClose empty when it is unknown or equals the entry */
    public static PriceLadder of(double entry, double stop, double target, OptionalDouble lastClose, String currency) {
        boolean atClose = lastClose.isPresent() && Math.abs(lastClose.getAsDouble() - entry) < entry * 1e-6;
        List<Level> levels = new ArrayList<>();
        levels.add(new Level("Target", target, change(target, entry) + " from entry", "lu"));
        levels.add(new Level("Entry", entry, entryNote(entry, lastClose, atClose), "le"));
        levels.add(new Level("Stop", stop, change(stop, entry) + " from entry", "ld"));
        if (lastClose.isPresent() && !atClose) {
            levels.add(new Level("Last close", lastClose.getAsDouble(), "", "dash"));
        }
        levels.sort(Comparator.comparingDouble(Level::price).reversed());
        double high = levels.getFirst().price();
        double low = levels.getLast().price();
        double gain = Math.abs(target - entry);
        double risk = Math.abs(entry - stop);
        return new PriceLadder(
                rungs(levels, high, low),
                band(y(entry, high, low), y(target, high, low), "+" + Numbers.price(gain)),
                band(y(entry, high, low), y(stop, high, low), "−" + Numbers.price(risk)),
                currency,
                "Price ladder: target " + Numbers.price(target) + ", entry " + Numbers.price(entry) + ", stop "
                        + Numbers.price(stop) + " " + currency);
    }

    private static String entryNote(double entry, OptionalDouble lastClose, boolean atClose) {
        if (atClose) {
            return "the last close";
        }
        return lastClose.isPresent() ? change(entry, lastClose.getAsDouble()) + " from last close" : "";
    }

    private static String change(double price, double from) {
        return Numbers.signed("0.0", (price - from) / from * 100) + " %";
    }

    private static double y(double price, double high, double low) {
        return high <= low ? TOP : round(TOP + (high - price) / (high - low) * (BOTTOM - TOP));
    }

    private static double round(double value) {
        return Math.round(value * 10) / 10.0;
    }

    private static Band band(double a, double b, String label) {
        double top = Math.min(a, b);
        double height = round(Math.abs(a - b));
        return new Band(top, height, round(top + height / 2 + 5), height < 20 ? "" : label);
    }

    /** Words of close prices are pushed apart, downwards first, then up from the bottom edge. */
    private static List<Rung> rungs(List<Level> levels, double high, double low) {
        double[] texts = levels.stream()
                .mapToDouble(level -> y(level.price(), high, low))
                .toArray();
        for (int i = 1; i < texts.length; i++) {
            texts[i] = Math.max(texts[i], texts[i - 1] + LEAST_GAP);
        }
        double limit = BOTTOM;
        for (int i = texts.length - 1; i >= 0; i--) {
            texts[i] = Math.min(texts[i], limit);
            limit = texts[i] - LEAST_GAP;
        }
        List<Rung> rungs = new ArrayList<>();
        for (int i = 0; i < texts.length; i++) {
            Level level = levels.get(i);
            rungs.add(new Rung(
                    level.name(),
                    Numbers.price(level.price()),
                    level.note(),
                    level.style(),
                    y(level.price(), high, low),
                    round(texts[i] + 5)));
        }
        return rungs;
    }
}
