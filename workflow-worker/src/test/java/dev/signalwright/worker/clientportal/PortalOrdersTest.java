package dev.signalwright.worker.clientportal;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static dev.signalwright.worker.clientportal.PortalGateway.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.signalwright.worker.broker.BrokerException;
import dev.signalwright.worker.broker.BrokerException.Kind;
import dev.signalwright.worker.broker.BrokerSession;
import dev.signalwright.worker.broker.OrderLookup;
import dev.signalwright.worker.broker.OrderSighting;
import dev.signalwright.worker.broker.OrderState;
import dev.signalwright.worker.broker.OrderTicket;
import dev.signalwright.worker.market.Instrument;
import dev.signalwright.worker.platform.Json;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PortalOrdersTest {
    private static final String REF = "sw1-abcdefghijklmnopqrstuvwx";
    private static final String SUBMIT = "/iserver/account/DU1234567/orders";
    private static final String LIST = "/iserver/account/orders";
    private static final String TRADES = "/iserver/account/trades";
    private static final String STATUS = "/iserver/account/order/status/987654";
    private static final String ACCEPTED =
            "[{\"order_id\":\"987654\",\"order_status\":\"Submitted\",\"encrypt_message\":\"1\"}]";
    private static final String NOTHING_YET = "{\"orders\":[],\"snapshot\":false}";
    private static final OrderTicket TICKET = new OrderTicket(
            "DU1234567",
            new Instrument(265598, "AAPL", "SMART", "NASDAQ", "USD", new BigDecimal("0.01"), "America/New_York"),
            OrderTicket.Side.BUY,
            new BigDecimal("10"),
            new BigDecimal("100.50"),
            REF);

    @RegisterExtension
    static final WireMockExtension SERVER = PortalGateway.server();

    private final PortalGateway gateway = new PortalGateway(SERVER);

    @BeforeEach
    void gateway() {
        gateway.loggedIn()
                .answers(SUBMIT, ACCEPTED)
                .answers(STATUS, status("Submitted", "0.0", "10.0", "null"))
                .answers(TRADES, "[]")
                .answers(LIST, NOTHING_YET, "{\"orders\":[],\"snapshot\":true}");
    }

    @Nested
    class Places {
        @Test
        void oneLimitOrderForTheDayUnderItsReference() throws Exception {
            OrderSighting sighting = place();

            assertEquals(OrderState.WORKING, sighting.state());
            assertEquals(987_654, sighting.permId());
            assertEquals(1, gateway.asked(SUBMIT));
            assertEquals(Json.MAPPER.readTree("""
                            {"orders":[{"acctId":"DU1234567","conid":265598,"secType":"265598:STK",
                            "cOID":"sw1-abcdefghijklmnopqrstuvwx","orderType":"LMT","outsideRTH":false,"price":100.5,
                            "side":"BUY","tif":"DAY","quantity":10}]}"""), sent());
        }

        @Test
        void whatItsStatusSays() {
            gateway.answers(SUBMIT, ACCEPTED.replace("Submitted", "PendingSubmit"));
            gateway.answers(
                    STATUS,
                    status("PendingSubmit", "\"0.0\"", "\"10.0\"", "null"),
                    status("Filled", "\"10.0\"", "\"0.0\"", "\"100.25\""));

            OrderSighting sighting = place();

            assertEquals(OrderState.FILLED, sighting.state());
            assertEquals(new BigDecimal("10.0"), sighting.filled());
            assertEquals(new BigDecimal("100.25"), sighting.averagePrice());
        }

        @Test
        void theOlderNamesOfAStatusToo() {
            gateway.answers(
                    STATUS, "{\"order_status\":\"Submitted\",\"cum_fill\":\"4.0\",\"average_price\":\"100.1\"}");

            OrderSighting sighting = place();

            assertEquals(new BigDecimal("4.0"), sighting.filled());
            assertEquals(new BigDecimal("6.0"), sighting.remaining());
            assertEquals(new BigDecimal("100.1"), sighting.averagePrice());
        }

        @Test
        void aStatusThatCannotBeReadLeavesTheFirstWord() {
            gateway.answers(STATUS, aResponse().withStatus(503));

            assertEquals(OrderState.WORKING, place().state());
        }

        @Test
        void withTheOrdersAccountSelected() {
            gateway.answers(
                            "/iserver/accounts",
                            "{\"accounts\":[\"DU1\",\"DU1234567\"],\"selectedAccount\":\"DU1\",\"isPaper\":true}")
                    .answers("/iserver/account", "{\"success\":\"Account already set\"}");

            place();

            assertEquals(
                    "{\"acctId\":\"DU1234567\"}",
                    gateway.requests("/iserver/account").getFirst().getBodyAsString());
        }
    }

    @Nested
    class Questions {
        @ParameterizedTest
        @ValueSource(strings = {"o403", "o10153"})
        void theHarmlessAreConfirmed(String kind) {
            gateway.answers(SUBMIT, question("q-1", kind))
                    .answers("/iserver/reply/q-1", question("q-2", kind))
                    .answers("/iserver/reply/q-2", ACCEPTED);

            assertEquals(OrderState.WORKING, place().state());
            assertEquals(
                    "{\"confirmed\":true}",
                    gateway.requests("/iserver/reply/q-2").getFirst().getBodyAsString());
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "o163",
                    "o354",
                    "o382",
                    "o383",
                    "o451",
                    "o10138",
                    "o10151",
                    "o10331",
                    "p12",
                    "o99999",
                    "o403\",\"o163"
                })
        void anyOtherIsAnsweredWithNoAndNothingIsSent(String kind) {
            gateway.answers(SUBMIT, question("q-1", kind)).answers("/iserver/reply/q-1", "{}");

            BrokerException refused = assertThrows(BrokerException.class, PortalOrdersTest.this::place);

            assertEquals(Kind.REFUSED, refused.kind());
            assertTrue(refused.sentence().contains("The words of the question"), refused.sentence());
            assertEquals(
                    List.of("{\"confirmed\":false}"),
                    gateway.requests("/iserver/reply/q-1").stream()
                            .map(request -> request.getBodyAsString())
                            .toList());
        }

        @Test
        void oneWithoutANumberIsForAPerson() {
            gateway.answers(SUBMIT, "[{\"id\":\"q-1\",\"message\":[\"Are you sure?\"]}]")
                    .answers("/iserver/reply/q-1", "{}");

            assertEquals(
                    Kind.REFUSED,
                    assertThrows(BrokerException.class, PortalOrdersTest.this::place)
                            .kind());
        }

        @Test
        void theyEndAfterTenAnswers() {
            gateway.answers(SUBMIT, question("q", "o403")).answers("/iserver/reply/q", question("q", "o403"));

            assertEquals(
                    Kind.REFUSED,
                    assertThrows(BrokerException.class, PortalOrdersTest.this::place)
                            .kind());

            assertEquals(11, gateway.asked("/iserver/reply/q"));
            assertEquals(
                    "{\"confirmed\":false}",
                    gateway.requests("/iserver/reply/q").getLast().getBodyAsString());
        }

        @ParameterizedTest
        @CsvSource({"503", "400", "500", "401"})
        void aYesThatIsNotHeardIsDoubt(int status) {
            gateway.answers(SUBMIT, question("q", "o403"))
                    .answers("/iserver/reply/q", json(status, "{\"error\":\"expired\"}"));

            assertEquals(OrderState.UNKNOWN, place().state());
        }

        @Test
        void aRefusalAfterAYesIsARefusal() {
            gateway.answers(SUBMIT, question("q", "o403"))
                    .answers("/iserver/reply/q", "{\"error\":\"Insufficient funds\"}");

            OrderSighting sighting = place();

            assertEquals(OrderState.REJECTED, sighting.state());
            assertEquals("Insufficient funds", sighting.note());
        }
    }

    @Nested
    class Doubt {
        @ParameterizedTest
        @CsvSource({"200,REJECTED", "400,REJECTED", "500,UNKNOWN", "503,UNKNOWN"})
        void onlyAClearNoIsARefusal(int status, OrderState state) {
            gateway.answers(SUBMIT, json(status, "{\"error\":\"We cannot accept this order\"}"));

            OrderSighting sighting = place();

            assertEquals(state, sighting.state());
            assertEquals("We cannot accept this order", sighting.note());
        }

        @ParameterizedTest
        @ValueSource(ints = {200, 400, 500})
        void aReferenceThatIsRegisteredIsThereAlready(int status) {
            gateway.answers(
                    SUBMIT,
                    json(
                            status,
                            "{\"error\":\"Order couldn't be submitted: Local order ID=" + REF
                                    + " is already registered.\"}"));

            assertEquals(OrderState.UNKNOWN, place().state());
            assertEquals(1, gateway.asked(SUBMIT));
        }

        @Test
        void aLostAnswerIsFoundByItsReferenceAndNeverSentAgain() {
            gateway.answers(SUBMIT, json(200, ACCEPTED).withFixedDelay(3_000))
                    .answers(LIST, NOTHING_YET, "{\"orders\":[" + row(REF, "Submitted") + "],\"snapshot\":true}");
            try (BrokerSession session = gateway.connectHasty()) {
                assertEquals(OrderState.UNKNOWN, session.place(TICKET).state());
            }
            // The look-up may need longer than this gateway gives its orders.
            try (BrokerSession session = gateway.connect()) {
                OrderLookup lookup = session.findOrders(REF);
                assertTrue(lookup.complete());
                assertEquals(OrderState.WORKING, lookup.sightings().getFirst().state());
                assertEquals(473_740_665, lookup.sightings().getFirst().permId());
            }
            assertEquals(1, gateway.asked(SUBMIT));
        }

        @Test
        void aConnectionThatBreaksUnderTheAnswer() {
            gateway.answers(SUBMIT, new ResponseDefinitionBuilder().withFault(Fault.EMPTY_RESPONSE));

            assertEquals(OrderState.UNKNOWN, place().state());
            assertEquals(1, gateway.asked(SUBMIT));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "no json",
                    "[]",
                    "{}",
                    "[{\"order_id\":\"1.5\"}]",
                    "\"yes\"",
                    "[{\"order_status\":\"Filled\"}]"
                })
        void anAnswerThatIsNeitherYesNorNo(String body) {
            gateway.answers(SUBMIT, body);

            assertEquals(OrderState.UNKNOWN, place().state());
        }

        @ParameterizedTest
        @CsvSource({"401,LOGIN_NEEDED", "429,PACING", "404,GARBLED"})
        void whatWasTurnedAwayAtTheDoorWasNotSent(int status, Kind kind) {
            gateway.answers(SUBMIT, aResponse().withStatus(status));

            assertEquals(
                    kind,
                    assertThrows(BrokerException.class, PortalOrdersTest.this::place)
                            .kind());
        }
    }

    @Nested
    class LooksUp {
        @Test
        void byReferenceAmongTheOrdersOfTheDay() {
            gateway.answers(
                    LIST,
                    NOTHING_YET,
                    NOTHING_YET,
                    "{\"orders\":[" + row("other", "Submitted") + "," + row(REF, "Filled") + "],\"snapshot\":false}");

            OrderLookup lookup = find();

            assertTrue(lookup.complete());
            assertEquals(1, lookup.sightings().size());
            OrderSighting found = lookup.sightings().getFirst();
            assertEquals(OrderState.FILLED, found.state());
            assertEquals(new BigDecimal("1.0"), found.filled());
            assertEquals(new BigDecimal("647.09"), found.averagePrice());
            assertTrue(gateway.requests(LIST).getFirst().getUrl().endsWith("?force=true"));
        }

        @Test
        void anOrderThatOnlyItsExecutionsKnow() {
            gateway.answers(
                    TRADES,
                    "["
                            + PortalShapes.trade("a.01", "B", "10", "10", "2012-09-20T12:00:00Z", REF)
                            + ","
                            + PortalShapes.trade("b.01", "B", "30", "20", "2012-09-18T12:00:00Z", REF)
                            + "]");

            OrderSighting found = find().sightings().getFirst();

            assertEquals(OrderState.FILLED, found.state());
            assertEquals(new BigDecimal("40"), found.filled());
            assertEquals(new BigDecimal("17.5000"), found.averagePrice());
            assertTrue(gateway.requests(TRADES).getFirst().getUrl().endsWith("?days=3"));
        }

        @Test
        void nothingIsNothingOnceTheListIsThere() {
            OrderLookup lookup = find();

            assertTrue(lookup.complete());
            assertEquals(List.of(), lookup.sightings());
        }

        @Test
        void anEmptyListWithoutItsMarkCountsWhenItStaysEmpty() {
            gateway.answers(LIST, NOTHING_YET);

            assertTrue(find().complete());
            assertEquals(4, gateway.asked(LIST));
            assertTrue(
                    gateway.getAsLong() >= java.time.Duration.ofSeconds(15).toNanos(), "under the limit of 1 in 5 s");
        }

        @ParameterizedTest
        @ValueSource(strings = {LIST, TRADES})
        void aListThatFailsProvesNothing(String path) {
            gateway.answers(path, json(503, "{\"error\":\"Service Unavailable\"}"));

            assertFalse(find().complete());
        }

        @Test
        void aLoginThatEndedIsToldAtOnce() {
            gateway.answers(LIST, aResponse().withStatus(401));

            assertEquals(
                    Kind.LOGIN_NEEDED,
                    assertThrows(BrokerException.class, PortalOrdersTest.this::find)
                            .kind());
        }

        @Test
        void twoOrdersOfOneReferenceAreBothReported() {
            gateway.answers(
                    LIST,
                    NOTHING_YET,
                    "{\"orders\":[" + row(REF, "Submitted") + ","
                            + row(REF, "Filled").replace("473740665", "2") + "],\"snapshot\":true}");

            assertEquals(2, find().sightings().size());
        }

        @ParameterizedTest
        @CsvSource({
            "Filled,FILLED",
            "Cancelled,CANCELLED",
            "Inactive,REJECTED",
            "PreSubmitted,WORKING",
            "Submitted,WORKING",
            "PendingCancel,WORKING",
            "PendingSubmit,UNKNOWN",
            "WarnState,UNKNOWN",
            "New,UNKNOWN"
        })
        void everyWordHasItsState(String word, OrderState state) {
            gateway.answers(LIST, NOTHING_YET, "{\"orders\":[" + row(REF, word) + "]}");

            assertEquals(state, find().sightings().getFirst().state());
        }
    }

    private OrderSighting place() {
        try (BrokerSession session = gateway.connect()) {
            return session.place(TICKET);
        }
    }

    private OrderLookup find() {
        try (BrokerSession session = gateway.connect()) {
            return session.findOrders(REF);
        }
    }

    private JsonNode sent() throws Exception {
        return Json.MAPPER.readTree(gateway.requests(SUBMIT).getFirst().getBodyAsString());
    }

    private static String question(String id, String kind) {
        return "[{\"id\":\"" + id + "\",\"message\":[\"The words of the question\"],\"isSuppressed\":false,"
                + "\"messageIds\":[\"" + kind + "\"],\"messageOptions\":[\"Yes\",\"No\"]}]";
    }

    private static String status(String word, String filled, String remaining, String average) {
        return "{\"order_id\":987654,\"conid\":265598,\"symbol\":\"AAPL\",\"side\":\"BUY\",\"order_status\":\"" + word
                + "\",\"size\":\"10.0\",\"total_size\":\"10.0\",\"filled_quantity\":" + filled
                + ",\"remaining_quantity\":" + remaining + ",\"avg_fill_price\":" + average + ",\"tif\":\"DAY\"}";
    }

    private static String row(String orderRef, String status) {
        return "{\"acct\":\"DU1234567\",\"account\":\"DU1234567\",\"conidex\":\"756733\",\"conid\":756733,"
                + "\"orderId\":473740665,\"sizeAndFills\":\"1\",\"ticker\":\"SPY\",\"secType\":\"STK\","
                + "\"remainingQuantity\":0.0,\"filledQuantity\":1.0,\"totalSize\":1.0,\"status\":\"" + status
                + "\",\"order_ccp_status\":\"" + status + "\",\"avgPrice\":\"647.09\",\"orderType\":\"Market\","
                + "\"price\":\"\",\"timeInForce\":\"CLOSE\",\"side\":\"BUY\",\"order_ref\":\"" + orderRef + "\"}";
    }
}
