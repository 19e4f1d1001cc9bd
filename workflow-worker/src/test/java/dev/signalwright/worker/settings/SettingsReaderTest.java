package dev.signalwright.worker.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signalwright.worker.platform.Environment;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsReaderTest {
    private static final Map<String, String> LEAST =
            Map.of("SIGNALWRIGHT_HOME", "/srv/sw", "ARTIFACT_SERVICE_TOKEN", "t0ken");

    @Test
    void readsEveryDocumentedVariable(@TempDir Path folder) throws IOException {
        Path token = Files.writeString(folder.resolve("worker"), "worker-token\n");
        Path key = Files.writeString(folder.resolve("key"), "model-key\n");
        Settings settings = valid(Map.ofEntries(
                Map.entry("SIGNALWRIGHT_HOME", "/srv/sw"),
                Map.entry("SPOOL_DIR", "/srv/spool"),
                Map.entry("SYMBOLS", " ibm, brk.b,IBM ,"),
                Map.entry("STRATEGY", "mine@2"),
                Map.entry("WORKFLOW_TIMEZONE", "Europe/Berlin"),
                Map.entry("WORKFLOW_LATE_AFTER", "PT5M"),
                Map.entry("ARTIFACT_SERVICE_URL", "https://artifacts.example"),
                Map.entry("ARTIFACT_SERVICE_TOKEN_FILE", token.toString()),
                Map.entry("IBKR_HOST", "gateway"),
                Map.entry("IBKR_PORT", "7497"),
                Map.entry("IBKR_CLIENT_ID", "0"),
                Map.entry("IBKR_ADAPTER", "tws"),
                Map.entry("LLM_PROVIDER", "openai"),
                Map.entry("LLM_MODEL", "m"),
                Map.entry("LLM_API_KEY_FILE", key.toString()),
                Map.entry("LLM_API_BASE_URL", "http://localhost:11434/v1"),
                Map.entry("MLFLOW_TRACKING_URI", "http://localhost:5000"),
                Map.entry("TRADING_MODE", "live"),
                Map.entry("LIVE_TRADING_ACCOUNT", "U1")));
        assertEquals(Path.of("/srv/sw"), settings.home());
        assertEquals(Path.of("/srv/spool"), settings.spoolDir());
        assertEquals(List.of("IBM", "BRK.B"), settings.symbols());
        assertEquals("mine@2", settings.strategy());
        assertEquals(ZoneId.of("Europe/Berlin"), settings.zone());
        assertEquals(Duration.ofMinutes(5), settings.lateAfter());
        assertEquals(
                URI.create("https://artifacts.example"),
                settings.artifactService().url());
        assertEquals("worker-token", settings.artifactService().token().reveal());
        assertEquals(new Settings.GatewaySettings("gateway", 7497, 0), settings.gateway());
        assertEquals(Settings.Provider.OPENAI, settings.model().provider());
        assertEquals(Optional.of("m"), settings.model().model());
        assertEquals("model-key", settings.model().apiKey().orElseThrow().reveal());
        assertEquals(
                Optional.of(URI.create("http://localhost:11434/v1")),
                settings.model().baseUrl());
        assertEquals(Optional.of(URI.create("http://localhost:5000")), settings.mlflow());
        assertEquals(new Settings.TradingSettings(Settings.TradingMode.LIVE, Optional.of("U1")), settings.trading());
    }

    @Test
    void fillsInTheContractsDefaults() {
        Settings settings = valid(LEAST);
        assertEquals(Path.of("/srv/sw/spool"), settings.spoolDir());
        assertEquals(List.of("AAPL", "MSFT", "IBM"), settings.symbols());
        assertEquals("llm-chart@1", settings.strategy());
        assertEquals(ZoneId.of("America/New_York"), settings.zone());
        assertEquals(Duration.ofMinutes(30), settings.lateAfter());
        assertEquals(Settings.Provider.RULES, settings.model().provider());
        assertEquals(Settings.TradingMode.OFF, settings.trading().mode());
        assertTrue(settings.mlflow().isEmpty());
    }

    @Test
    void tellsAllProblemsAtOnceAndNoSecret() {
        Map<String, String> wrong = new HashMap<>(Map.of(
                "SYMBOLS", "AAPL,../etc,1X",
                "WORKFLOW_TIMEZONE", "Mars/Base",
                "WORKFLOW_LATE_AFTER", "half an hour",
                "IBKR_PORT", "70000",
                "LLM_PROVIDER", "chatgpt",
                "TRADING_MODE", "LIVE",
                "MLFLOW_TRACKING_URI", "http://user:canary@host",
                "LLM_API_KEY_FILE", "/does/not/exist"));
        List<String> problems = assertInstanceOf(
                        SettingsReading.Invalid.class, SettingsReader.read(new Environment(wrong)))
                .problems();
        assertEquals(11, problems.size(), problems.toString());
        assertFalse(problems.toString().contains("canary"));
        for (String name : List.of("SIGNALWRIGHT_HOME", "\"../etc\"", "\"1X\"", "Mars/Base", "IBKR_PORT", "chatgpt")) {
            assertTrue(problems.stream().anyMatch(problem -> problem.contains(name)), name + " in " + problems);
        }
    }

    @Test
    void theClientPortalHasItsOwnPortAndItsOwnTrust(@TempDir Path folder) throws IOException {
        Path authority = Files.writeString(folder.resolve("ca.pem"), "-");

        assertEquals(5000, portal(Map.of()).port());
        assertEquals(
                new Settings.PortalSettings(Optional.empty(), Optional.empty(), true),
                portal(Map.of()).portal().orElseThrow());
        assertEquals(
                Optional.of("ab".repeat(32)),
                portal(Map.of("IBKR_PORTAL_CERTIFICATE_SHA256", "AB:".repeat(31) + "AB"))
                        .portal()
                        .orElseThrow()
                        .certificateSha256());
        assertEquals(
                Optional.of(authority),
                portal(Map.of("IBKR_PORTAL_CA_FILE", authority.toString()))
                        .portal()
                        .orElseThrow()
                        .caFile());
        assertFalse(
                portal(Map.of("IBKR_PORTAL_TLS", "off")).portal().orElseThrow().tls());
        assertTrue(valid(LEAST).gateway().portal().isEmpty());
    }

    @Test
    void nothingSwitchesThePortalsChecksOffByAccident() {
        assertProblem("IBKR_PORTAL_TLS", Map.of("IBKR_PORTAL_TLS", "off", "IBKR_HOST", "gateway.example"));
        assertProblem("IBKR_PORTAL_TLS", Map.of("IBKR_PORTAL_TLS", "false"));
        assertProblem("IBKR_PORTAL_CERTIFICATE_SHA256", Map.of("IBKR_PORTAL_CERTIFICATE_SHA256", "none"));
        assertProblem("IBKR_PORTAL_CA_FILE", Map.of("IBKR_PORTAL_CA_FILE", "/does/not/exist"));
        assertProblem("IBKR_ADAPTER", Map.of("IBKR_ADAPTER", "portal"));
    }

    private static void assertProblem(String name, Map<String, String> more) {
        Map<String, String> variables = new HashMap<>(LEAST);
        variables.put("IBKR_ADAPTER", "client-portal");
        variables.putAll(more);
        List<String> problems = assertInstanceOf(
                        SettingsReading.Invalid.class, SettingsReader.read(new Environment(variables)))
                .problems();
        assertEquals(1, problems.size(), problems.toString());
        assertTrue(problems.getFirst().startsWith(name), problems.toString());
    }

    private static Settings.GatewaySettings portal(Map<String, String> more) {
        Map<String, String> variables = new HashMap<>(LEAST);
        variables.put("IBKR_ADAPTER", "client-portal");
        variables.putAll(more);
        return valid(variables).gateway();
    }

    private static Settings valid(Map<String, String> variables) {
        return assertInstanceOf(SettingsReading.Valid.class, SettingsReader.read(new Environment(variables)))
                .settings();
    }
}
