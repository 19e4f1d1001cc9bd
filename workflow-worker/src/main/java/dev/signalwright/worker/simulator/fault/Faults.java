package dev.signalwright.worker.simulator.fault;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The fault switches that are on. Thread-safe. */
public final class Faults {
    /** What a new connection is called. */
    public static final String CONNECT = "connect";

    private final Clock clock;
    private final List<Switched> switches = new ArrayList<>();

    /** @param clock tells when a fault that lasts a while is over */
    public Faults(List<Fault> faults, Clock clock) {
        this.clock = clock;
        faults.forEach(this::add);
    }

    private static final class Switched {
        private final Fault fault;
        private final Instant since;
        private int met;

        Switched(Fault fault, Instant since) {
            this.fault = fault;
            this.since = since;
        }

        boolean fits(String request, String symbol) {
            return (fault.on().equals(request) || (fault.on().equals("any") && !request.equals(CONNECT)))
                    && fault.symbol().map(symbol::equals).orElse(true);
        }

        /** Counts what fits, so it must be asked once for each request. */
        boolean strikes(Instant now) {
            met++;
            boolean over =
                    fault.within().map(time -> since.plus(time).isBefore(now)).orElse(false);
            return !over && met >= fault.from() && met - fault.from() < fault.times();
        }
    }

    public synchronized void add(Fault fault) {
        switches.add(new Switched(fault, clock.instant()));
    }

    public synchronized void clear() {
        switches.clear();
    }

    public synchronized List<Fault> all() {
        return switches.stream().map(one -> one.fault).toList();
    }

    /**
     * The deeds that strike this request, in the order they were switched on.
     *
     * @param request its name, or {@link #CONNECT}
     * @param symbol empty when it is about none
     */
    public synchronized List<Deed> striking(String request, Optional<String> symbol) {
        List<Deed> deeds = new ArrayList<>();
        Instant now = clock.instant();
        for (Switched one : switches) {
            if (one.fits(request, symbol.orElse("")) && one.strikes(now)) {
                deeds.add(one.fault.deed());
            }
        }
        return deeds;
    }
}
