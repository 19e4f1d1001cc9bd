package dev.signalwright.worker.clientportal;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static dev.signalwright.worker.clientportal.PortalGateway.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.signalwright.worker.artifacts.Origin;
import dev.signalwright.worker.broker.AccountSnapshot;
import dev.signalwright.worker.broker.BrokerException;
import dev.signalwright.worker.broker.BrokerException.Kind;
import dev.signalwright.worker.broker.BrokerSession;
import dev.signalwright.worker.broker.BrokerSession.SessionHours;
import dev.signalwright.worker.broker.Execution;
import dev.signalwright.worker.broker.OrderTicket;
import dev.signalwright.worker.market.BarSeries;
import dev.signalwright.worker.market.Instrument;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PortalSessionTest {
    private static final String STOCKS = "/trsrv/stocks";
    private static final String RULES = "/iserver/contract/265598/info-and-rules";
    private static final String HISTORY = "/iserver/marketdata/history";
    private static final String SNAPSHOT = "/iserver/marketdata/snapshot";
    private static final Instrument AAPL =
            new Instrument(265598, "AAPL", "SMART", "NASDAQ", "USD", new BigDecimal("0.01"), "America/New_York");

    @RegisterExtension
    static final WireMockExtension SERVER = PortalGateway.server();

    private final PortalGateway gateway = new PortalGateway(SERVER);
    private BrokerSession session;

    @BeforeEach
    void connect() {
        session = gateway.loggedIn().connect();
    }

    @AfterEach
    void close() {
        session.close();
    }

    @Nested
    class Contracts {
        @Test
        void theOneUsStockOfThatName() {
            gateway.answers(STOCKS, PortalShapes.STOCKS).answers(RULES, PortalShapes.rules("USD", "0.01"));

            assertEquals(AAPL, session.instrument("AAPL"));
        }

        @Test
        void severalAreNamedAndNoneIsChosen() {
            gateway.answers(STOCKS, """
                    {"AAPL":[{"name":"APPLE INC","assetClass":"STK","contracts":[
                    {"conid":"265598","exchange":"NASDAQ","isUS":true}]},
                    {"name":"OTHER CORP","assetClass":"STK","contracts":[{"conid":7,"exchange":"PINK","isUS":true}]}]}""");

            BrokerException refused = assertThrows(BrokerException.class, () -> session.instrument("AAPL"));

            assertEquals(Kind.AMBIGUOUS, refused.kind());
            assertTrue(
                    refused.sentence()
                            .contains("APPLE INC at NASDAQ (contract 265598); OTHER CORP at PINK (contract 7)"),
                    refused.sentence());
        }

        @ParameterizedTest
        @CsvSource({"{}", "'{\"AAPL\":[]}'"})
        void nobodyIsUnknown(String body) {
            gateway.answers(STOCKS, body);

            assertEquals(Kind.UNKNOWN_SYMBOL, kind(() -> session.instrument("AAPL")));
        }

        @Test
        void anotherCurrencyIsNotTheUsStock() {
            gateway.answers(STOCKS, PortalShapes.STOCKS).answers(RULES, PortalShapes.rules("EUR", "0.01"));

            assertEquals(Kind.UNKNOWN_SYMBOL, kind(() -> session.instrument("AAPL")));
        }

        @Test
        void aContractNumberThatIsNoneIsGarbled() {
            gateway.answers(
                    STOCKS, "{\"AAPL\":[{\"contracts\":[{\"conid\":\"1.5\",\"exchange\":\"N\",\"isUS\":true}]}]}");

            assertEquals(Kind.GARBLED, kind(() -> session.instrument("AAPL")));
        }

        @Test
        void datedSessionsAreTheHoursAndGeneralWeekdaysAreNot() {
            gateway.answers("/trsrv/secdef/schedule", """
                    [{"id":"p102082","exchange":"NASDAQ","timezone":"US/Eastern","schedules":[
                    {"tradingScheduleDate":20000103,"sessions":[{"openingTime":930,"closingTime":1600,"prop":"LIQUID"}]},
                    {"tradingScheduleDate":"20121123","sessions":{"openingTime":"0930","closingTime":"1300",
                    "prop":"LIQUID"}}]}]""");

            assertEquals(
                    List.of(new SessionHours(
                            LocalDate.of(2012, 11, 23),
                            Instant.parse("2012-11-23T14:30:00Z"),
                            Instant.parse("2012-11-23T18:00:00Z"),
                            false)),
                    session.hours(AAPL));
        }

        @ParameterizedTest
        @CsvSource({"'[{\"timezone\":\"Mars\",\"schedules\":[]}]'", "'[]'", "'{\"error\":\"Bad Request\"}'"})
        void hoursThatCannotBeReadAreLeftToTheCalendar(String body) {
            gateway.answers("/trsrv/secdef/schedule", body);

            assertEquals(List.of(), session.hours(AAPL));
        }
    }

    @Nested
    class Bars {
        @BeforeEach
        void realTime() {
            gateway.answers(SNAPSHOT, "[{\"conid\":265598,\"conidEx\":\"265598\"}]", PortalShapes.quote("RPB"));
        }

        /** Both meanings of startTime, answered by a gateway that holds 1000 points back. */
        @ParameterizedTest
        @CsvSource({"true", "false"})
        void eightYearsComeInSeveralAnswers(boolean startTimeIsTheEnd) {
            SERVER.stubFor(PortalShapes.history(startTimeIsTheEnd, LocalDate.of(1990, 1, 2)));

            BarSeries bars = session.dailyBars(AAPL, PortalGateway.NOW, 8);

            assertEquals(LocalDate.of(2004, 9, 20), bars.bars().getFirst().date());
            assertEquals(LocalDate.of(2012, 9, 19), bars.last().date());
            assertEquals(PortalShapes.sessions(LocalDate.of(2004, 9, 20), LocalDate.of(2012, 9, 19)), bars.size());
            assertTrue(gateway.asked(HISTORY) <= 5, "asked " + gateway.asked(HISTORY));
        }

        @ParameterizedTest
        @CsvSource({"true", "false"})
        void aYoungStockHasFewer(boolean startTimeIsTheEnd) {
            SERVER.stubFor(PortalShapes.history(startTimeIsTheEnd, LocalDate.of(2012, 5, 18)));

            BarSeries bars = session.dailyBars(AAPL, PortalGateway.NOW, 8);

            assertEquals(LocalDate.of(2012, 5, 18), bars.bars().getFirst().date());
            assertEquals(LocalDate.of(2012, 9, 19), bars.last().date());
        }

        @Test
        void theRecordedShapeIsReadWithItsVolumeFactor() {
            gateway.answers(HISTORY, PortalShapes.HISTORY);

            BarSeries bars = session.dailyBars(AAPL, Instant.parse("2024-04-11T13:00:00Z"), 1);

            assertEquals(1, bars.size(), "the bar of the 11th is not complete before its session");
            assertEquals(LocalDate.of(2024, 4, 10), bars.last().date());
            assertEquals(168.8, bars.last().open());
            assertEquals(682469.0, bars.last().volume());
            assertTrue(gateway.log.lines().toString().contains("volumeFactor (2)"));
        }

        @ParameterizedTest
        @CsvSource({
            "500,Chart data unavailable,NO_DATA",
            "500,No market data permissions for ISLAND STK,NO_PERMISSION",
            "500,no bridge,DISCONNECTED",
            "500,not authenticated,LOGIN_NEEDED",
            "500,Too many requests,PACING",
            "500,Request timed out,SILENT",
            "500,something new,REFUSED",
            "200,something new,REFUSED"
        })
        void whatTheGatewaySaysInsteadOfBars(int status, String error, Kind kind) {
            gateway.answers(HISTORY, json(status, "{\"error\":\"" + error + "\"}"));

            assertEquals(kind, kind(() -> session.dailyBars(AAPL, PortalGateway.NOW, 8)));
        }

        @ParameterizedTest
        @CsvSource({
            "'{\"points\":4}'",
            "'{\"data\":[{\"t\":1348061400000,\"o\":1,\"h\":1,\"l\":1,\"c\":1}]}'",
            "'{\"data\":[{\"t\":\"soon\",\"o\":1,\"h\":1,\"l\":1,\"c\":1,\"v\":1}]}'",
            "'{\"data\":[{\"t\":1348061400000,\"o\":3,\"h\":1,\"l\":1,\"c\":1,\"v\":1}]}'",
            "'{\"data\":[{\"t\":1348061400000,\"o\":1,\"h\":1,\"l\":1,\"c\":1,\"v\":1e999999}]}'"
        })
        void barsThatAreNoneAreGarbled(String body) {
            gateway.answers(HISTORY, body);

            assertEquals(Kind.GARBLED, kind(() -> session.dailyBars(AAPL, PortalGateway.NOW, 8)));
        }

        @ParameterizedTest
        @CsvSource({
            "RPB,LIVE",
            "DPB,DELAYED",
            "Z,DELAYED",
            "Y,DELAYED",
            "N,UNKNOWN",
            "O,UNKNOWN",
            "?,UNKNOWN",
            "r,UNKNOWN"
        })
        void theOriginIsWhatTheGatewaySaysOfItsData(String availability, Origin origin) {
            gateway.answers(HISTORY, PortalShapes.HISTORY).answers(SNAPSHOT, PortalShapes.quote(availability));

            session.dailyBars(AAPL, Instant.parse("2024-04-11T13:00:00Z"), 1);

            assertEquals(origin, session.identity().origin());
        }

        @Test
        void theFirstSnapshotOnlyOpensTheStream() {
            gateway.answers(HISTORY, PortalShapes.HISTORY);

            session.dailyBars(AAPL, Instant.parse("2024-04-11T13:00:00Z"), 1);

            assertEquals(Origin.LIVE, session.identity().origin());
            assertEquals(2, gateway.asked(SNAPSHOT));
            assertEquals(1, gateway.asked("/iserver/marketdata/unsubscribe"));
        }

        @Test
        void aSnapshotThatNeverComesIsUnknownAfterSixLooks() {
            gateway.answers(HISTORY, PortalShapes.HISTORY).answers(SNAPSHOT, "[{\"conid\":265598}]");

            session.dailyBars(AAPL, Instant.parse("2024-04-11T13:00:00Z"), 1);

            assertEquals(Origin.UNKNOWN, session.identity().origin());
            assertEquals(6, gateway.asked(SNAPSHOT));
        }

        @Test
        void answersThatCallThemselvesDelayedAre() {
            gateway.answers(HISTORY, PortalShapes.HISTORY.replace("\"mktDataDelay\":0", "\"mktDataDelay\":900"));

            session.dailyBars(AAPL, Instant.parse("2024-04-11T13:00:00Z"), 1);

            assertEquals(Origin.DELAYED, session.identity().origin());
        }
    }

    @Nested
    class Accounts {
        private static final String POSITIONS = "/portfolio/DU1234567/positions/";

        @BeforeEach
        void account() {
            gateway.answers("/portfolio/accounts", "[{\"id\":\"DU1234567\"}]")
                    .answers("/portfolio/DU1234567/positions/invalidate", "{\"message\":\"success\"}")
                    .answers("/portfolio/DU1234567/summary", PortalShapes.SUMMARY)
                    .answers(POSITIONS + "0", "[" + PortalShapes.position(265598, "10.0", "AAPL") + "]");
        }

        @Test
        void valueCashAndPositions() {
            AccountSnapshot snapshot = session.account("DU1234567");

            assertEquals(
                    new AccountSnapshot(
                            "DU1234567",
                            "USD",
                            new BigDecimal("246447.83"),
                            new BigDecimal("1000.5"),
                            List.of(new AccountSnapshot.Position(
                                    "AAPL", 265598, "USD", new BigDecimal("10.0"), new BigDecimal("100.25")))),
                    snapshot);
            assertEquals(1, gateway.asked(POSITIONS + "invalidate"));
        }

        @Test
        void positionsComeInPages() {
            StringBuilder full = new StringBuilder();
            for (int conid = 1; conid <= 100; conid++) {
                full.append(conid == 1 ? "" : ",").append(PortalShapes.position(conid, "1", "S" + conid));
            }
            gateway.answers(POSITIONS + "0", "[" + full + "]")
                    .answers(
                            POSITIONS + "1",
                            "[" + PortalShapes.position(265598, "\"1,000\"", "AAPL") + ","
                                    + PortalShapes.position(9, "0", "GONE") + "]");

            List<AccountSnapshot.Position> positions =
                    session.account("DU1234567").positions();

            assertEquals(101, positions.size() + 0L, "the one of zero shares is left out");
            assertEquals(new BigDecimal("1000"), positions.getLast().quantity());
        }

        @Test
        void anAccountWithoutValueIsNotMadeUp() {
            gateway.answers("/portfolio/DU1234567/summary", "{\"netliquidation\":{\"amount\":null}}");

            assertEquals(Kind.REFUSED, kind(() -> session.account("DU1234567")));
        }

        @Test
        void twoCurrenciesAreNotAdded() {
            gateway.answers(
                    "/portfolio/DU1234567/summary",
                    PortalShapes.SUMMARY.replaceFirst("\"currency\":\"USD\"", "\"currency\":\"EUR\""));

            assertEquals(Kind.GARBLED, kind(() -> session.account("DU1234567")));
        }

        @Test
        void executionsOfTodayInBothSpellings() {
            gateway.answers(
                    "/iserver/account/trades",
                    "["
                            + PortalShapes.trade("a.01.01", "B", "10", "\"192.26\"", "2012-09-20T12:00:00Z", "sw1-x")
                            + ","
                            + PortalShapes.trade("a.01.02", "BOT", "\"11\"", "192.27", "2012-09-20T12:00:00Z", "sw1-x")
                            + ","
                            + PortalShapes.trade("b.01.01", "SLD", "5", "10", "2012-09-20T12:30:00Z", "")
                            + ","
                            + PortalShapes.trade("c.01.01", "S", "5", "10", "2012-09-19T18:00:00Z", "")
                            + "]");

            List<Execution> executions = session.executions();

            assertEquals(2, executions.size(), "corrected ones count once, yesterday's not at all: " + executions);
            Execution corrected = executions.getFirst();
            assertEquals("a.01.02", corrected.execId());
            assertEquals(OrderTicket.Side.BUY, corrected.side());
            assertEquals(new BigDecimal("11"), corrected.quantity());
            assertEquals(new BigDecimal("192.27"), corrected.price());
            assertEquals(Optional.of(new BigDecimal("1.01")), corrected.commission());
            assertEquals("sw1-x", corrected.orderRef());
            assertEquals(OrderTicket.Side.SELL, executions.getLast().side());
        }

        @Test
        void aSideThatIsNoneIsGarbled() {
            gateway.answers(
                    "/iserver/account/trades",
                    "[" + PortalShapes.trade("a.01.01", "X", "10", "1", "2012-09-20T12:00:00Z", "") + "]");

            assertEquals(Kind.GARBLED, kind(session::executions));
        }

        @Test
        void anEmptyDay() {
            gateway.answers("/iserver/account/trades", "[]");

            assertEquals(List.of(), session.executions());
        }
    }

    @Test
    void whatIsNotThereIsNotTheGateway() {
        gateway.answers(STOCKS, aResponse().withStatus(404).withBody("<h1>Not Found</h1>"));

        assertEquals(Kind.GARBLED, kind(() -> session.instrument("AAPL")));
    }

    private static Kind kind(Runnable call) {
        return assertThrows(BrokerException.class, call::run).kind();
    }
}
