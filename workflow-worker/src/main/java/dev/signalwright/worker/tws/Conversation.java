package dev.signalwright.worker.tws;

import dev.signalwright.worker.broker.BrokerException;
import dev.signalwright.worker.broker.BrokerException.Kind;
import dev.signalwright.worker.log.TaskLog;
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

    private final GatewayLink link;
    private final GatewayCodes codes;
    private final LongSupplier nanoTicker;
    private final TaskLog log;
    private int nextRequestId = FIRST_REQUEST_ID;
    private boolean serversLost;
    private Optional<SimulatorMark> mark = Optional.empty();

    Conversation(GatewayLink link, GatewayCodes codes, LongSupplier nanoTicker, TaskLog log) {
        this.link = link;
        this.codes = codes;
        this.nanoTicker = nanoTicker;
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
        listen(what, requestId, until, last);
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
                        Kind.DISCONNECTED,
                        what + ": the gateway has lost Interactive Brokers' servers and did not find them again in"
                                + " time.");
            }
            throw new BrokerException(e.kind(), e.code(), what + ". " + e.getMessage());
        }
        if (message instanceof ErrMsg error) {
            take(what, error);
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
                log.info("The gateway is connected to Interactive Brokers again. " + GatewayCodes.words(error));
            }
            case ERROR -> {
                if (error.id() == NO_ID) {
                    refuseSystemError(what, error, entry);
                }
            }
        }
        if (error.code() == SimulatorMark.CODE) {
            mark = SimulatorMark.of(error.message());
        }
    }

    /** Errors without an id concern the whole session: some end it, the rest is worth a line. */
    private void refuseSystemError(String what, ErrMsg error, GatewayCodes.Entry entry) {
        switch (entry.kind()) {
            case CLIENT_ID_IN_USE, DISCONNECTED, PACING, GARBLED, READ_ONLY -> throw codes.exception(what, error);
            default -> log.warn(GatewayCodes.words(error));
        }
    }
}
