package dev.signalwright.worker.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.signalwright.worker.market.BarSeries;
import dev.signalwright.worker.market.SessionCalendar;
import dev.signalwright.worker.testing.ReplayBars;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The pixels of the demo's charts, fixed. When a drawing change is meant, look at the pictures ({@link DrawCharts}), take
 * over the new hashes and raise the version in {@link ChartPicture#RENDERER}: stored charts name the renderer that drew
 * them.
 */
class ChartPixelsTest {
    private static final String AAPL_DAILY = "ab9d03a41fbaba7db662b155f6888966cff77fa37d8e60d5ee625bed69d1469a";

    @ParameterizedTest
    @CsvSource({
        "AAPL, DAILY, " + AAPL_DAILY,
        "AAPL, WEEKLY, 3644880b99c6844896588aeafddfa800176124ce8d1ecd5bb111dc197fb4ade3",
        "MSFT, DAILY, b33dd7d60468c19cdf19f01f6c5f3897c5404fc299c5e281e3a94f8c7d199b7d",
        "IBM, WEEKLY, b2f7892e49f7b136635d50607d7ef2df2f7d174b059a14fe296679509139f6a3"
    })
    void theSameBarsGiveTheSamePixels(String symbol, Timeframe timeframe, String hash) {
        BarSeries bars = timeframe.of(ReplayBars.until(symbol, ReplayBars.LAST_SESSION), new SessionCalendar());
        ChartView view = new ChartView(bars, timeframe, DrawCharts.REPLAYED);
        assertEquals(hash, ChartPicture.draw(view).sha256());
    }

    @Test
    void aTurkishMachineFarAwayWithADeadDisplayDrawsTheSamePixels() throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Duser.language=tr",
                "-Duser.country=TR",
                "-Duser.timezone=Pacific/Kiritimati",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                DrawCharts.class.getName(),
                "AAPL");
        builder.environment().clear();
        builder.environment().put("DISPLAY", ":99");
        builder.redirectErrorStream(true);
        Process process = builder.start();
        List<String> lines = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertEquals(0, process.waitFor(), () -> String.join("\n", lines));
        assertEquals(AAPL_DAILY, lines.getFirst().substring(lines.getFirst().lastIndexOf(' ') + 1));
    }
}
