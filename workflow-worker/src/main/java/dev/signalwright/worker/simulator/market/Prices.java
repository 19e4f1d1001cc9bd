package dev.signalwright.worker.simulator.market;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;

/** Where daily bars come from. Immutable and thread-safe. */
public interface Prices {
    /** The word of the gateway's mark: {@code history} or {@code synthetic}. */
    String kind();

    /** Whether they are made up, so that bars within a day may be made up too. */
    boolean madeUp();

    Set<String> symbols();

    boolean knows(String symbol);

    /** All bars up to that session as they were traded on the day, oldest first; empty for unknown symbols. */
    List<DayBar> traded(String symbol, LocalDate last);

    /** Splits of the symbol, oldest first. */
    List<Split> splits(String symbol);

    /** The bars up to {@code last} in shares of the day {@code adjustedTo}: later splits are not known yet. */
    default List<DayBar> adjusted(String symbol, LocalDate last, LocalDate adjustedTo) {
        List<Split> known = splits(symbol).stream()
                .filter(split -> !split.session().isAfter(adjustedTo))
                .toList();
        return traded(symbol, last).stream().map(bar -> adjust(bar, known)).toList();
    }

    private static DayBar adjust(DayBar bar, List<Split> splits) {
        DayBar adjusted = bar;
        for (Split split : splits) {
            if (bar.session().isBefore(split.session())) {
                adjusted = adjusted.adjusted(split);
            }
        }
        return adjusted;
    }
}
