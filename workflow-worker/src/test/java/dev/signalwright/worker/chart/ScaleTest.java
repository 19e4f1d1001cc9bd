package dev.signalwright.worker.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScaleTest {
    @Test
    void ticksAreRoundAndInsideTheScale() {
        assertEquals(
                List.of("350", "400", "450", "500", "550", "600", "650", "700"),
                new Scale(340, 720, 0, 700)
                        .ticks(9).stream().map(tick -> Figures.fixed(tick, 0)).toList());
        assertEquals(
                List.of("\u22122.5", "0.0", "2.5"),
                new Scale(-4, 4.9, 0, 150)
                        .ticks(4).stream().map(tick -> Figures.fixed(tick, 1)).toList());
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-6, 0.003, 0.99, 1, 1.01, 9.99, 10, 77, 1234.5, 1e5, 3e12})
    void thereAreNeverTooManyTicksAndHardlyTooFew(double span) {
        int count = new Scale(17, 17 + span, 0, 700).ticks(9).size();
        assertTrue(count >= 3 && count <= 10, span + " gave " + count);
    }

    @Test
    void pricesThatNeverMovedStillHaveAScale() {
        Scale scale = Scale.padded(20, 20, 0.03, 0, 700);
        assertEquals(350, scale.y(20), 1e-9);
    }
}
