package dev.signalwright.worker.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signalwright.worker.gatewaycheck.Finding;
import dev.signalwright.worker.gatewaycheck.Finding.State;
import dev.signalwright.worker.gatewaycheck.GatewayDoctor;
import dev.signalwright.worker.settings.Secret;
import dev.signalwright.worker.settings.Settings;
import dev.signalwright.worker.settings.Settings.TradingMode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code doctor-gateway} at the simulated gateway, over its real wire. */
class GatewayDoctorTest {
    private final List<Finding> findings = new ArrayList<>();
    private Desk desk;

    @BeforeEach
    void open() throws IOException {
        desk = Desk.onHistory();
    }

    @AfterEach
    void close() throws IOException {
        desk.close();
    }

    private boolean examined(String symbol, TradingMode mode) {
        int port = desk.gateway.port();
        Settings settings = new Settings(
                Path.of("unused"),
                Path.of("unused", "spool"),
                List.of(symbol),
                "llm-chart@1",
                ZoneId.of("America/New_York"),
                Duration.ofMinutes(30),
                new Settings.ArtifactServiceSettings(URI.create("http://127.0.0.1:9"), new Secret("unused")),
                new Settings.GatewaySettings("127.0.0.1", port, 1),
                new Settings.ModelSettings(
                        Settings.Provider.RULES, Optional.empty(), Optional.empty(), Optional.empty()),
                Optional.empty(),
                new Settings.TradingSettings(mode, Optional.empty()));
        return new GatewayDoctor(desk.broker(port, Desk.PATIENCE, 2), settings, Clock.systemUTC())
                .examine(findings::add);
    }

    private List<String> steps(State state) {
        return findings.stream()
                .filter(finding -> finding.state() == state)
                .map(Finding::step)
                .toList();
    }

    private String text(String step) {
        return findings.stream()
                .filter(finding -> finding.step().equals(step))
                .findFirst()
                .orElseThrow()
                .text();
    }

    @Test
    void everyStepIsWellAtTheSimulator() {
        assertTrue(examined("AAPL", TradingMode.SIMULATED), findings.toString());

        assertEquals(
                List.of(
                        "port",
                        "handshake",
                        "accounts",
                        "paper or live",
                        "clock",
                        "orders",
                        "contract",
                        "history",
                        "market data"),
                steps(State.OK));
        assertTrue(text("clock").contains("2012-09-20T13:"), text("clock"));
        assertTrue(text("history").endsWith("the last of 2012-09-19"), text("history"));
    }

    @Test
    void nobodyAtThePortIsTheOnlyFinding() throws IOException {
        desk.close();

        assertFalse(examined("AAPL", TradingMode.SIMULATED));

        assertEquals(1, findings.size());
        assertEquals(List.of("port"), steps(State.MISSING));
        assertTrue(text("port").contains("127.0.0.1:" + desk.gateway.port()), text("port"));
    }

    @Test
    void anAccountThatTheTradingModeDoesNotFitIsNamedWithWhatToChange() {
        assertFalse(examined("AAPL", TradingMode.PAPER));

        assertEquals(List.of("paper or live"), steps(State.MISSING));
        assertTrue(text("paper or live").contains("Set TRADING_MODE to off or simulated"), text("paper or live"));
    }

    @Test
    void aTickerThatNobodyKnowsEndsWithTheContract() {
        assertFalse(examined("NOSUCH", TradingMode.SIMULATED));

        assertEquals(List.of("contract"), steps(State.MISSING));
        assertEquals("contract", findings.getLast().step());
    }
}
