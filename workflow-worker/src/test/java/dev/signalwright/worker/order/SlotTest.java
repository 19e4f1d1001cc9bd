package dev.signalwright.worker.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.signalwright.worker.settings.Settings.TradingMode;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class SlotTest {
    private static final Slot SLOT =
            new Slot("SIM0001", TradingMode.SIMULATED, "llm-chart@1", 8314, LocalDate.of(2012, 9, 20));

    @Test
    void joinsItsPartsWithBars() {
        assertEquals("SIM0001|simulated|llm-chart@1|8314|2012-09-20|1", SLOT.text());
    }

    /** Golden: printf the text, sha256sum, base32 of the binary hash, lower case, first 24 characters. */
    @Test
    void referenceIsFixedForEver() {
        assertEquals("08145c9dcf822c14cb28d3789de4b29e30e12d9c9a97fb4dbbed01ac9603a068", SLOT.sha256());
        assertEquals("sw1-bakfzhopqiwbjszi2n4j3zfs", SLOT.orderRef());
    }

    @Test
    void aBarInsideAPartWouldMakeTwoSlotsOne() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new Slot("SIM|1", TradingMode.SIMULATED, "s", 1, LocalDate.of(2012, 9, 20)));
    }
}
