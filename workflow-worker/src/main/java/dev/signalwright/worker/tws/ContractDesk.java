package dev.signalwright.worker.tws;

import dev.signalwright.worker.broker.BrokerException;
import dev.signalwright.worker.broker.BrokerException.Kind;
import dev.signalwright.worker.broker.BrokerSession.SessionHours;
import dev.signalwright.worker.market.Instrument;
import dev.signalwright.worker.tws.message.ClientMessage;
import dev.signalwright.worker.tws.message.Contract;
import dev.signalwright.worker.tws.message.ServerMessage;
import dev.signalwright.worker.tws.message.ServerMessage.ContractDetails;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * From a ticker to one contract. A ticker alone means the US stock in dollars; where that is not one contract, or not the
 * wanted one, the setting {@code IBKR_CONTRACTS} decides. Nothing is ever chosen by itself.
 */
final class ContractDesk {
    private static final String SMART = "SMART";
    private static final int MOST_NAMED = 8;

    private final TwsSettings settings;
    private final Conversation conversation;
    private final Map<Integer, List<SessionHours>> hoursByConid = new HashMap<>();

    ContractDesk(TwsSettings settings, Conversation conversation) {
        this.settings = settings;
        this.conversation = conversation;
    }

    static Contract contractOf(Instrument instrument) {
        return stock(instrument.conid(), instrument.symbol(), instrument.exchange(), instrument.currency());
    }

    private static Contract stock(int conid, String symbol, String exchange, String currency) {
        return new Contract(conid, symbol, "STK", "", BigDecimal.ZERO, "", "", exchange, currency, "", "");
    }

    Instrument instrument(String symbol) {
        String what = "The symbol " + symbol + " could not be resolved";
        ContractPin pin = settings.contracts().get(symbol);
        Map<Integer, ContractDetails> found =
                pin == null ? details(what, stock(0, symbol, SMART, "USD"), "") : pinned(what, symbol, pin);
        if (found.isEmpty()) {
            throw new BrokerException(
                    Kind.UNKNOWN_SYMBOL,
                    pin == null
                            ? what + ": the gateway knows no US stock of that name. Correct SYMBOLS; for a stock listed"
                                    + " elsewhere set IBKR_CONTRACTS=" + symbol + "=EXCHANGE/CURRENCY."
                            : what + ": the gateway knows no contract " + describe(pin)
                                    + ". Correct its entry in IBKR_CONTRACTS.");
        }
        if (found.size() > 1) {
            throw ambiguous(what, symbol, found);
        }
        return toInstrument(what, found.values().iterator().next());
    }

    private Map<Integer, ContractDetails> pinned(String what, String symbol, ContractPin pin) {
        if (pin.conid() == 0) {
            Map<Integer, ContractDetails> listed =
                    details(what, stock(0, symbol, SMART, pin.currency()), pin.primaryExchange());
            listed.values().removeIf(one -> !one.primaryExch().equals(pin.primaryExchange()));
            return listed;
        }
        Map<Integer, ContractDetails> numbered =
                details(what, new Contract(pin.conid(), "", "", "", BigDecimal.ZERO, "", "", SMART, "", "", ""), "");
        for (ContractDetails one : numbered.values()) {
            if (!one.contract().symbol().equals(symbol)) {
                throw new BrokerException(
                        Kind.AMBIGUOUS,
                        what + ": contract " + pin.conid() + " is "
                                + one.contract().symbol() + " (" + one.longName() + "), not " + symbol
                                + ". Correct its entry in IBKR_CONTRACTS.");
            }
        }
        return numbered;
    }

    private static String describe(ContractPin pin) {
        return pin.conid() == 0
                ? "listed at " + pin.primaryExchange() + " in " + pin.currency()
                : Integer.toString(pin.conid());
    }

    /** The question to the user: which of these, and how to answer. */
    private static BrokerException ambiguous(String what, String symbol, Map<Integer, ContractDetails> found) {
        List<String> candidates = found.values().stream()
                .limit(MOST_NAMED)
                .map(one -> one.longName() + " at " + one.primaryExch() + " in "
                        + one.contract().currency() + " is " + symbol + "="
                        + one.contract().conId())
                .toList();
        String more = found.size() > MOST_NAMED ? " and " + (found.size() - MOST_NAMED) + " more" : "";
        return new BrokerException(
                Kind.AMBIGUOUS,
                what + ": which of " + found.size() + " stocks is meant? " + String.join("; ", candidates) + more
                        + ". Put the one you mean into IBKR_CONTRACTS.");
    }

    private Map<Integer, ContractDetails> details(String what, Contract wanted, String primaryExchange) {
        int id = conversation.newRequestId();
        Map<Integer, ContractDetails> found = new TreeMap<>();
        conversation.ask(
                what,
                id,
                new ClientMessage.ReqContractDetails(id, wanted, primaryExchange),
                conversation.in(settings.answer()),
                message -> {
                    if (message instanceof ContractDetails details && details.reqId() == id) {
                        found.put(details.contract().conId(), details);
                    }
                    return message instanceof ServerMessage.ContractDetailsEnd end && end.reqId() == id;
                });
        return found;
    }

    private Instrument toInstrument(String what, ContractDetails details) {
        Contract contract = details.contract();
        try {
            hoursByConid.put(
                    contract.conId(), TwsTimes.hours(details.liquidHours(), TwsTimes.zone(details.timeZoneId())));
            return new Instrument(
                    contract.conId(),
                    contract.symbol(),
                    contract.exchange(),
                    details.primaryExch(),
                    contract.currency(),
                    details.minTick(),
                    TwsTimes.zone(details.timeZoneId()).getId());
        } catch (DateTimeException e) {
            throw conversation.link().garbled(what + ": its time zone is '" + details.timeZoneId() + "'.");
        }
    }

    List<SessionHours> hours(Instrument instrument) {
        if (!hoursByConid.containsKey(instrument.conid())) {
            String what = "The trading hours of " + instrument.symbol() + " could not be read";
            Optional.ofNullable(details(what, contractOf(instrument), "").get(instrument.conid()))
                    .ifPresent(details -> toInstrument(what, details));
        }
        return hoursByConid.getOrDefault(instrument.conid(), List.of());
    }
}
