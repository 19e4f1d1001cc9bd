package dev.signalwright.worker.tws;

import dev.signalwright.worker.broker.Broker;
import dev.signalwright.worker.broker.BrokerException;
import dev.signalwright.worker.broker.BrokerException.Kind;
import dev.signalwright.worker.broker.BrokerSession;
import dev.signalwright.worker.log.TaskLog;
import dev.signalwright.worker.platform.Sleeper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Opens sessions at a TWS or IB Gateway socket. Thread-safe; the sessions are not. */
public final class TwsBroker implements Broker {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(3);

    private final TwsSettings settings;
    private final LongSupplier nanoTicker;
    private final Sleeper sleeper;
    private final RandomGenerator random;
    private final TaskLog log;
    private final GatewayCodes codes = GatewayCodes.bundled();

    /** @param nanoTicker nanoseconds that only run forward, for example {@code System::nanoTime} */
    public TwsBroker(
            TwsSettings settings, LongSupplier nanoTicker, Sleeper sleeper, RandomGenerator random, TaskLog log) {
        this.settings = settings;
        this.nanoTicker = nanoTicker;
        this.sleeper = sleeper;
        this.random = random;
        this.log = log;
    }

    /**
     * Tries the client numbers of the settings in random order; a number that is taken is left for the next one after a
     * short pause, and after the last the round begins again, until the deadline.
     */
    @Override
    public BrokerSession connect(Duration deadline) {
        Deadline until = new Deadline(nanoTicker, deadline);
        List<Integer> clientIds = shuffledClientIds();
        Duration pause = FIRST_PAUSE;
        Optional<BrokerException> taken = Optional.empty();
        for (int attempt = 0; ; attempt++) {
            int clientId = clientIds.get(attempt % clientIds.size());
            try {
                return open(clientId, until);
            } catch (BrokerException e) {
                if (taken.isPresent() && until.reached()) {
                    // The deadline fell into a later try: what kept us out were the taken numbers.
                    throw taken.get();
                }
                if (e.kind() != Kind.CLIENT_ID_IN_USE || until.left().compareTo(pause) <= 0) {
                    throw e;
                }
                taken = Optional.of(e);
                log.debug("Client number " + clientId + " is taken at the gateway; trying another.");
            }
            sleep(pause);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
        }
    }

    private List<Integer> shuffledClientIds() {
        List<Integer> clientIds = new ArrayList<>(IntStream.range(0, settings.clientIds())
                .map(slot -> settings.firstClientId() + slot)
                .boxed()
                .toList());
        Collections.shuffle(clientIds, Random.from(random));
        return clientIds;
    }

    private BrokerSession open(int clientId, Deadline until) {
        Pacing pacing = new Pacing(nanoTicker, sleeper);
        GatewayLink link = GatewayLink.open(settings, until, pacing, log);
        try {
            Conversation conversation = new Conversation(link, codes, nanoTicker, log);
            Handshake handshake = Handshake.perform(conversation, clientId, until);
            return new TwsSession(settings, conversation, handshake, clientId, log);
        } catch (RuntimeException e) {
            link.close();
            throw e;
        }
    }

    private void sleep(Duration pause) {
        try {
            sleeper.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrokerException(Kind.CLIENT_ID_IN_USE, "The task was told to stop while it waited.");
        }
    }
}
