package dev.signalwright.worker.settings;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * The validated settings of contract section 7, read once from the environment.
 *
 * @param home {@code SIGNALWRIGHT_HOME}
 * @param spoolDir {@code SPOOL_DIR}
 * @param symbols {@code SYMBOLS}
 * @param strategy {@code STRATEGY}
 * @param zone {@code WORKFLOW_TIMEZONE}
 * @param lateAfter {@code WORKFLOW_LATE_AFTER}
 * @param artifactService where artifacts go
 * @param gateway the broker's gateway
 * @param model the analyst
 * @param mlflow {@code MLFLOW_TRACKING_URI}; empty when no tracking server is set
 * @param trading what may be ordered
 */
public record Settings(
        Path home,
        Path spoolDir,
        List<String> symbols,
        String strategy,
        ZoneId zone,
        Duration lateAfter,
        ArtifactServiceSettings artifactService,
        GatewaySettings gateway,
        ModelSettings model,
        Optional<URI> mlflow,
        TradingSettings trading) {

    public Settings {
        symbols = List.copyOf(symbols);
    }

    /**
     * @param url {@code ARTIFACT_SERVICE_URL}
     * @param token {@code ARTIFACT_SERVICE_TOKEN} or the content of {@code ARTIFACT_SERVICE_TOKEN_FILE}
     */
    public record ArtifactServiceSettings(URI url, Secret token) {}

    /**
     * {@code IBKR_HOST}, {@code IBKR_PORT}, {@code IBKR_CLIENT_ID}.
     *
     * @param contracts {@code IBKR_CONTRACTS} as it stands; the gateway's client reads it
     * @param prices {@code IBKR_MARKET_DATA}
     * @param restart {@code IBKR_RESTART_TIME}, in {@code WORKFLOW_TIMEZONE}
     * @param portal how to trust the Client Portal gateway; present when {@code IBKR_ADAPTER} is {@code client-portal}
     */
    public record GatewaySettings(
            String host,
            int port,
            int clientId,
            String contracts,
            Prices prices,
            Optional<LocalTime> restart,
            Optional<PortalSettings> portal) {
        /** Nothing but the address. */
        public GatewaySettings(String host, int port, int clientId) {
            this(host, port, clientId, "", Prices.LIVE, Optional.empty(), Optional.empty());
        }
    }

    /** Which prices the gateway is asked for. */
    public enum Prices {
        LIVE,
        DELAYED
    }

    /**
     * What vouches for the Client Portal gateway's certificate; with neither, the system's authorities.
     *
     * @param certificateSha256 {@code IBKR_PORTAL_CERTIFICATE_SHA256}: 64 lower-case hexadecimal digits
     * @param caFile {@code IBKR_PORTAL_CA_FILE}: certificates in PEM form
     * @param tls false when {@code IBKR_PORTAL_TLS} is {@code off}, which only a loopback address allows
     */
    public record PortalSettings(Optional<String> certificateSha256, Optional<Path> caFile, boolean tls) {}

    /**
     * @param provider {@code LLM_PROVIDER}
     * @param model {@code LLM_MODEL}; empty means the provider's default in this build
     * @param apiKey {@code LLM_API_KEY}
     * @param baseUrl {@code LLM_API_BASE_URL}
     */
    public record ModelSettings(
            Provider provider, Optional<String> model, Optional<Secret> apiKey, Optional<URI> baseUrl) {}

    /** Who reads the charts. Never inferred from a key. */
    public enum Provider {
        RULES,
        OPENAI,
        ANTHROPIC
    }

    /**
     * @param mode {@code TRADING_MODE}
     * @param liveAccount {@code LIVE_TRADING_ACCOUNT}
     */
    public record TradingSettings(TradingMode mode, Optional<String> liveAccount) {}

    /** Orders go only to an account of exactly this kind. */
    public enum TradingMode {
        OFF,
        SIMULATED,
        PAPER,
        LIVE
    }
}
