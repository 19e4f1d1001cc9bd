package dev.signalwright.worker.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signalwright.worker.chart.PriceTags.Placed;
import dev.signalwright.worker.chart.PriceTags.Tag;
import dev.signalwright.worker.chart.raster.Ink;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PriceTagsTest {
    private static Tag at(double y, double weight) {
        return new Tag(y, "1", Ink.of(0), weight, 0);
    }

    @Test
    void tagsNeverOverlapNeverLeaveThePaneAndKeepTheirOrder() {
        Random random = new Random(7);
        for (int round = 0; round < 500; round++) {
            List<Tag> tags = new ArrayList<>();
            for (int i = 0; i < 7; i++) {
                tags.add(at(100 + random.nextInt(200), 1 + random.nextInt(4)));
            }
            double free = 100;
            double lastY = 0;
            for (Placed placed : PriceTags.spread(tags, 100, 300)) {
                assertTrue(placed.centre() - PriceTags.HEIGHT / 2.0 >= free, "overlap in round " + round);
                assertTrue(placed.tag().y() >= lastY, "order in round " + round);
                free = placed.centre() + PriceTags.HEIGHT / 2.0;
                lastY = placed.tag().y();
            }
            assertTrue(free <= 300, "outside in round " + round);
        }
    }

    @Test
    void aTagWithRoomStandsAtItsOwnHeight() {
        List<Placed> placed = PriceTags.spread(List.of(at(150, 1), at(250, 1)), 100, 300);
        assertEquals(150, placed.get(0).centre(), 0.5);
        assertEquals(250, placed.get(1).centre(), 0.5);
    }

    @Test
    void theHeavierTagMovesLess() {
        List<Placed> placed = PriceTags.spread(List.of(at(200, 4), at(201, 1)), 100, 300);
        assertTrue(
                Math.abs(placed.get(0).centre() - 200) < Math.abs(placed.get(1).centre() - 201));
    }
}
