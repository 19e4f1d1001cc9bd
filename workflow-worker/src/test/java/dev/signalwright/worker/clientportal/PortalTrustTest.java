package dev.signalwright.worker.clientportal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.signalwright.worker.broker.BrokerException;
import dev.signalwright.worker.broker.BrokerException.Kind;
import dev.signalwright.worker.broker.BrokerSession;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class PortalTrustTest {
    private static final Duration WAIT = Duration.ofSeconds(15);

    @RegisterExtension
    static final WireMockExtension SERVER = PortalGateway.server();

    @RegisterExtension
    static final WireMockExtension PLAIN = WireMockExtension.newInstance()
            .options(WireMockConfiguration.wireMockConfig().dynamicPort().bindAddress("127.0.0.1"))
            .build();

    private final PortalGateway gateway = new PortalGateway(SERVER);

    @BeforeEach
    void loggedIn() {
        gateway.loggedIn();
    }

    @Test
    void thePinnedCertificateIsAcceptedUnderAnyName() {
        try (BrokerSession session = gateway.connect()) {
            assertEquals(List.of("DU1234567"), session.identity().accounts());
        }
    }

    @Test
    void anotherCertificateIsRefusedBeforeAnythingIsSent() {
        BrokerException refused = refused(gateway.address(Optional.of("ab".repeat(32)), Optional.empty(), WAIT));

        assertEquals(Kind.UNTRUSTED, refused.kind());
        assertTrue(refused.sentence().contains(GatewayTrust.printed(PortalGateway.fingerprint())), refused.sentence());
        assertTrue(refused.sentence().contains("not the pinned AB:AB:"), refused.sentence());
        assertEquals(0, gateway.asked("/iserver/auth/status"));
    }

    @Test
    void withoutAPinTheSentenceShowsTheFingerprintAndHowToPinIt() {
        BrokerException refused = refused(gateway.address(Optional.empty(), Optional.empty(), WAIT));

        assertEquals(Kind.UNTRUSTED, refused.kind());
        assertTrue(refused.sentence().contains(GatewayTrust.printed(PortalGateway.fingerprint())), refused.sentence());
        assertTrue(refused.sentence().contains("IBKR_PORTAL_CERTIFICATE_SHA256"), refused.sentence());
        assertTrue(refused.sentence().contains("keytool -printcert"), refused.sentence());
        assertEquals(0, gateway.asked("/iserver/auth/status"));
    }

    @Test
    void anAuthorityVouchesForTheNamesInTheCertificateOnly(@TempDir Path folder)
            throws IOException, CertificateEncodingException {
        Path file = Files.writeString(
                folder.resolve("ca.pem"),
                "-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(PortalGateway.certificate().getEncoded())
                        + "\n-----END CERTIFICATE-----\n");

        gateway.broker(at("localhost", Optional.of(file))).connect(WAIT).close();

        assertEquals(Kind.UNTRUSTED, refused(at("127.0.0.1", Optional.of(file))).kind());
    }

    private PortalAddress at(String host, Optional<Path> caFile) {
        return new PortalAddress(host, gateway.port(), Optional.empty(), caFile, true, WAIT, WAIT, WAIT);
    }

    @Test
    void aFileWithoutCertificatesIsNamed(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("ca.pem"), "nothing here\n");

        BrokerException refused = refused(gateway.address(Optional.empty(), Optional.of(file), WAIT));

        assertEquals(Kind.UNTRUSTED, refused.kind());
        assertTrue(refused.sentence().contains("IBKR_PORTAL_CA_FILE"), refused.sentence());
    }

    @Test
    void plainHttpIsSpokenOnlyWhenToldSo() {
        PortalGateway plain = new PortalGateway(PLAIN).loggedIn();
        plain.broker(plainAt(false)).connect(WAIT).close();

        BrokerException refused = refused(plainAt(true));

        assertEquals(Kind.GARBLED, refused.kind());
        assertTrue(refused.sentence().contains("does not speak TLS"), refused.sentence());
    }

    private static PortalAddress plainAt(boolean tls) {
        return new PortalAddress(
                "127.0.0.1", PLAIN.getPort(), Optional.empty(), Optional.empty(), tls, WAIT, WAIT, WAIT);
    }

    @Test
    void nobodyListening() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        BrokerException refused = refused(
                new PortalAddress("127.0.0.1", free, Optional.empty(), Optional.empty(), true, WAIT, WAIT, WAIT));

        assertEquals(Kind.UNREACHABLE, refused.kind());
        assertTrue(refused.sentence().contains("Start the Client Portal gateway"), refused.sentence());
    }

    private BrokerException refused(PortalAddress address) {
        return assertThrows(BrokerException.class, () -> gateway.broker(address).connect(WAIT));
    }
}
