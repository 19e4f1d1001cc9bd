package dev.signalwright.worker.marketdata;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalwright.worker.artifacts.Artifact;
import dev.signalwright.worker.artifacts.ArtifactType;
import dev.signalwright.worker.artifacts.Draft;
import dev.signalwright.worker.broker.Broker;
import dev.signalwright.worker.broker.BrokerException;
import dev.signalwright.worker.broker.BrokerSession;
import dev.signalwright.worker.broker.GatewayIdentity;
import dev.signalwright.worker.market.BarSeries;
import dev.signalwright.worker.market.Instrument;
import dev.signalwright.worker.market.MarketData;
import dev.signalwright.worker.market.SessionCalendar;
import dev.signalwright.worker.platform.Json;
import dev.signalwright.worker.task.Outcome;
import dev.signalwright.worker.task.RunMoment;
import dev.signalwright.worker.task.SymbolOutcome;
import dev.signalwright.worker.task.TaskReport;
import dev.signalwright.worker.task.TaskRun;
import dev.signalwright.worker.task.WorkflowTask;
import java.time.Duration;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code fetch_market_data}. Not thread-safe; one per process. */
public final class FetchMarketDataTask implements WorkflowTask {
    /** The artifact's name; part of its identity. */
    static final String ARTIFACT_NAME = "daily_bars";

    private static final int YEARS = 8;
    private static final Duration CONNECT_DEADLINE = Duration.ofSeconds(15);

    private final Broker broker;

    public FetchMarketDataTask(Broker broker) {
        this.broker = broker;
    }

    @Override
    public String name() {
        return "fetch_market_data";
    }

    @Override
    public TaskReport run(TaskRun run) {
        Optional<RunMoment> moment = RunMoment.read(run.desk());
        if (moment.isEmpty()) {
            return TaskReport.of(Outcome.REFUSED, "There is no preflight of this run, so its moment is not known.");
        }
        Map<String, SymbolOutcome> symbols = new LinkedHashMap<>();
        for (String symbol : run.context().symbols()) {
            earlier(run, symbol).ifPresent(artifact -> symbols.put(symbol, alreadyThere(artifact)));
        }
        if (symbols.size() < run.context().symbols().size()) {
            fetchMissing(run, moment.get(), symbols);
        }
        long done = symbols.values().stream()
                .filter(symbol -> symbol.outcome() == Outcome.DONE)
                .count();
        return TaskReport.ofSymbols("Bars of " + done + " of " + symbols.size() + " symbols are there.", symbols);
    }

    private static Optional<Artifact> earlier(TaskRun run, String symbol) {
        return run.desk().newest(ArtifactType.MARKET_DATA, ARTIFACT_NAME, Optional.of(symbol));
    }

    private static SymbolOutcome alreadyThere(Artifact artifact) {
        return SymbolOutcome.done("fetched by try " + artifact.tryNumber());
    }

    private void fetchMissing(TaskRun run, RunMoment moment, Map<String, SymbolOutcome> symbols) {
        List<String> missing = run.context().symbols().stream()
                .filter(symbol -> !symbols.containsKey(symbol))
                .toList();
        try (BrokerSession session = broker.connect(CONNECT_DEADLINE)) {
            for (String symbol : missing) {
                symbols.put(symbol, fetch(run, moment, session, symbol));
            }
        } catch (BrokerException e) {
            // The session itself is gone: what was not fetched yet shares its fate.
            run.log().warn(e.sentence());
            missing.forEach(symbol -> symbols.putIfAbsent(symbol, outcome(e)));
        }
    }

    private static SymbolOutcome fetch(TaskRun run, RunMoment moment, BrokerSession session, String symbol) {
        try {
            Instrument instrument = session.instrument(symbol);
            BarSeries bars = session.dailyBars(instrument, moment.asOf(), YEARS);
            Artifact artifact = run.desk().publish(draft(run, moment, session.identity(), instrument, bars));
            String sentence = bars.size() + " daily bars up to " + bars.last().date() + ".";
            run.log().forSymbol(symbol).info(sentence, Map.of("artifact_id", artifact.id()));
            return SymbolOutcome.done(sentence);
        } catch (BrokerException e) {
            if (e.endsTheSession()) {
                throw e;
            }
            run.log().forSymbol(symbol).warn(e.sentence());
            return outcome(e);
        }
    }

    private static SymbolOutcome outcome(BrokerException e) {
        String reason = e.sentence();
        return e.worthRetrying() ? SymbolOutcome.tryAgain(reason) : SymbolOutcome.refused(reason);
    }

    private static Draft draft(
            TaskRun run, RunMoment moment, GatewayIdentity identity, Instrument instrument, BarSeries bars) {
        LocalDate asOfDate = LocalDate.ofInstant(moment.asOf(), SessionCalendar.ZONE);
        // A real gateway adjusts by every split known today, a simulated one by those up to the request's end.
        LocalDate adjustedAsOf = identity.simulated()
                ? asOfDate
                : LocalDate.ofInstant(run.clock().instant(), SessionCalendar.ZONE);
        MarketData data = new MarketData(
                instrument.conid(),
                instrument.primaryExchange(),
                instrument.currency(),
                instrument.timeZone(),
                adjustedAsOf,
                adjustedAsOf.isAfter(asOfDate),
                bars);
        ObjectNode produced = Json.object();
        produced.set("data", data.toJson());
        return new Draft(
                ArtifactType.MARKET_DATA,
                ARTIFACT_NAME,
                Optional.of(bars.symbol()),
                Optional.of(moment.asOf()),
                identity.originFor(
                        moment.asOf(), run.clock().instant(), run.settings().lateAfter()),
                List.of(),
                produced,
                Json.object(),
                Optional.empty());
    }
}
