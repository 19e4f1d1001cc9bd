package dev.signalwright.worker.clientportal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalwright.worker.broker.BrokerException;
import dev.signalwright.worker.broker.BrokerException.Kind;
import dev.signalwright.worker.broker.OrderLookup;
import dev.signalwright.worker.broker.OrderSighting;
import dev.signalwright.worker.broker.OrderState;
import dev.signalwright.worker.broker.OrderTicket;
import dev.signalwright.worker.log.TaskLog;
import dev.signalwright.worker.platform.Json;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Looks orders up by their reference and hands one over to be placed. */
final class PortalOrders {
    private static final int LOOKS = 3;
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);
    private static final String LIST = "/iserver/account/orders";

    /** Troubles after which a list counts as not heard out; others are told at once. */
    private static final Set<Kind> UNFINISHED = EnumSet.of(Kind.SILENT, Kind.DISCONNECTED, Kind.REFUSED, Kind.NO_DATA);

    private final PortalLink link;
    private final List<String> accounts;
    private final Pause pause;
    private final TaskLog log;
    private Optional<String> selected;

    PortalOrders(PortalLink link, PortalLogin login, Pause pause, TaskLog log) {
        this.link = link;
        this.accounts = login.accounts();
        this.selected = login.selected();
        this.pause = pause;
        this.log = log;
    }

    OrderLookup find(String orderRef) {
        Map<String, OrderSighting> found = new LinkedHashMap<>();
        List<JsonNode> fills = new ArrayList<>();
        boolean complete = true;
        for (String account : accounts) {
            complete &= heardOut(() -> {
                select(account);
                return open(orderRef, found);
            });
            complete &= heardOut(() -> {
                PortalAccounts.trades(link).values().stream()
                        .filter(row -> Cells.text(row, "order_ref").equals(Optional.of(orderRef)))
                        .forEach(fills::add);
                return true;
            });
        }
        if (found.isEmpty() && !fills.isEmpty()) {
            found.put("", ofFills(orderRef, fills));
        }
        return new OrderLookup(List.copyOf(found.values()), complete);
    }

    /** A list that is read, and whether it was all there. */
    private interface Listing {
        boolean read();
    }

    private boolean heardOut(Listing listing) {
        try {
            return listing.read();
        } catch (BrokerException e) {
            if (!UNFINISHED.contains(e.kind())) {
                throw e;
            }
            log.warn(e.sentence());
            return false;
        }
    }

    /** The gateway's order calls are about the account that is selected. */
    private void select(String account) {
        if (!selected.equals(Optional.of(account))) {
            String what = "The account " + account + " could not be selected";
            link.post(
                            what,
                            "/iserver/account",
                            Json.object().put("acctId", account),
                            link.address().answer())
                    .good(what);
            selected = Optional.of(account);
        }
    }

    /**
     * The first question of a session and one with {@code force} are answered with an empty list, only to start it. The
     * mark {@code snapshot} may stay false for good in some builds, so an empty list counts when it stays empty.
     */
    private boolean open(String orderRef, Map<String, OrderSighting> found) {
        String what = "The orders could not be looked up";
        link.get(what, LIST + "?force=true", link.address().answer()).good(what);
        for (int look = 0; look < LOOKS; look++) {
            if (!pause.of(BETWEEN_LOOKS)) {
                return false;
            }
            JsonNode body = link.get(what, LIST, link.address().answer()).good(what);
            JsonNode rows = body.path("orders");
            if (!rows.isArray()) {
                throw Cells.missing("orders");
            }
            for (JsonNode row : rows) {
                if (Cells.text(row, "order_ref").equals(Optional.of(orderRef))) {
                    found.put(Cells.neededText(row, "orderId"), ofRow(orderRef, row));
                }
            }
            if (!rows.isEmpty() || body.path("snapshot").asBoolean()) {
                return true;
            }
        }
        log.debug("The list of orders stayed empty for " + LOOKS + " looks without its mark; it counts as empty.");
        return true;
    }

    private static OrderSighting ofRow(String orderRef, JsonNode row) {
        String status = Cells.text(row, "status", "order_ccp_status").orElse("");
        return new OrderSighting(
                orderRef,
                permId(row, "orderId"),
                0,
                state(status).orElse(OrderState.UNKNOWN),
                Cells.decimal(row, "filledQuantity").orElse(BigDecimal.ZERO),
                Cells.decimal(row, "remainingQuantity").orElse(BigDecimal.ZERO),
                Cells.decimal(row, "avgPrice").orElse(BigDecimal.ZERO),
                status);
    }

    static long permId(JsonNode row, String... names) {
        try {
            return Cells.needed(row, names).longValueExact();
        } catch (ArithmeticException e) {
            throw Cells.garbled("an order's number is '" + Cells.neededText(row, names) + "'");
        }
    }

    /** Not in the list of orders, yet executed within three days: it is finished. */
    private static OrderSighting ofFills(String orderRef, List<JsonNode> fills) {
        BigDecimal shares = BigDecimal.ZERO;
        BigDecimal money = BigDecimal.ZERO;
        for (JsonNode fill : fills) {
            BigDecimal size = Cells.needed(fill, "size");
            shares = shares.add(size);
            money = money.add(size.multiply(Cells.needed(fill, "price")));
        }
        BigDecimal average =
                shares.signum() == 0 ? BigDecimal.ZERO : money.divide(shares, 4, java.math.RoundingMode.HALF_UP);
        return new OrderSighting(
                orderRef, 0, 0, OrderState.FILLED, shares, BigDecimal.ZERO, average, "known from its executions only");
    }

    /** What the gateway's word says for certain; empty while it has not decided, and for words that are not known. */
    static Optional<OrderState> state(String status) {
        return switch (status) {
            case "Filled" -> Optional.of(OrderState.FILLED);
            case "Cancelled", "ApiCancelled" -> Optional.of(OrderState.CANCELLED);
            case "Inactive", "Rejected" -> Optional.of(OrderState.REJECTED);
            case "PreSubmitted", "Submitted", "PendingCancel", "PreCancelled" -> Optional.of(OrderState.WORKING);
            default -> Optional.empty();
        };
    }

    OrderSighting place(OrderTicket ticket) {
        select(ticket.account());
        link.renew();
        return new Submission(link, ticket, pause, log).perform();
    }
}
