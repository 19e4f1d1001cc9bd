package dev.signalwright.worker.chart;

import dev.signalwright.worker.chart.raster.Pixels;
import dev.signalwright.worker.chart.raster.Png;
import dev.signalwright.worker.market.Bar;
import dev.signalwright.worker.market.BarSeries;
import dev.signalwright.worker.market.SessionCalendar;
import dev.signalwright.worker.testing.ReplayBars;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Draws charts for looking at them. Run in the module's folder, with its class path: {@code java
 * dev.signalwright.worker.chart.DrawCharts [SYMBOL...]} writes the demo's daily and weekly charts into {@code
 * target/charts}; without a symbol also those of hard cases.
 */
final class DrawCharts {
    private static final Path TARGET = Path.of("target", "charts");
    static final ChartView.Caption REPLAYED = new ChartView.Caption(
            Optional.of("REPLAYED 2012-09-20"),
            Optional.of("Prices in USD, adjusted for splits up to 2012-09-19"),
            false);

    private DrawCharts() {}

    public static void main(String[] args) throws IOException {
        Files.createDirectories(TARGET);
        for (String symbol : args.length > 0 ? List.of(args) : List.of("AAPL", "MSFT", "IBM")) {
            BarSeries daily = ReplayBars.until(symbol, ReplayBars.LAST_SESSION);
            draw(symbol, daily, Timeframe.DAILY);
            draw(symbol, daily, Timeframe.WEEKLY);
        }
        if (args.length == 0) {
            hardCases();
        }
    }

    private static void hardCases() throws IOException {
        BarSeries fb = ReplayBars.until("FB", LocalDate.of(2013, 3, 1));
        draw("fb", fb, Timeframe.DAILY);
        draw("fb", fb, Timeframe.WEEKLY);
        BarSeries ibm = ReplayBars.until("IBM", ReplayBars.LAST_SESSION);
        draw("five", tail(ibm, 5), Timeframe.DAILY);
        draw("thirty", tail(ibm, 30), Timeframe.DAILY);
        draw("two", tail(ibm, 2), Timeframe.DAILY);
        draw("jump", changed(ibm, 60, bar -> scaled(bar, 0.2, 5)), Timeframe.DAILY);
        draw("volume", changed(ibm, 30, bar -> scaled(bar, 1, 1e6)), Timeframe.DAILY);
        draw("dear", changed(ibm, ibm.size(), bar -> scaled(bar, 900, 0.001)), Timeframe.DAILY);
        draw("cheap", changed(ibm, ibm.size(), bar -> scaled(bar, 0.0005, 1)), Timeframe.DAILY);
        draw("flat", changed(tail(ibm, 300), 300, bar -> new Bar(bar.date(), 20, 20, 20, 20, 0)), Timeframe.DAILY);
        draw("goog", ReplayBars.until("GOOG", ReplayBars.LAST_SESSION), Timeframe.DAILY);
        draw("crash", ReplayBars.until("AAPL", LocalDate.of(2000, 11, 15)), Timeframe.DAILY);
    }

    private static void draw(String name, BarSeries daily, Timeframe timeframe) throws IOException {
        long start = System.nanoTime();
        ChartView view = new ChartView(timeframe.of(daily, new SessionCalendar()), timeframe, REPLAYED);
        Pixels pixels = ChartPicture.draw(view);
        long drawn = System.nanoTime();
        String hash = pixels.sha256();
        long hashed = System.nanoTime();
        byte[] png = Png.encode(pixels);
        long encoded = System.nanoTime();
        Files.write(TARGET.resolve(name + "-" + timeframe.wire() + ".png"), png);
        System.out.printf(
                "%s %s: draw %d ms, hash %d ms, png %d ms, %d KB, pixels %s%n",
                name,
                timeframe.wire(),
                (drawn - start) / 1_000_000,
                (hashed - drawn) / 1_000_000,
                (encoded - hashed) / 1_000_000,
                png.length / 1000,
                hash);
    }

    private static BarSeries tail(BarSeries series, int count) {
        return new BarSeries(series.symbol(), series.bars().subList(series.size() - count, series.size()));
    }

    private static BarSeries changed(BarSeries series, int lastBars, UnaryOperator<Bar> change) {
        List<Bar> bars = new ArrayList<>(series.bars().subList(0, series.size() - lastBars));
        series.bars().subList(series.size() - lastBars, series.size()).forEach(bar -> bars.add(change.apply(bar)));
        return new BarSeries(series.symbol(), bars);
    }

    private static Bar scaled(Bar bar, double price, double volume) {
        return new Bar(
                bar.date(),
                bar.open() * price,
                bar.high() * price,
                bar.low() * price,
                bar.close() * price,
                bar.volume() * volume);
    }
}
