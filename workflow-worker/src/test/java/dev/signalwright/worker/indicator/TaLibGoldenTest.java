package dev.signalwright.worker.indicator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signalwright.worker.market.Bar;
import dev.signalwright.worker.market.BarSeries;
import dev.signalwright.worker.testing.ReplayBars;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every indicator against the values TA-Lib itself gave on the real bars; {@code golden.py} beside the files made them.
 * Absolute tolerance 1e-9 for prices, RSI and MACD; volumes are whole numbers and their mean must be as good as exact.
 */
class TaLibGoldenTest {
    private static final double TOLERANCE = 1e-9;

    @ParameterizedTest
    @ValueSource(strings = {"AAPL", "MSFT", "IBM"})
    void equalsTaLibOnRealBars(String symbol) {
        Map<String, double[]> ours = compute(ReplayBars.until(symbol, ReplayBars.LAST_SESSION));
        List<String> lines = golden(symbol);
        String[] columns = lines.getFirst().split(",", -1);
        int compared = 0;
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(",", -1);
            int bar = Integer.parseInt(cells[0]);
            for (int i = 2; i < cells.length; i++) {
                double expected = cells[i].isEmpty() ? Double.NaN : Double.parseDouble(cells[i]);
                assertEquals(
                        expected, ours.get(columns[i])[bar], TOLERANCE, symbol + " " + columns[i] + " " + cells[1]);
                compared++;
            }
        }
        assertTrue(compared > 4000, "compared only " + compared);
    }

    private static Map<String, double[]> compute(BarSeries bars) {
        double[] close = bars.values(Bar::close);
        Map<String, double[]> all = new TreeMap<>();
        IndicatorTable table = IndicatorTable.of(bars);
        for (Indicator indicator : Indicator.values()) {
            double[] column = new double[bars.size()];
            for (int i = 0; i < column.length; i++) {
                column[i] = table.at(indicator, i).orElse(Double.NaN);
            }
            all.put(indicator.column(), column);
        }
        all.put("ema_20", MovingAverage.exponential(close, 20));
        all.put("atr_10", AverageTrueRange.of(bars.values(Bar::high), bars.values(Bar::low), close, 10));
        return all;
    }

    /** The file without its first line, which says which TA-Lib made it. */
    private static List<String> golden(String symbol) {
        try {
            Path file = Path.of(TaLibGoldenTest.class
                    .getResource("talib-" + symbol + ".csv")
                    .toURI());
            List<String> lines = Files.readAllLines(file);
            return lines.subList(1, lines.size());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
