package dev.signalwright.worker.clientportal;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.signalwright.worker.broker.Broker;
import dev.signalwright.worker.broker.BrokerSession;
import dev.signalwright.worker.platform.Sleeper;
import dev.signalwright.worker.testing.RecordingLog;
import dev.signalwright.worker.tws.ContractPin;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * A Client Portal gateway on a random port of this machine: real TLS with a certificate it signed itself, recorded
 * answers. Waiting takes no time: whoever sleeps moves the clock.
 */
final class PortalGateway implements Sleeper, LongSupplier {
    static final String AUTHENTICATED = """
            {"authenticated":true,"established":true,"competing":false,"connected":true,"message":"","MAC":"00:00",
            "serverInfo":{"serverName":"x","serverVersion":"10.44"},"hardware_info":"y","fail":""}""";
    static final String ACCOUNTS = """
            {"accounts":["DU1234567"],"acctProps":{},"aliases":{},"allowFeatures":{},"chartPeriods":{},"groups":[],
            "profiles":[],"selectedAccount":"DU1234567","serverInfo":{},"sessionId":"s","isFT":false,"isPaper":true}""";
    static final Instant NOW = Instant.parse("2012-09-20T13:00:00Z");
    private static final String PASSWORD = "testing";
    private static final Path KEYS = keys();

    final RecordingLog log = new RecordingLog();
    final List<Duration> slept = new ArrayList<>();
    private final AtomicLong nanos = new AtomicLong();
    private final WireMockExtension server;
    private int scenarios;

    PortalGateway(WireMockExtension server) {
        this.server = server;
    }

    static WireMockExtension server() {
        return WireMockExtension.newInstance()
                .options(WireMockConfiguration.wireMockConfig()
                        .httpDisabled(true)
                        .dynamicHttpsPort()
                        .extensions(new HistoryAnswers())
                        .bindAddress("127.0.0.1")
                        .keystorePath(KEYS.toString())
                        .keystoreType("PKCS12")
                        .keystorePassword(PASSWORD)
                        .keyManagerPassword(PASSWORD))
                .build();
    }

    private static Path keys() {
        try {
            Path file = Files.createTempDirectory("portal").resolve("keys.p12");
            Process keytool = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "keytool")
                                    .toString(),
                            "-genkeypair",
                            "-alias",
                            "gateway",
                            "-keyalg",
                            "EC",
                            "-validity",
                            "2",
                            "-dname",
                            "CN=localhost",
                            "-ext",
                            "SAN=dns:localhost",
                            "-storetype",
                            "PKCS12",
                            "-keystore",
                            file.toString(),
                            "-storepass",
                            PASSWORD)
                    .redirectErrorStream(true)
                    .start();
            String said = new String(keytool.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            if (keytool.waitFor() != 0) {
                throw new IllegalStateException(said);
            }
            file.toFile().deleteOnExit();
            file.getParent().toFile().deleteOnExit();
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static X509Certificate certificate() {
        try (InputStream in = Files.newInputStream(KEYS)) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, PASSWORD.toCharArray());
            return (X509Certificate) store.getCertificate("gateway");
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static String fingerprint() {
        try {
            return GatewayTrust.fingerprint(certificate());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Each time the path is asked, the next answer; the last one for good. */
    PortalGateway answers(String path, String... bodies) {
        ResponseDefinitionBuilder[] responses = new ResponseDefinitionBuilder[bodies.length];
        for (int i = 0; i < bodies.length; i++) {
            responses[i] = json(200, bodies[i]);
        }
        return answers(path, responses);
    }

    PortalGateway answers(String path, ResponseDefinitionBuilder... responses) {
        String scenario = path + " " + scenarios++; // what was told before must not count
        for (int i = 0; i < responses.length; i++) {
            server.stubFor(any(urlPathEqualTo("/v1/api" + path))
                    .inScenario(scenario)
                    .whenScenarioStateIs(i == 0 ? Scenario.STARTED : "answered " + i)
                    .willReturn(responses[i])
                    .willSetStateTo(
                            responses.length == 1
                                    ? Scenario.STARTED
                                    : "answered " + Math.min(i + 1, responses.length - 1)));
        }
        return this;
    }

    static ResponseDefinitionBuilder json(int status, String body) {
        return aResponse()
                .withStatus(status)
                .withHeader("Content-Type", "application/json")
                .withBody(body);
    }

    PortalGateway loggedIn() {
        return answers("/iserver/auth/status", AUTHENTICATED)
                .answers("/iserver/accounts", ACCOUNTS)
                .answers("/tickle", "{\"session\":\"0a\",\"ssoExpires\":460311,\"iserver\":{}}");
    }

    int asked(String path) {
        return requests(path).size();
    }

    List<LoggedRequest> requests(String path) {
        return server.findAll(
                com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor(urlPathEqualTo("/v1/api" + path)));
    }

    int port() {
        return server.getHttpsPort();
    }

    PortalAddress address() {
        return address(Optional.of(fingerprint()), Optional.empty(), Duration.ofSeconds(20));
    }

    PortalAddress address(Optional<String> pin, Optional<Path> caFile, Duration wait) {
        return new PortalAddress("127.0.0.1", port(), pin, caFile, true, wait, wait, wait);
    }

    Broker broker() {
        return broker(address());
    }

    Broker broker(PortalAddress address) {
        return broker(address, "");
    }

    /** @param contracts {@code IBKR_CONTRACTS} */
    Broker broker(PortalAddress address, String contracts) {
        return new PortalBroker(
                address,
                ContractPin.read(contracts),
                Optional.empty(),
                Clock.fixed(NOW, ZoneOffset.UTC),
                this,
                this,
                log);
    }

    BrokerSession connect() {
        return broker().connect(Duration.ofSeconds(15));
    }

    /** One that is told to stop waiting for answers early. */
    BrokerSession connectHasty() {
        return broker(new PortalAddress(
                        "127.0.0.1",
                        port(),
                        Optional.of(fingerprint()),
                        Optional.empty(),
                        true,
                        Duration.ofSeconds(20),
                        Duration.ofMillis(300),
                        Duration.ofMillis(300)))
                .connect(Duration.ofSeconds(15));
    }

    @Override
    public void sleep(Duration time) {
        slept.add(time);
        nanos.addAndGet(time.toNanos());
    }

    @Override
    public long getAsLong() {
        return nanos.get();
    }
}
