package dev.signalwright.worker.clientportal;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static dev.signalwright.worker.clientportal.PortalGateway.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.signalwright.worker.artifacts.Origin;
import dev.signalwright.worker.broker.BrokerException;
import dev.signalwright.worker.broker.BrokerException.Kind;
import dev.signalwright.worker.broker.BrokerSession;
import dev.signalwright.worker.broker.GatewayIdentity;
import dev.signalwright.worker.broker.GatewayIdentity.AccountKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PortalLoginTest {
    private static final String STATUS = "/iserver/auth/status";
    private static final String INIT = "/iserver/auth/ssodh/init";
    private static final String CONNECTED =
            "{\"authenticated\":false,\"established\":false,\"competing\":false,\"connected\":true,\"fail\":\"\"}";
    private static final String DISCONNECTED =
            "{\"authenticated\":false,\"competing\":false,\"connected\":false,\"message\":\"no route\"}";
    private static final String COMPETING =
            "{\"authenticated\":true,\"established\":true,\"competing\":true,\"connected\":true}";

    @RegisterExtension
    static final WireMockExtension SERVER = PortalGateway.server();

    private final PortalGateway gateway = new PortalGateway(SERVER);

    @BeforeEach
    void loggedIn() {
        gateway.loggedIn();
    }

    @Test
    void anOpenSessionIsUsedAsItIs() {
        try (BrokerSession session = gateway.connect()) {
            GatewayIdentity identity = session.identity();
            assertEquals(List.of("DU1234567"), identity.accounts());
            assertEquals(AccountKind.PAPER, identity.kind());
            assertEquals(Origin.LIVE, identity.origin());
            assertEquals(Optional.empty(), identity.simulatedClock());
        }
        assertEquals(0, gateway.asked(INIT));
        LoggedRequest first = gateway.requests(STATUS).getFirst();
        assertEquals("POST", first.getMethod().getName());
        assertEquals("2", first.getHeader("Content-Length"));
        assertEquals("application/json", first.getHeader("Content-Type"));
        assertEquals("signalwright-worker", first.getHeader("User-Agent"));
    }

    @Test
    void theBrokerageSessionIsOpenedOnceAndNobodyIsPushedAside() {
        gateway.answers(STATUS, CONNECTED, CONNECTED, CONNECTED, PortalGateway.AUTHENTICATED)
                .answers(INIT, CONNECTED);

        gateway.connect().close();

        assertEquals(1, gateway.asked(INIT));
        assertEquals(
                "{\"publish\":true,\"compete\":false}",
                gateway.requests(INIT).getFirst().getBodyAsString());
    }

    @Test
    void withoutALoginAPersonIsAskedForWithinTheDeadline() {
        gateway.answers(STATUS, CONNECTED).answers(INIT, CONNECTED);

        BrokerException refused = refused();

        assertEquals(Kind.LOGIN_NEEDED, refused.kind());
        assertTrue(refused.sentence().contains("browser"), refused.sentence());
        assertEquals(1, gateway.asked(INIT));
        assertTrue(gateway.getAsLong() <= Duration.ofSeconds(15).toNanos());
    }

    @Test
    void aGatewayWithoutConnectionIsWokenByATickle() {
        gateway.answers(STATUS, DISCONNECTED, DISCONNECTED, PortalGateway.AUTHENTICATED);

        gateway.connect().close();

        assertTrue(gateway.asked("/tickle") >= 1);
        assertEquals(0, gateway.asked(INIT));
    }

    @Test
    void aGatewayThatStaysWithoutConnectionIsToldApartFromALogin() {
        gateway.answers(STATUS, DISCONNECTED);

        BrokerException refused = refused();

        assertEquals(Kind.DISCONNECTED, refused.kind());
        assertTrue(refused.sentence().contains("no route"), refused.sentence());
    }

    @Test
    void aCompetingSessionIsLeftAlone() {
        gateway.answers(STATUS, COMPETING);

        assertEquals(Kind.COMPETING_SESSION, refused().kind());
        assertEquals(0, gateway.asked(INIT));
    }

    @Test
    void gatewaysThatOnlyKnowGetAreAskedByGet() {
        SERVER.stubFor(com.github.tomakehurst.wiremock.client.WireMock.post("/v1/api" + STATUS)
                .willReturn(aResponse().withStatus(405)));

        gateway.connect().close();

        assertEquals("GET", gateway.requests(STATUS).getLast().getMethod().getName());
    }

    @ParameterizedTest
    @CsvSource({
        "401,LOGIN_NEEDED",
        "302,LOGIN_NEEDED",
        "429,PACING",
        "503,DISCONNECTED",
        "500,DISCONNECTED",
        "404,GARBLED",
        "400,REFUSED"
    })
    void everyStatusHasItsMeaning(int status, Kind kind) {
        gateway.answers(STATUS, aResponse().withStatus(status).withBody("<html>no</html>"));

        assertEquals(kind, refused().kind());
    }

    @Test
    void afterALockOutNothingMoreIsAsked() {
        try (BrokerSession session = gateway.connect()) {
            gateway.answers("/tickle", aResponse().withStatus(429));
            assertEquals(Kind.PACING, kind(session::currentTime));
            assertEquals(Kind.PACING, kind(session::currentTime));
        }
        assertEquals(1, gateway.asked("/tickle"));
    }

    @Test
    void garbageIsNotJson() {
        gateway.answers(STATUS, aResponse().withStatus(200).withBody("{\"authenticated\":tr"));
        assertEquals(Kind.GARBLED, refused().kind());

        gateway.answers(STATUS, json(200, "{\"authenticated\":\"perhaps\"}"));
        assertEquals(Kind.GARBLED, refused().kind());
    }

    @Test
    void aBodyWithoutEndIsCutOff() {
        gateway.answers(STATUS, json(200, "\"" + "x".repeat(5 * 1024 * 1024) + "\""));

        assertEquals(Kind.GARBLED, refused().kind());
    }

    @Test
    void silenceAndABrokenConnectionAreToldApart() {
        gateway.answers(STATUS, json(200, PortalGateway.AUTHENTICATED).withFixedDelay(60_000));
        PortalAddress hasty =
                gateway.address(Optional.of(PortalGateway.fingerprint()), Optional.empty(), Duration.ofMillis(700));
        assertEquals(Kind.SILENT, kind(() -> gateway.broker(hasty).connect(Duration.ofSeconds(15))));

        gateway.answers(STATUS, new ResponseDefinitionBuilder().withFault(Fault.CONNECTION_RESET_BY_PEER));
        assertEquals(Kind.DISCONNECTED, refused().kind());
    }

    @ParameterizedTest
    @CsvSource({
        "'\"U7654321\"',false,LIVE",
        "'\"DF1\"',true,PAPER",
        "'\"DU1\",\"U2\"',false,LIVE",
        "'\"All\",\"DU1\"',true,PAPER"
    })
    void theAccountsNumbersTellTheirKind(String accounts, boolean paper, AccountKind kind) {
        gateway.answers("/iserver/accounts", "{\"accounts\":[" + accounts + "],\"isPaper\":" + paper + "}");

        try (BrokerSession session = gateway.connect()) {
            assertEquals(kind, session.identity().kind());
        }
    }

    @ParameterizedTest
    @CsvSource({"'\"U7654321\"',true", "'\"DU1\"',false", "'\"SIM0001\"',true", "'\"SIM0001\"',false"})
    void contradictionsAreNoGateway(String accounts, boolean paper) {
        gateway.answers("/iserver/accounts", "{\"accounts\":[" + accounts + "],\"isPaper\":" + paper + "}");

        assertEquals(Kind.WRONG_GATEWAY, refused().kind());
    }

    @ParameterizedTest
    @CsvSource({"''", "'\"../x\"'"})
    void accountsThatAreNoneAreGarbled(String accounts) {
        gateway.answers("/iserver/accounts", "{\"accounts\":[" + accounts + "]}");

        assertEquals(Kind.GARBLED, refused().kind());
    }

    @Test
    void theTimeIsTheAnswersDateElseThisMachines() {
        try (BrokerSession session = gateway.connect()) {
            assertEquals(PortalGateway.NOW, session.currentTime());
            gateway.answers("/tickle", json(200, "{}").withHeader("Date", "Thu, 20 Sep 2012 14:30:00 GMT"));
            assertEquals(Instant.parse("2012-09-20T14:30:00Z"), session.currentTime());
        }
    }

    private BrokerException refused() {
        return assertThrows(BrokerException.class, gateway::connect);
    }

    private static Kind kind(Runnable call) {
        return assertThrows(BrokerException.class, call::run).kind();
    }
}
