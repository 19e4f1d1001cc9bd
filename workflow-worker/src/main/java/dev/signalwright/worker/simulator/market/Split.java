package dev.signalwright.worker.simulator.market;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

/**
 * A stock split.
 *
 * @param session the first session at the new price
 */
public record Split(String symbol, LocalDate session, BigDecimal newShares, BigDecimal oldShares) {
    public static List<Split> bundled() {
        return Table.ofResource("splits.csv").rows().stream()
                .map(cells -> new Split(
                        cells[0], LocalDate.parse(cells[1]), new BigDecimal(cells[2]), new BigDecimal(cells[3])))
                .toList();
    }
}
