package dev.signalwright.worker.testing;

import dev.signalwright.worker.market.Bar;
import dev.signalwright.worker.market.BarSeries;
import dev.signalwright.worker.market.MarketData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The real bars of {@code deploy/bars}, adjusted for the splits their README names, up to the date asked for. */
public final class ReplayBars {
    /** The last session that is complete at the demo's moment, 2012-09-20T09:00 New York. */
    public static final LocalDate LAST_SESSION = LocalDate.of(2012, 9, 19);

    private static final Map<String, List<LocalDate>> TWO_FOR_ONE = Map.of(
            "AAPL", List.of(LocalDate.of(2000, 6, 21), LocalDate.of(2005, 2, 28)),
            "MSFT", List.of(LocalDate.of(2003, 2, 18)));

    private ReplayBars() {}

    /** All bars up to and including the date. */
    public static BarSeries until(String symbol, LocalDate last) {
        List<Bar> bars = new ArrayList<>();
        for (String line : lines(symbol)) {
            String[] cell = line.split(",", -1);
            LocalDate date = LocalDate.parse(cell[0]);
            if (!date.isAfter(last)) {
                bars.add(bar(symbol, date, last, cell));
            }
        }
        return new BarSeries(symbol, bars);
    }

    /** The bars of the demo's moment as {@code fetch_market_data} hands them over. */
    public static MarketData marketData(String symbol) {
        return marketData(until(symbol, LAST_SESSION), LAST_SESSION);
    }

    public static MarketData marketData(BarSeries bars, LocalDate adjustedAsOf) {
        return new MarketData(265598, "NASDAQ", "USD", "America/New_York", adjustedAsOf, false, bars);
    }

    private static Bar bar(String symbol, LocalDate date, LocalDate last, String[] cell) {
        long splits = TWO_FOR_ONE.getOrDefault(symbol, List.of()).stream()
                .filter(split -> date.isBefore(split) && !split.isAfter(last))
                .count();
        double factor = 1L << splits; // a power of two: the division is exact
        return new Bar(
                date,
                Double.parseDouble(cell[1]) / factor,
                Double.parseDouble(cell[2]) / factor,
                Double.parseDouble(cell[3]) / factor,
                Double.parseDouble(cell[4]) / factor,
                Double.parseDouble(cell[5]) * factor);
    }

    private static List<String> lines(String symbol) {
        Path file = Path.of("..", "deploy", "bars", symbol + ".csv");
        try {
            List<String> lines = Files.readAllLines(file);
            return lines.subList(1, lines.size());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + file.toAbsolutePath(), e);
        }
    }
}
