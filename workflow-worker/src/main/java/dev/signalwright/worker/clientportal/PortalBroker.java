package dev.signalwright.worker.clientportal;

import dev.signalwright.worker.broker.Broker;
import dev.signalwright.worker.broker.BrokerSession;
import dev.signalwright.worker.log.TaskLog;
import dev.signalwright.worker.platform.Deadline;
import dev.signalwright.worker.platform.Sleeper;
import dev.signalwright.worker.tws.ContractPin;
import dev.signalwright.worker.tws.host.HostShare;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Opens sessions at a Client Portal gateway. Thread-safe; the sessions are not. */
public final class PortalBroker implements Broker {
    private final PortalAddress address;
    private final Map<String, ContractPin> pins;
    private final Optional<HostShare> share;
    private final Clock clock;
    private final LongSupplier nanoTicker;
    private final Sleeper sleeper;
    private final TaskLog log;

    /**
     * @param pins what a ticker stands for where it alone is not clear
     * @param share with the other workers of this host; without one the gateway's limits are kept for each session alone
     * @param clock the time when the gateway's answers bear none
     * @param nanoTicker nanoseconds that only run forward, for example {@code System::nanoTime}
     */
    public PortalBroker(
            PortalAddress address,
            Map<String, ContractPin> pins,
            Optional<HostShare> share,
            Clock clock,
            LongSupplier nanoTicker,
            Sleeper sleeper,
            TaskLog log) {
        this.address = address;
        this.pins = Map.copyOf(pins);
        this.share = share;
        this.clock = clock;
        this.nanoTicker = nanoTicker;
        this.sleeper = sleeper;
        this.log = log;
    }

    @Override
    public BrokerSession connect(Duration deadline) {
        Deadline until = new Deadline(nanoTicker, deadline);
        PortalLink link = new PortalLink(address, new PortalPacing(share, clock, nanoTicker, sleeper, log), log);
        try {
            PortalLogin login = PortalLogin.perform(link, until, sleeper);
            return new PortalSession(link, login, pins, clock, sleeper, log);
        } catch (RuntimeException e) {
            link.close();
            throw e;
        }
    }
}
