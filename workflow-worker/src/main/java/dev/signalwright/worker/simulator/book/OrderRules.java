package dev.signalwright.worker.simulator.book;

import dev.signalwright.worker.simulator.market.Listing;
import dev.signalwright.worker.simulator.market.Prices;
import dev.signalwright.worker.tws.message.ClientMessage.PlaceOrder;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.Set;

/** What the simulator takes: whole-share LMT, MKT, STP and STP LMT orders for stocks it lists, DAY or GTC. */
final class OrderRules {
    private static final Set<String> ACTIONS = Set.of("BUY", "SELL");
    private static final Set<String> TYPES = Set.of("LMT", "MKT", "STP", "STP LMT");
    private static final Set<String> TIMES_IN_FORCE = Set.of("DAY", "GTC");

    private OrderRules() {}

    /** The refusal with the code a gateway uses, or empty. */
    static Optional<BookEvent.Refused> check(PlaceOrder request, BookedOrder order, Prices prices, String account) {
        boolean stock = request.contract().secType().equals("STK");
        if (!stock || !prices.knows(order.symbol())) {
            return refused(order, 200, "No security definition has been found for the request");
        }
        if (!order.account().equals(account)) {
            return refused(
                    order, 321, "Error validating request: the account " + order.account() + " is not " + account);
        }
        if (!ACTIONS.contains(order.action())) {
            return refused(order, 321, "Error validating request: the action is not BUY or SELL");
        }
        if (!TYPES.contains(order.type())) {
            return refused(order, 387, "Unsupported order type for this exchange and security type.");
        }
        if (!TIMES_IN_FORCE.contains(order.tif())) {
            return refused(order, 111, "The TIF and the order type are incompatible.");
        }
        return checkNumbers(order);
    }

    private static Optional<BookEvent.Refused> checkNumbers(BookedOrder order) {
        if (order.quantity().signum() <= 0) {
            return refused(order, 434, "The order size cannot be zero.");
        }
        if (order.quantity().stripTrailingZeros().scale() > 0) {
            return refused(order, 10243, "Fractional-sized order cannot be placed via API.");
        }
        boolean limitFits = !order.hasLimit() || onGrid(order.limit());
        boolean stopFits =
                !order.hasStop() || order.stopPrice().map(OrderRules::onGrid).orElse(false);
        if (!limitFits || !stopFits) {
            return refused(order, 110, "The price does not conform to the minimum price variation for this contract.");
        }
        return Optional.empty();
    }

    private static boolean onGrid(BigDecimal price) {
        return price.signum() > 0 && price.remainder(Listing.MIN_TICK).signum() == 0;
    }

    private static Optional<BookEvent.Refused> refused(BookedOrder order, int code, String words) {
        return Optional.of(new BookEvent.Refused(order, code, words));
    }
}
