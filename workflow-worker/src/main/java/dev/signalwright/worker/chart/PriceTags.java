package dev.signalwright.worker.chart;

import dev.signalwright.worker.chart.raster.Ink;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Spreads labels along an axis so that none covers another and all stay inside, each as near to its own height as the
 * others allow.
 */
final class PriceTags {
    static final int HEIGHT = 25;

    private PriceTags() {}

    /**
     * A label at the right edge.
     *
     * @param y where it belongs
     * @param weight how strongly it insists on its place
     * @param beyond -1 when the value lies above the pane, 1 below, 0 inside
     */
    record Tag(double y, String text, Ink ink, double weight, int beyond) {}

    /** @param centre where the tag goes */
    record Placed(Tag tag, double centre) {}

    /**
     * Tags that would overlap form a block, which stands where the weighted squares of all shifts are least; blocks
     * that meet merge.
     */
    static List<Placed> spread(List<Tag> tags, int top, int bottom) {
        List<Tag> sorted = new ArrayList<>(tags);
        sorted.sort(Comparator.comparingDouble(Tag::y));
        List<Block> blocks = new ArrayList<>();
        for (Tag tag : sorted) {
            Block block = new Block(List.of(tag), top, bottom);
            while (!blocks.isEmpty() && blocks.getLast().end() > block.start()) {
                block = blocks.removeLast().with(block, top, bottom);
            }
            blocks.add(block);
        }
        return blocks.stream().flatMap(block -> block.placed().stream()).toList();
    }

    private record Block(List<Tag> tags, double start) {
        Block(List<Tag> tags, int top, int bottom) {
            this(tags, place(tags, top, bottom));
        }

        double end() {
            return start + tags.size() * HEIGHT;
        }

        Block with(Block below, int top, int bottom) {
            List<Tag> all = new ArrayList<>(tags);
            all.addAll(below.tags);
            return new Block(all, top, bottom);
        }

        List<Placed> placed() {
            List<Placed> placed = new ArrayList<>();
            for (int i = 0; i < tags.size(); i++) {
                placed.add(new Placed(tags.get(i), start + i * HEIGHT + HEIGHT / 2.0));
            }
            return placed;
        }

        private static double place(List<Tag> tags, int top, int bottom) {
            double wanted = 0;
            double weights = 0;
            for (int i = 0; i < tags.size(); i++) {
                wanted += tags.get(i).weight() * (tags.get(i).y() - HEIGHT / 2.0 - i * HEIGHT);
                weights += tags.get(i).weight();
            }
            double highest = bottom - tags.size() * HEIGHT;
            return Math.rint(Math.max(top, Math.min(wanted / weights, highest)));
        }
    }
}
