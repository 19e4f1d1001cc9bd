package dev.signalwright.worker.tws;

import dev.signalwright.worker.artifacts.Origin;
import dev.signalwright.worker.broker.BrokerException;
import dev.signalwright.worker.broker.BrokerException.Kind;
import dev.signalwright.worker.broker.GatewayIdentity;
import dev.signalwright.worker.broker.GatewayIdentity.AccountKind;
import dev.signalwright.worker.platform.Deadline;
import dev.signalwright.worker.tws.message.ClientMessage.ReqCurrentTime;
import dev.signalwright.worker.tws.message.ClientMessage.StartApi;
import dev.signalwright.worker.tws.message.MessageCodec;
import dev.signalwright.worker.tws.message.ServerMessage;
import dev.signalwright.worker.tws.wire.FieldReader;
import dev.signalwright.worker.tws.wire.FieldType;
import dev.signalwright.worker.tws.wire.FrameWriter;
import dev.signalwright.worker.tws.wire.WireException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The beginning of a session: {@code API} and the version range, the gateway's version, startApi, the accounts and the
 * first order id. Then the gateway's clock is asked: its answer stands behind everything the gateway says on its own at
 * the start, so the notices have arrived without waiting for silence.
 *
 * @param identity who answered
 * @param nextOrderId the first order id this client may use
 */
record Handshake(GatewayIdentity identity, int nextOrderId) {
    private static final String WHAT = "The session could not be opened";

    static Handshake perform(Conversation conversation, int clientId, Deadline until) {
        GatewayLink link = conversation.link();
        int version;
        try {
            link.sendRaw(greeting());
            version = serverVersion(link, until);
        } catch (BrokerException e) {
            throw e.kind() == Kind.DISCONNECTED ? link.hungUp() : e;
        }
        link.agreeOn(version);
        Hello hello = new Hello();
        conversation.ask(WHAT, Conversation.NO_ID, new StartApi(clientId, ""), until, hello::hear);
        conversation.ask(
                WHAT,
                Conversation.NO_ID,
                new ReqCurrentTime(),
                until,
                message -> message instanceof ServerMessage.CurrentTime);
        conversation.established();
        return new Handshake(identify(link, hello.accounts, conversation.simulatorMark()), hello.nextOrderId);
    }

    /** Both parts in one write: a gateway left with half a greeting may refuse everybody after us. */
    private static byte[] greeting() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes("API\0".getBytes(StandardCharsets.US_ASCII));
        String range = "v" + MessageCodec.MIN_VERSION + ".." + MessageCodec.MAX_VERSION;
        bytes.writeBytes(FrameWriter.frame(range.getBytes(StandardCharsets.US_ASCII)));
        return bytes.toByteArray();
    }

    private static int serverVersion(GatewayLink link, Deadline until) {
        int version;
        try {
            FieldReader reader = new FieldReader(link.nextFrame(until));
            version = reader.readNumber("server version");
            reader.read("connection time", FieldType.TEXT);
        } catch (WireException e) {
            throw link.garbled(e.getMessage());
        }
        if (version < MessageCodec.MIN_VERSION || version > MessageCodec.MAX_VERSION) {
            throw link.garbled("It offers server version " + version + "; this worker speaks "
                    + MessageCodec.MIN_VERSION + " to " + MessageCodec.MAX_VERSION
                    + ". Update IB Gateway or TWS, and connect to it directly.");
        }
        return version;
    }

    private static GatewayIdentity identify(GatewayLink link, List<String> accounts, Optional<SimulatorMark> mark) {
        if (accounts.isEmpty()) {
            throw link.garbled("It names no account.");
        }
        AccountKind kind = kind(accounts);
        boolean anySimulated = accounts.stream().anyMatch(account -> kindOf(account) == AccountKind.SIMULATED);
        boolean simulated = kind == AccountKind.SIMULATED && mark.isPresent();
        if (!simulated && (anySimulated || mark.isPresent())) {
            throw new BrokerException(
                    Kind.WRONG_GATEWAY,
                    "The gateway at " + link.address() + " bears only one of the two marks of a simulated gateway"
                            + " (accounts " + accounts + ", notice " + SimulatorMark.CODE
                            + (mark.isPresent() ? " sent" : " missing")
                            + "). Nothing is read from it or ordered there; check IBKR_HOST and IBKR_PORT.");
        }
        return new GatewayIdentity(
                accounts,
                kind,
                mark.map(SimulatorMark::origin).orElse(Origin.LIVE),
                mark.map(SimulatorMark::clock),
                link.serverVersion());
    }

    /** The kind of all accounts together: one live account makes the login a live one. */
    private static AccountKind kind(List<String> accounts) {
        List<AccountKind> kinds = accounts.stream().map(Handshake::kindOf).toList();
        if (kinds.contains(AccountKind.LIVE)) {
            return AccountKind.LIVE;
        }
        return kinds.contains(AccountKind.PAPER) ? AccountKind.PAPER : AccountKind.SIMULATED;
    }

    static AccountKind kindOf(String account) {
        if (account.startsWith("SIM")) {
            return AccountKind.SIMULATED;
        }
        return account.startsWith("DU") || account.startsWith("DF") ? AccountKind.PAPER : AccountKind.LIVE;
    }

    /** Waits for the two messages that open a session, in whatever order they come. */
    private static final class Hello {
        private List<String> accounts = List.of();
        private int nextOrderId = -1;
        private boolean accountsSeen;

        boolean hear(ServerMessage message) {
            switch (message) {
                case ServerMessage.ManagedAccounts named -> {
                    accounts = Arrays.stream(named.accountsCsv().split(",", -1))
                            .filter(account -> !account.isBlank())
                            .toList();
                    accountsSeen = true;
                }
                case ServerMessage.NextValidId next -> nextOrderId = next.orderId();
                default -> {}
            }
            return accountsSeen && nextOrderId >= 0;
        }
    }
}
