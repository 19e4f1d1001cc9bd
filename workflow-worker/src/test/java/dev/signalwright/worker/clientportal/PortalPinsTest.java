package dev.signalwright.worker.clientportal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.signalwright.worker.broker.BrokerException;
import dev.signalwright.worker.broker.BrokerException.Kind;
import dev.signalwright.worker.broker.BrokerSession;
import dev.signalwright.worker.market.Instrument;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a ticker stands for where {@code IBKR_CONTRACTS} says it. */
class PortalPinsTest {
    private static final String TWO = """
            {"AAPL":[{"name":"APPLE INC","assetClass":"STK","contracts":[
            {"conid":265598,"exchange":"NASDAQ","isUS":true}]},
            {"name":"OTHER CORP","assetClass":"STK","contracts":[{"conid":7,"exchange":"PINK","isUS":true}]}]}""";

    @RegisterExtension
    static final WireMockExtension SERVER = PortalGateway.server();

    private final PortalGateway gateway = new PortalGateway(SERVER);

    @BeforeEach
    void logIn() {
        gateway.loggedIn()
                .answers("/trsrv/stocks", TWO)
                .answers("/iserver/contract/265598/info-and-rules", PortalShapes.rules("USD", "0.01"));
    }

    private Instrument resolved(String contracts) {
        try (BrokerSession session =
                gateway.broker(gateway.address(), contracts).connect(Duration.ofSeconds(15))) {
            return session.instrument("AAPL");
        }
    }

    private BrokerException refused(String contracts) {
        return assertThrows(BrokerException.class, () -> resolved(contracts));
    }

    @Test
    void aNumberChoosesAmongSeveral() {
        Instrument chosen = resolved("AAPL=265598");

        assertEquals(265598, chosen.conid());
        assertEquals("NASDAQ", chosen.primaryExchange());
    }

    @Test
    void aListingChoosesAmongSeveral() {
        assertEquals(265598, resolved("MSFT=NYSE/USD,AAPL=NASDAQ/USD").conid());
    }

    @Test
    void withoutAPinTheSentenceShowsHowToWriteOne() {
        BrokerException refused = refused("");

        assertEquals(Kind.AMBIGUOUS, refused.kind());
        assertTrue(refused.sentence().endsWith("Put the one you mean into IBKR_CONTRACTS, for example AAPL=265598."));
    }

    @Test
    void aNumberOfAnotherStockIsRefused() {
        gateway.answers(
                "/iserver/contract/8314/info-and-rules",
                PortalShapes.rules("USD", "0.01").replace("AAPL", "IBM").replace("APPLE INC", "IBM CORP"));

        BrokerException refused = refused("AAPL=8314");

        assertEquals(Kind.AMBIGUOUS, refused.kind());
        assertTrue(refused.sentence().contains("contract 8314 is IBM (IBM CORP), not AAPL"), refused.sentence());
    }

    @Test
    void aListingThatIsNoneOfThemIsUnknown() {
        BrokerException refused = refused("AAPL=IBIS/EUR");

        assertEquals(Kind.UNKNOWN_SYMBOL, refused.kind());
        assertTrue(refused.sentence().contains("no US stock of that name at IBIS"), refused.sentence());
    }
}
