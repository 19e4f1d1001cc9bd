package dev.signalwright.worker.simulator.desk;

import dev.signalwright.worker.simulator.book.Book;
import dev.signalwright.worker.simulator.book.BookState;
import dev.signalwright.worker.simulator.book.Holding;
import dev.signalwright.worker.simulator.market.Listing;
import dev.signalwright.worker.tws.message.ClientMessage.ReqAccountSummary;
import dev.signalwright.worker.tws.message.ClientMessage.ReqAccountUpdatesMulti;
import dev.signalwright.worker.tws.message.ServerMessage;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the account holds and what it is worth, at the last complete bar. */
final class Cashier {
    private static final String USD = "USD";

    private final Book book;

    Cashier(Book book) {
        this.book = book;
    }

    private Map<String, BigDecimal> values() {
        BigDecimal net = book.netLiquidation();
        BigDecimal cash = book.state().cash();
        Map<String, BigDecimal> values = new LinkedHashMap<>();
        values.put("NetLiquidation", net);
        values.put("TotalCashValue", cash);
        values.put("SettledCash", cash);
        values.put("AvailableFunds", book.availableFunds());
        values.put("BuyingPower", book.availableFunds());
        values.put("GrossPositionValue", net.subtract(cash));
        values.replaceAll((_, value) -> value.setScale(2, RoundingMode.HALF_EVEN));
        return values;
    }

    List<ServerMessage> summary(ReqAccountSummary request) {
        List<String> tags =
                Arrays.stream(request.tags().split(",", -1)).map(String::strip).toList();
        List<ServerMessage> answers = new ArrayList<>();
        values().forEach((tag, value) -> {
            if (tags.contains(tag)) {
                answers.add(new ServerMessage.AccountSummary(
                        request.reqId(), book.state().account(), tag, value.toPlainString(), USD));
            }
        });
        answers.add(new ServerMessage.AccountSummaryEnd(request.reqId()));
        return answers;
    }

    List<ServerMessage> positions() {
        BookState state = book.state();
        List<ServerMessage> answers = new ArrayList<>();
        for (Holding holding : state.holdings()) {
            Listing listing = Listing.of(holding.symbol());
            answers.add(new ServerMessage.Position(
                    state.account(),
                    listing.contract(listing.primaryExchange()),
                    holding.quantity(),
                    holding.averageCost()));
        }
        answers.add(new ServerMessage.PositionEnd());
        return answers;
    }

    List<ServerMessage> updates() {
        BookState state = book.state();
        List<ServerMessage> answers = new ArrayList<>();
        answers.add(new ServerMessage.UpdateAccountValue("AccountReady", "true", "", state.account()));
        values().forEach((key, value) ->
                answers.add(new ServerMessage.UpdateAccountValue(key, value.toPlainString(), USD, state.account())));
        state.holdings().forEach(holding -> answers.add(portfolio(holding)));
        String time = GatewayTimes.write(book.now());
        answers.add(new ServerMessage.UpdateAccountTime(time.substring(9, 14)));
        answers.add(new ServerMessage.AccountDownloadEnd(state.account()));
        return answers;
    }

    private ServerMessage portfolio(Holding holding) {
        Listing listing = Listing.of(holding.symbol());
        BigDecimal price = book.lastClose(holding.symbol());
        BigDecimal value = price.multiply(holding.quantity());
        return new ServerMessage.UpdatePortfolio(
                listing.conid(),
                listing.symbol(),
                "STK",
                listing.primaryExchange(),
                USD,
                listing.symbol(),
                listing.tradingClass(),
                holding.quantity(),
                price,
                value,
                holding.averageCost(),
                value.subtract(holding.averageCost().multiply(holding.quantity())),
                holding.realized(),
                book.state().account());
    }

    List<ServerMessage> updatesMulti(ReqAccountUpdatesMulti request) {
        List<ServerMessage> answers = new ArrayList<>();
        values().forEach((key, value) -> answers.add(new ServerMessage.AccountUpdateMulti(
                request.reqId(), book.state().account(), request.modelCode(), key, value.toPlainString(), USD)));
        answers.add(new ServerMessage.AccountUpdateMultiEnd(request.reqId()));
        return answers;
    }
}
