package dev.signalwright.worker.analysis;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalwright.worker.artifacts.Artifact;
import dev.signalwright.worker.artifacts.ArtifactDesk;
import dev.signalwright.worker.artifacts.ArtifactType;
import dev.signalwright.worker.artifacts.Draft;
import dev.signalwright.worker.artifacts.InputUnavailableException;
import dev.signalwright.worker.log.TaskLog;
import dev.signalwright.worker.market.MarketData;
import dev.signalwright.worker.market.SessionCalendar;
import dev.signalwright.worker.platform.Json;
import dev.signalwright.worker.signal.Decision;
import dev.signalwright.worker.signal.SignalPolicy;
import dev.signalwright.worker.signal.TradingSignal;
import dev.signalwright.worker.task.RunMoment;
import dev.signalwright.worker.task.SymbolOutcome;
import dev.signalwright.worker.task.TaskRun;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One symbol, once: looks for what an earlier try finished, checks the inputs, asks the analyst, and hands over the
 * analysis first and the signal second. A death between the two loses no paid answer: the next try reads it again.
 */
final class SymbolAnalysis {
    private static final String LLM_NAME = "analysis";
    private static final String SIGNAL_NAME = "signal";

    private final SessionCalendar calendar = new SessionCalendar();
    private final TaskRun run;
    private final RunMoment moment;
    private final Analyst analyst;
    private final String symbol;
    private final ArtifactDesk desk;
    private final TaskLog log;

    SymbolAnalysis(TaskRun run, RunMoment moment, Analyst analyst, String symbol) {
        this.run = run;
        this.moment = moment;
        this.analyst = analyst;
        this.symbol = symbol;
        this.desk = run.desk();
        this.log = run.log().forSymbol(symbol);
    }

    SymbolOutcome run() {
        try {
            Optional<Artifact> finished =
                    newest(ArtifactType.SIGNAL, SIGNAL_NAME).filter(SymbolAnalysis::isFinished);
            if (finished.isPresent()) {
                return SymbolOutcome.done(
                        "Try " + finished.get().tryNumber() + " has finished this symbol; its signal is used.");
            }
            return analyse();
        } catch (InputUnavailableException unavailable) {
            String sentence = String.valueOf(unavailable.getMessage());
            log.warn(sentence);
            return fail(List.of(moment.preflightId()), withoutStop(sentence), true);
        }
    }

    private static boolean isFinished(Artifact signal) {
        String outcome = signal.json().path("signal_data").path("outcome").asText();
        return outcome.equals(Decision.DECIDED.name()) || outcome.equals(Decision.ABSTAINED.name());
    }

    private SymbolOutcome analyse() {
        Optional<Artifact> market = newest(ArtifactType.MARKET_DATA, "daily_bars");
        Optional<Artifact> daily = newest(ArtifactType.CHART, "daily");
        Optional<Artifact> weekly = newest(ArtifactType.CHART, "weekly");
        List<String> present = Stream.of(daily, weekly, market)
                .flatMap(Optional::stream)
                .map(Artifact::id)
                .toList();
        List<String> parents = present.isEmpty() ? List.of(moment.preflightId()) : present;
        if (market.isEmpty()) {
            return skip(parents, "there is no market data for it; see fetch_market_data");
        }
        if (daily.isEmpty() || weekly.isEmpty()) {
            String missing = daily.isEmpty() && weekly.isEmpty()
                    ? "charts are"
                    : (daily.isEmpty() ? "daily" : "weekly") + " chart is";
            return skip(parents, "its " + missing + " missing");
        }
        MarketData data = MarketData.ofJson(symbol, market.get().json().path("data"));
        if (data.bars().size() == 0) {
            return skip(parents, "its market data holds no bars");
        }
        Optional<String> stale = stale(data.bars().last().date());
        if (stale.isPresent()) {
            return publish(new TradingSignal.Undecided(Decision.ABSTAINED, stale.get()), parents);
        }
        return ask(
                parents,
                daily.get(),
                weekly.get(),
                BigDecimal.valueOf(data.bars().last().close()));
    }

    /** The reason when the newest bar is not the newest complete session's. */
    private Optional<String> stale(LocalDate lastBar) {
        int sessions = calendar.sessionsBetween(lastBar, calendar.lastComplete(moment.asOf()));
        return sessions == 0
                ? Optional.empty()
                : Optional.of("the last bar, of " + lastBar + ", is " + sessions
                        + (sessions == 1 ? " session old" : " sessions old"));
    }

