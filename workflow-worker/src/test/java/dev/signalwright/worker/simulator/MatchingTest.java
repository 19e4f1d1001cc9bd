package dev.signalwright.worker.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signalwright.worker.tws.message.ClientMessage;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Orders against AAPL of 2012-09-20 (open 699.16, high 700.06, low 693.62, close 698.70: falls, so high before low) and
 * 2012-09-21 (open 702.41, high 705.07, low 699.36, close 700.09: falls).
 */
class MatchingTest {
    @TempDir
    Path folder;

    @Test
    void aBracketIsSilentUntilItsLastChildAndItsChildrenWaitForTheParent() throws IOException {
        try (Desk desk = Desk.onHistory();
                Terminal client = new Terminal(desk, 1)) {
            client.hear();
            assertEquals(
                    List.of(),
                    client.hear(
                            Terminal.order(1, "BUY", 10, "LMT", "695.00", false, 0, "GTC"),
                            Terminal.order(2, "SELL", 10, "LMT", "704.00", false, 1, "GTC")));
            assertEquals(
                    List.of(
                            "orderStatus orderId=1 status=PreSubmitted filled=0 remaining=10",
                            "orderStatus orderId=2 status=PreSubmitted filled=0 remaining=10 parentId=1",
                            "orderStatus orderId=3 status=PreSubmitted filled=0 remaining=10 parentId=1"),
                    client.orderNews(Terminal.order(3, "SELL", 10, "STP", "690.00", true, 1, "GTC")));

            desk.command("next-session");
            assertEquals(
                    List.of(
                            "execDetails orderId=1 side=BOT shares=10 price=695.00 cumQty=10 avgPrice=695"
                                    + " orderRef=ref-1",
                            "orderStatus orderId=1 status=Filled filled=10 remaining=0 avgFillPrice=695"
                                    + " lastFillPrice=695",
                            "commissionReport commission=1 realizedPNL=1.7976931348623157E308",
                            "orderStatus orderId=2 status=Submitted filled=0 remaining=10 parentId=1"),
                    client.orderNews());

            desk.command("next-session");
            List<String> news = client.orderNews();
            assertTrue(
                    news.contains("orderStatus orderId=2 status=Filled filled=10 remaining=0 avgFillPrice=704"
                            + " parentId=1 lastFillPrice=704"),
                    news.toString());
            assertTrue(
                    news.contains("orderStatus orderId=3 status=Cancelled filled=0 remaining=10" + " parentId=1"),
                    news.toString());
            // Bought at 695.00 with a dollar of commission, sold at 704.00 with another.
            assertTrue(news.contains("commissionReport commission=1 realizedPNL=88"), news.toString());
        }
    }

    @Test
    void cancellingTheParentCancelsItsChildren() throws IOException {
        try (Desk desk = Desk.onHistory();
                Terminal client = new Terminal(desk, 1)) {
            client.hear(
                    Terminal.order(1, "BUY", 10, "LMT", "600.00", false, 0, "GTC"),
                    Terminal.order(2, "SELL", 10, "LMT", "800.00", true, 1, "GTC"));
            List<String> news = client.orderNews(new ClientMessage.CancelOrder(1));
            assertEquals(
                    2,
                    news.stream()
                            .filter(line -> line.contains("status=Cancelled"))
                            .count(),
                    news.toString());
            assertEquals(List.of("openOrderEnd"), client.hear(new ClientMessage.ReqOpenOrders()));
        }
    }

    @Test
    void aChildWithoutItsParentIsRefused() throws IOException {
        try (Desk desk = Desk.onHistory();
                Terminal client = new Terminal(desk, 1)) {
            client.hear();
            assertEquals(
                    List.of("errMsg id=7 code=10006 message=Missing parent order."),
                    client.hear(Terminal.order(7, "SELL", 10, "LMT", "800.00", true, 6, "DAY")));
        }
    }

