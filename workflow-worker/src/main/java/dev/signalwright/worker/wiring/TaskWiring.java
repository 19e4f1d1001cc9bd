package dev.signalwright.worker.wiring;

import dev.signalwright.worker.account.AccountTasks;
import dev.signalwright.worker.analysis.AnalysisTasks;
import dev.signalwright.worker.artifacts.ArtifactDesks;
import dev.signalwright.worker.artifacts.IntentDesk;
import dev.signalwright.worker.broker.Broker;
import dev.signalwright.worker.chart.ChartTasks;
import dev.signalwright.worker.clientportal.PortalAddress;
import dev.signalwright.worker.clientportal.PortalBroker;
import dev.signalwright.worker.delivery.DeliverArtifactsTask;
import dev.signalwright.worker.gatewaycheck.GatewayDoctor;
import dev.signalwright.worker.log.LogLines;
import dev.signalwright.worker.marketdata.FetchMarketDataTask;
import dev.signalwright.worker.order.OrderTasks;
import dev.signalwright.worker.platform.Sleeper;
import dev.signalwright.worker.preflight.PreflightTask;
import dev.signalwright.worker.settings.Settings;
import dev.signalwright.worker.task.TaskCatalog;
import dev.signalwright.worker.task.WorkflowTask;
import dev.signalwright.worker.tracking.TrackingTasks;
import dev.signalwright.worker.tws.ContractPin;
import dev.signalwright.worker.tws.RestartWindow;
import dev.signalwright.worker.tws.TwsBroker;
import dev.signalwright.worker.tws.TwsSettings;
import dev.signalwright.worker.tws.host.HostShare;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** The tasks of the workflow, by name and in its order. A new task is one more line here. */
final class TaskWiring {
    @Produces
    @Singleton
    TaskCatalog tasks(
            Provider<Broker> broker,
            Provider<IntentDesk> intents,
            Provider<ArtifactDesks> desks,
            Sleeper sleeper,
            RandomGenerator random) {
        Map<String, Supplier<WorkflowTask>> tasks = new LinkedHashMap<>();
        tasks.put("preflight", () -> new PreflightTask(broker.get()));
        tasks.put("fetch_market_data", () -> new FetchMarketDataTask(broker.get()));
        tasks.put("generate_daily_chart", ChartTasks::daily);
        tasks.put("generate_weekly_chart", ChartTasks::weekly);
        tasks.put("analyze_with_llm", () -> AnalysisTasks.analyze(sleeper, random));
        tasks.put("place_order", () -> OrderTasks.place(broker.get(), intents.get(), sleeper));
        tasks.put("get_trades", () -> AccountTasks.trades(broker.get()));
        tasks.put("get_portfolio", () -> AccountTasks.portfolio(broker.get()));
        tasks.put("log_to_mlflow", () -> TrackingTasks.log(sleeper, random));
        tasks.put("deliver_artifacts", () -> new DeliverArtifactsTask(desks.get()));
        return new TaskCatalog(tasks);
    }

    @Produces
    @Singleton
    GatewayDoctor gatewayDoctor(Broker broker, Settings settings, Clock clock) {
        return new GatewayDoctor(broker, settings, clock);
    }

    @Produces
    @Singleton
    Broker broker(Settings settings, LogLines lines, Clock clock, Sleeper sleeper, RandomGenerator random) {
        Settings.GatewaySettings gateway = settings.gateway();
        if (gateway.portal().isPresent()) {
            return portal(settings, gateway.portal().get(), lines, clock, sleeper);
        }
        TwsSettings tws = TwsSettings.of(gateway.host(), gateway.port(), gateway.clientId())
                .with(
                        gateway.prices() == Settings.Prices.DELAYED,
                        ContractPin.read(gateway.contracts()),
                        gateway.restart().map(time -> new RestartWindow(time, settings.zone())));
        return new TwsBroker(
                tws, Optional.of(share(settings)), clock, System::nanoTime, sleeper, random, lines.named("gateway"));
    }

    private static HostShare share(Settings settings) {
        return HostShare.of(
                settings.home(), settings.gateway().host(), settings.gateway().port());
    }

    private static Broker portal(
            Settings settings, Settings.PortalSettings trust, LogLines lines, Clock clock, Sleeper sleeper) {
        Settings.GatewaySettings gateway = settings.gateway();
        return new PortalBroker(
                PortalAddress.of(
                        gateway.host(), gateway.port(), trust.certificateSha256(), trust.caFile(), trust.tls()),
                ContractPin.read(gateway.contracts()),
                Optional.of(share(settings)),
                clock,
                System::nanoTime,
                sleeper,
                lines.named("gateway"));
    }
}