    private SymbolOutcome ask(List<String> inputs, Artifact daily, Artifact weekly, BigDecimal lastClose) {
        Optional<Artifact> earlier = newest(ArtifactType.LLM, LLM_NAME)
                .filter(llm ->
                        llm.json().path("metadata").path("provider").asText().equals(analyst.provider()));
        if (earlier.isPresent()) {
            log.info(
                    "Try " + earlier.get().tryNumber() + " was answered but did not finish; its answer is read again.");
            return publish(
                    signal(earlierReading(earlier.get()), lastClose),
                    List.of(earlier.get().id()));
        }
        Analyst.Analysis analysis =
                analyst.analyse(new ChartReading(symbol, moment.sessionDate(), chart(daily), chart(weekly)));
        return switch (analysis) {
            case Analyst.Analysis.Answered answered -> {
                Artifact llm = desk.publish(llm(answered, inputs));
                yield publish(signal(answered.reading(), lastClose), List.of(llm.id()));
            }
            case Analyst.Analysis.Failed failed -> fail(inputs, failed.reason(), failed.worthRetrying());
        };
    }

    private ChartReading.Chart chart(Artifact chart) {
        return new ChartReading.Chart(chart.json().path("chart_data"), () -> desk.blob(chart));
    }

    /** An answer that was not read as JSON then (refused, cut off) is not read now: its reason was kept. */
    private Reading earlierReading(Artifact llm) {
        String unread = llm.json().path("metadata").path("not_read").asText();
        return unread.isEmpty()
                ? ReplyReader.read(llm.json().path("response").asText(), symbol)
                : new Reading.Abstained(unread, false);
    }

    private TradingSignal signal(Reading reading, BigDecimal lastClose) {
        return switch (reading) {
            case Reading.Proposed proposed ->
                SignalPolicy.decide(proposed.proposal(), lastClose, analyst.confidenceMeaning(), analyst.timeframe());
            case Reading.Abstained abstained -> new TradingSignal.Undecided(Decision.ABSTAINED, abstained.reason());
        };
    }

    private Draft llm(Analyst.Analysis.Answered answered, List<String> inputs) {
        String response = PlainText.storable(answered.response());
        ObjectNode produced = Json.object()
                .put("prompt", answered.prompt())
                .put("response", response)
                .put("prompt_length", answered.prompt().length())
                .put("response_length", response.length())
                .put("model_name", answered.modelName());
        ObjectNode metadata = answered.metadata().deepCopy().put("provider", analyst.provider());
        return draft(ArtifactType.LLM, LLM_NAME, inputs, produced, metadata);
    }

    private SymbolOutcome skip(List<String> parents, String reason) {
        publish(new TradingSignal.Undecided(Decision.SKIPPED, reason), parents);
        return SymbolOutcome.skipped("Nothing was decided: " + reason + ".");
    }

    private SymbolOutcome fail(List<String> parents, String reason, boolean worthRetrying) {
        publish(new TradingSignal.Undecided(Decision.FAILED, reason), parents);
        String sentence = "Nothing was decided: " + reason + ".";
        return worthRetrying ? SymbolOutcome.tryAgain(sentence) : SymbolOutcome.refused(sentence);
    }

    private SymbolOutcome publish(TradingSignal signal, List<String> parents) {
        Artifact artifact =
                desk.publish(draft(ArtifactType.SIGNAL, SIGNAL_NAME, parents, signal.produced(), Json.object()));
        log.info(symbol + ": " + signal.sentence(), Map.of("artifact_id", artifact.id()));
        return SymbolOutcome.done(signal.sentence());
    }

    private Draft draft(
            ArtifactType type, String name, List<String> parents, ObjectNode produced, ObjectNode metadata) {
        return new Draft(
                type,
                name,
                Optional.of(symbol),
                Optional.of(moment.asOf()),
                moment.origin(),
                parents,
                produced,
                metadata,
                Optional.empty());
    }

    private Optional<Artifact> newest(ArtifactType type, String name) {
        return run.desk().newest(type, name, Optional.of(symbol));
    }

    private static String withoutStop(String sentence) {
        return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }
}