    @Test
    void aStopIsFilledWhereThePriceIsWhenItIsTouched() throws IOException {
        try (Desk desk = Desk.onHistory();
                Terminal client = new Terminal(desk, 1)) {
            client.hear(Terminal.order(1, "BUY", 10, "MKT", ""));
            client.hear(
                    Terminal.order(2, "SELL", 4, "STP", "697.00"), // the way down passes it
                    Terminal.order(3, "SELL", 6, "STP", "699.50")); // the open lies below it
            desk.command("next-session");
            List<String> fills = client.orderNews().stream()
                    .filter(line -> line.startsWith("execDetails"))
                    .toList();
            assertEquals(
                    List.of(
                            "execDetails orderId=1 side=BOT shares=10 price=699.16 cumQty=10 avgPrice=699.16"
                                    + " orderRef=ref-1",
                            "execDetails orderId=3 side=SLD shares=6 price=699.16 cumQty=6 avgPrice=699.16"
                                    + " orderRef=ref-3",
                            "execDetails orderId=2 side=SLD shares=4 price=697.00 cumQty=4 avgPrice=697"
                                    + " orderRef=ref-2"),
                    fills);
        }
    }

    @Test
    void anOrderTakesOnlyItsPartOfTheVolumeADayAndTheRestGoesOn() throws IOException {
        // A hundred-thousandth of some 12 million shares.
        SimulatorOptions options = new SimulatorOptions(
                Optional.of(Desk.BARS),
                Optional.of(Desk.MORNING),
                0,
                0,
                Optional.of(folder),
                SimulatorOptions.DEFAULT_ACCOUNT,
                new BigDecimal("1000000"),
                1,
                new BigDecimal("0.00001"),
                SimulatorOptions.DEFAULT_SERVER_VERSION);
        try (Desk desk = new Desk(options);
                Terminal client = new Terminal(desk, 1)) {
            client.hear(Terminal.order(1, "BUY", 200, "LMT", "701.00"), Terminal.order(2, "BUY", 200, "MKT", ""));
            desk.command("next-session");
            List<String> news = client.orderNews();
            assertTrue(
                    news.stream()
                            .anyMatch(line -> line.startsWith("orderStatus orderId=1 status=Submitted filled=120")
                                    && line.contains("remaining=80")),
                    news.toString());
            List<String> open = client.hear(new ClientMessage.ReqOpenOrders());
            assertEquals(3 + 2, open.size(), open.toString());
        }
    }

    @Test
    void anOrderThatWasPartlyFilledEndsWithItsDayAndKeepsWhatItHas() throws IOException {
        SimulatorOptions options = new SimulatorOptions(
                Optional.of(Desk.BARS),
                Optional.of(Desk.MORNING),
                0,
                0,
                Optional.empty(),
                SimulatorOptions.DEFAULT_ACCOUNT,
                new BigDecimal("1000000"),
                1,
                new BigDecimal("0.00001"),
                SimulatorOptions.DEFAULT_SERVER_VERSION);
        try (Desk desk = new Desk(options);
                Terminal client = new Terminal(desk, 1)) {
            client.hear(Terminal.order(1, "BUY", 200, "LMT", "701.00", true, 0, "DAY"));
            desk.command("next-session");
            List<String> news = client.orderNews();
            assertTrue(
                    news.stream()
                            .anyMatch(line -> line.startsWith("orderStatus orderId=1 status=Cancelled filled=120")),
                    news.toString());
        }
    }

    @Test
    void aLiveOrderIdIsAChangeAndAUsedOneADuplicate() throws IOException {
        try (Desk desk = Desk.onHistory();
                Terminal client = new Terminal(desk, 1)) {
            client.hear(Terminal.order(1, "BUY", 10, "LMT", "600.00"));
            List<String> changed = client.hear(Terminal.order(1, "BUY", 5, "LMT", "601.00"));
            assertTrue(changed.getFirst().contains("totalQuantity=5"), changed.toString());
            assertTrue(changed.getFirst().contains("lmtPrice=601.00"), changed.toString());
            client.hear(new ClientMessage.CancelOrder(1));
            assertEquals(
                    List.of("errMsg id=1 code=103 message=Duplicate order id"),
                    client.hear(Terminal.order(1, "BUY", 5, "LMT", "601.00")));
            assertEquals(
                    List.of("errMsg id=1 code=10148 message=OrderId 1 that needs to be cancelled can not be cancelled,"
                            + " state: Cancelled."),
                    client.hear(new ClientMessage.CancelOrder(1)));
            assertEquals(
                    List.of("errMsg id=99 code=10147 message=OrderId 99 that needs to be cancelled is not found."),
                    client.hear(new ClientMessage.CancelOrder(99)));
        }
    }
}
