package dev.signalwright.worker.tws;

import dev.signalwright.worker.broker.BrokerException;
import dev.signalwright.worker.broker.BrokerException.Kind;
import dev.signalwright.worker.log.TaskLog;
import dev.signalwright.worker.platform.Deadline;
import dev.signalwright.worker.tws.message.ClientMessage;
import dev.signalwright.worker.tws.message.ServerMessage;
import dev.signalwright.worker.tws.message.ServerMessage.ErrMsg;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/**
 * Question and answer over a link: hands out request ids, logs notices, remembers whether the gateway has lost Interactive
 * Brokers' servers, and turns errors into exceptions.
 */
final class Conversation {
    /** Above every order id, because errors name either in the same field. */
    private static final int FIRST_REQUEST_ID = 1_000_000_000;
    /** For requests that carry no id. */
    static final int NO_ID = -1;

    private static final Duration LONGEST_PROBE = Duration.ofSeconds(5);
    /** 3 is delayed, 4 delayed and frozen. */
    private static final int DELAYED_TYPE = 3;

    private static final int DELAYED_NOTICE = 10167;

    private final GatewayLink link;
    private final GatewayCodes codes;
    private final LongSupplier nanoTicker;
    private final Duration answer;
    private final TaskLog log;
    private int nextRequestId = FIRST_REQUEST_ID;
    private boolean serversLost;
    private boolean readOnly;
    private boolean delayed;
    private boolean established;
    private Optional<SimulatorMark> mark = Optional.empty();

    /** @param answer longest wait for an ordinary answer */
    Conversation(GatewayLink link, GatewayCodes codes, LongSupplier nanoTicker, Duration answer, TaskLog log) {
        this.link = link;
        this.codes = codes;
        this.nanoTicker = nanoTicker;
        this.answer = answer;
        this.log = log;
    }

    GatewayLink link() {
        return link;
    }

    GatewayCodes codes() {
        return codes;
    }

    int newRequestId() {
        return nextRequestId++;
    }

    Deadline in(Duration wait) {
        return new Deadline(nanoTicker, wait);
    }

    /** Whether the gateway said that it lost Interactive Brokers' servers and not yet that they are back. */
    boolean serversLost() {
        return serversLost;
    }

    /** Whether the gateway said that it takes no orders. */
    boolean readOnly() {
        return readOnly;
    }

    /** Whether the gateway said that its prices are delayed. */
    boolean delayed() {
        return delayed;
    }

    /** From now on a missing answer is looked into: the opening is over. */
    void established() {
        established = true;
    }

    /**
     * Asks for the time: whatever the gateway said before has been taken note of when this returns.
     *
     * @throws BrokerException {@code SILENT} when not even that is answered, {@code DISCONNECTED}, ...
     */
    void probe(String what) {
        link.send(new ClientMessage.ReqCurrentTime());
        Deadline until = in(answer.compareTo(LONGEST_PROBE) < 0 ? answer : LONGEST_PROBE);
        while (true) {
            if (next(what, until) instanceof ServerMessage.CurrentTime) {
                return;
            }
        }
    }

    Optional<SimulatorMark> simulatorMark() {
        return mark;
    }

    /**
     * Sends the request and hands every message to {@code last} until it says that this one was the last.
     *
     * @param what the sentence's beginning if it fails, for example "The bars of AAPL could not be read"
     * @throws BrokerException the gateway answered with an error, or the deadline was reached
     */
    void ask(String what, int requestId, ClientMessage request, Deadline until, Predicate<ServerMessage> last) {
        link.send(request);
        try {
            listen(what, requestId, until, last);
        } catch (BrokerException e) {
            if (e.kind() != Kind.SILENT || !established || request instanceof ClientMessage.ReqCurrentTime) {
                throw e;
            }
            throw afterSilence(what);
        }
    }

    /** No answer came in time: does the gateway still live? */
    private BrokerException afterSilence(String what) {
        try {
            probe(what);
        } catch (BrokerException e) {
            return e.kind() != Kind.SILENT
                    ? e
                    : new BrokerException(
                            Kind.SILENT,
                            what + ": the gateway at " + link.address()
                                    + " answers nothing any more, not even the time."
                                    + " The connection is half open or the gateway hangs; look at its window, and"
                                    + " restart it if it does not react.");
        }
        return new BrokerException(
                Kind.TIMED_OUT,
                what + ": the gateway is alive, but this answer did not come in time. Its data servers may be slow or"
                        + " in maintenance; try again in some minutes.");
    }

    /** Like {@link #ask}, for what the gateway says unasked. */
    void listen(String what, int requestId, Deadline until, Predicate<ServerMessage> last) {
        while (true) {
            ServerMessage message = next(what, until);
            if (message instanceof ErrMsg error) {
                boolean mine = error.id() == requestId && requestId != NO_ID;
                if (mine && codes.of(error).meaning() == GatewayCodes.Meaning.ERROR) {
                    throw codes.exception(what, error);
                }
            } else if (last.test(message)) {
                return;
            }
        }
    }

    /** The next message; notices are taken note of and returned as well. */
    ServerMessage next(String what, Deadline until) {
        ServerMessage message;
        try {
            message = link.next(until);
        } catch (BrokerException e) {
            if (e.kind() == Kind.SILENT && serversLost) {
                throw new BrokerException(
                        Kind.SERVERS_LOST,
                        what + ": the gateway has lost Interactive Brokers' servers and did not find them again in"
                                + " time.");
            }
            throw new BrokerException(e.kind(), e.code(), what + ". " + e.getMessage());
        }
        if (message instanceof ErrMsg error) {
            take(what, error);
        } else if (message instanceof ServerMessage.MarketDataType type) {
            delayed |= type.marketDataType() >= DELAYED_TYPE;
        }
        return message;
    }

    private void take(String what, ErrMsg error) {
        GatewayCodes.Entry entry = codes.of(error);
        switch (entry.meaning()) {
            case INFO -> log.debug(GatewayCodes.words(error));
            case WARNING -> log.warn((entry.advice() + " " + GatewayCodes.words(error)).strip());
            case LOST -> {
                serversLost = true;
                log.warn(entry.advice() + " " + GatewayCodes.words(error));
            }
            case RESTORED -> {
                serversLost = false;
                log.info((entry.advice() + " " + GatewayCodes.words(error)).strip());
            }
            case ERROR -> {
                if (error.id() == NO_ID) {
                    refuseSystemError(what, error, entry);
                }
            }
        }
        delayed |= error.code() == DELAYED_NOTICE;
        if (error.code() == SimulatorMark.CODE) {
            mark = SimulatorMark.of(error.message());
        }
    }

    /** Errors without an id concern the whole session: some end it, the rest is worth a line. */
    private void refuseSystemError(String what, ErrMsg error, GatewayCodes.Entry entry) {
        switch (entry.kind()) {
            case CLIENT_ID_IN_USE, DISCONNECTED, PACING, GARBLED -> throw codes.exception(what, error);
            case READ_ONLY -> {
                readOnly = true;
                log.warn(entry.advice() + " " + GatewayCodes.words(error));
            }
            default -> log.warn(GatewayCodes.words(error));
        }
    }
}
