package dev.signalwright.worker.chart;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalwright.worker.artifacts.Artifact;
import dev.signalwright.worker.artifacts.ArtifactType;
import dev.signalwright.worker.artifacts.Blob;
import dev.signalwright.worker.artifacts.Draft;
import dev.signalwright.worker.artifacts.HandOverException;
import dev.signalwright.worker.artifacts.InputUnavailableException;
import dev.signalwright.worker.artifacts.Origin;
import dev.signalwright.worker.chart.raster.Pixels;
import dev.signalwright.worker.chart.raster.Png;
import dev.signalwright.worker.log.TaskLog;
import dev.signalwright.worker.market.BarSeries;
import dev.signalwright.worker.market.MarketData;
import dev.signalwright.worker.market.SessionCalendar;
import dev.signalwright.worker.platform.Json;
import dev.signalwright.worker.task.Outcome;
import dev.signalwright.worker.task.RunMoment;
import dev.signalwright.worker.task.SymbolOutcome;
import dev.signalwright.worker.task.TaskReport;
import dev.signalwright.worker.task.TaskRun;
import dev.signalwright.worker.task.WorkflowTask;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Draws one chart per symbol from the run's daily bars. */
final class GenerateChartTask implements WorkflowTask {
    private static final Pattern TICKER = Pattern.compile("[A-Z0-9][A-Z0-9. -]{0,11}");
    private static final int FEWEST_BARS = 2;

    private final Timeframe timeframe;
    private final SessionCalendar calendar;

    GenerateChartTask(Timeframe timeframe, SessionCalendar calendar) {
        this.timeframe = timeframe;
        this.calendar = calendar;
    }

    @Override
    public String name() {
        return "generate_" + timeframe.wire() + "_chart";
    }

    @Override
    public TaskReport run(TaskRun run) {
        Optional<RunMoment> moment = RunMoment.read(run.desk());
        if (moment.isEmpty()) {
            return TaskReport.of(
                    Outcome.REFUSED,
                    "No chart was drawn: this run has no preflight artifact, so the moment it decides for is unknown."
                            + " Run preflight first.");
        }
        Map<String, SymbolOutcome> symbols = new LinkedHashMap<>();
        for (String symbol : run.context().symbols()) {
            symbols.put(symbol, one(run, moment.get(), symbol));
        }
        long drawn = symbols.values().stream()
                .filter(symbol -> symbol.outcome() == Outcome.DONE)
                .count();
        return TaskReport.ofSymbols(
                "There is a " + timeframe.wire() + " chart for " + drawn + " of " + symbols.size() + " symbols.",
                symbols);
    }

    /** One symbol's trouble is that symbol's outcome, a bug included: the others still get their chart. */
    @SuppressWarnings("CatchAndPrintStackTrace")
    private SymbolOutcome one(TaskRun run, RunMoment moment, String symbol) {
        TaskLog log = run.log().forSymbol(symbol);
        SymbolOutcome outcome;
        try {
            outcome = draw(run, moment, symbol);
        } catch (InputUnavailableException | HandOverException e) {
            outcome = SymbolOutcome.tryAgain("Nothing was drawn yet. " + e.getMessage());
        } catch (RuntimeException e) {
            log.error("The " + timeframe.wire() + " chart could not be drawn.", e);
            return new SymbolOutcome(
                    Outcome.FAILED, "The chart could not be drawn because of a bug; the log has its trace.");
        }
        if (outcome.outcome() == Outcome.DONE) {
            log.info(outcome.reason());
        } else {
            log.warn(outcome.reason());
        }
        return outcome;
    }

    private SymbolOutcome draw(TaskRun run, RunMoment moment, String symbol) {
        if (!TICKER.matcher(symbol).matches()) {
            return SymbolOutcome.refused("Nothing was drawn: this is not a ticker.");
        }
        Optional<Artifact> earlier = run.desk().newest(ArtifactType.CHART, timeframe.wire(), Optional.of(symbol));
        if (earlier.isPresent()) {
            return SymbolOutcome.done("Already drawn by try " + earlier.get().tryNumber() + ".");
        }
        Optional<Artifact> input = run.desk().newest(ArtifactType.MARKET_DATA, "daily_bars", Optional.of(symbol));
        if (input.isEmpty()) {
            return SymbolOutcome.skipped("Nothing was drawn: this run has no market data for " + symbol + ".");
        }
        MarketData data;
        try {
            data = MarketData.ofJson(symbol, input.get().json().path("data"));
        } catch (IllegalArgumentException | DateTimeException e) {
            return SymbolOutcome.refused("Nothing was drawn: the market data cannot be read. " + e.getMessage());
        }
        BarSeries bars = timeframe.of(data.bars(), calendar);
        if (bars.size() < FEWEST_BARS) {
            return SymbolOutcome.skipped("Nothing was drawn: a chart needs " + FEWEST_BARS + " complete "
                    + timeframe.unit() + "s and there " + (bars.size() == 1 ? "is 1." : "are none."));
        }
        if (calendar.close(data.bars().last().date()).isAfter(moment.asOf())) {
            return SymbolOutcome.refused("Nothing was drawn: the last bar, of "
                    + data.bars().last().date() + ", was not complete at the run's moment, " + moment.asOf() + ".");
        }
        Origin origin = input.get().origin().worst(moment.origin());
        ChartView view = new ChartView(bars, timeframe, caption(data, moment, origin));
        publish(run, moment, input.get(), origin, view);
        return SymbolOutcome.done(
                "Drawn from " + view.size() + " bars up to " + view.last().date() + ".");
    }

    private void publish(TaskRun run, RunMoment moment, Artifact input, Origin origin, ChartView view) {
        Pixels pixels = ChartPicture.draw(view);
        ObjectNode produced = Json.object().put("chart_type", timeframe.wire());
        produced.set("chart_data", ChartData.of(view, pixels.sha256()));
        run.desk()
                .publish(new Draft(
                        ArtifactType.CHART,
                        timeframe.wire(),
                        Optional.of(view.symbol()),
                        Optional.of(moment.asOf()),
                        origin,
                        List.of(input.id()),
                        produced,
                        Json.object(),
                        Optional.of(new Blob("image/png", Png.encode(pixels)))));
    }

    private static ChartView.Caption caption(MarketData data, RunMoment moment, Origin origin) {
        LocalDate day = LocalDate.ofInstant(moment.asOf(), SessionCalendar.ZONE);
        Optional<String> badge = switch (origin) {
            case LIVE -> Optional.empty();
            case REPLAYED -> Optional.of("REPLAYED " + day);
            case DELAYED, SIMULATED -> Optional.of(origin.wire().toUpperCase(Locale.ROOT));
            case UNKNOWN -> Optional.of("UNKNOWN ORIGIN");
        };
        String unit = data.currency().equals("USD") ? "Prices in USD, adjusted" : "Prices adjusted";
        String note = unit + " for splits up to " + data.adjustedAsOf();
        boolean later = data.adjustmentAfterAsOf();
        return new ChartView.Caption(
                badge, Optional.of(later ? note + ", which is later than this chart" : note), later);
    }
}
