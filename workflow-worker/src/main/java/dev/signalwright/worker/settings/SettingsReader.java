package dev.signalwright.worker.settings;

import dev.signalwright.worker.platform.Environment;
import dev.signalwright.worker.settings.Settings.ArtifactServiceSettings;
import dev.signalwright.worker.settings.Settings.GatewaySettings;
import dev.signalwright.worker.settings.Settings.ModelSettings;
import dev.signalwright.worker.settings.Settings.PortalSettings;
import dev.signalwright.worker.settings.Settings.TradingMode;
import dev.signalwright.worker.settings.Settings.TradingSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;

/**
 * Reads the settings of contract section 7 from the environment. The file {@code settings.env} is the launcher's
 * business; here only variables count. All problems are found in one reading, so that nobody repairs them one by one.
 */
public final class SettingsReader {
    private static final URI DEFAULT_SERVICE = URI.create("http://127.0.0.1:8480");
    private static final int DEFAULT_GATEWAY_PORT = 4002;
    private static final String CONTRACT = "[A-Z][A-Z0-9.\\- ]{0,14}=([1-9][0-9]{0,8}|[A-Z0-9.]{1,16}/[A-Z]{3})";
    private static final int DEFAULT_PORTAL_PORT = 5000;

    private SettingsReader() {}

    /** Reads and checks everything. Touches the disk only for {@code NAME_FILE} secrets. */
    public static SettingsReading read(Environment environment) {
        Variables variables = new Variables(environment);
        Path home = variables.path("SIGNALWRIGHT_HOME").orElseGet(() -> {
            variables.problem("SIGNALWRIGHT_HOME is not set. Set it to the folder that holds Signalwright's state.");
            return Path.of("");
        });
        Path spoolDir = variables.path("SPOOL_DIR").orElse(home.resolve("spool"));
        List<String> symbols = variables.symbols("SYMBOLS", "AAPL,MSFT,IBM");
        String strategy = variables.word("STRATEGY", "[A-Za-z0-9._@-]{1,64}", "llm-chart@1");
        ZoneId zone = variables.zone("WORKFLOW_TIMEZONE", "America/New_York");
        Duration lateAfter = variables.duration("WORKFLOW_LATE_AFTER", "PT30M");
        ArtifactServiceSettings artifactService = artifactService(variables);
        GatewaySettings gateway = gateway(variables);
        ModelSettings model = model(variables);
        var mlflow = variables.uri("MLFLOW_TRACKING_URI");
        TradingSettings trading = new TradingSettings(
                variables.choice("TRADING_MODE", TradingMode.class, TradingMode.OFF),
                variables.text("LIVE_TRADING_ACCOUNT"));
        if (!variables.problems().isEmpty()) {
            return new SettingsReading.Invalid(variables.problems());
        }
        return new SettingsReading.Valid(new Settings(
                home, spoolDir, symbols, strategy, zone, lateAfter, artifactService, gateway, model, mlflow, trading));
    }

    private static ArtifactServiceSettings artifactService(Variables variables) {
        URI url = variables.uri("ARTIFACT_SERVICE_URL").orElse(DEFAULT_SERVICE);
        Secret token = variables.secret("ARTIFACT_SERVICE_TOKEN").orElseGet(() -> {
            variables.missingSecret("ARTIFACT_SERVICE_TOKEN", "the artifact service's worker token");
            return new Secret("");
        });
        return new ArtifactServiceSettings(url, token);
    }

    private static GatewaySettings gateway(Variables variables) {
        String host = variables.text("IBKR_HOST").orElse("127.0.0.1");
        String adapter = variables.word("IBKR_ADAPTER", "tws|client-portal", "tws");
        Optional<PortalSettings> portal =
                adapter.equals("tws") ? Optional.empty() : Optional.of(PortalVariables.read(variables, host));
        return new GatewaySettings(
                host,
                variables.number(
                        "IBKR_PORT", 1, 65_535, portal.isPresent() ? DEFAULT_PORTAL_PORT : DEFAULT_GATEWAY_PORT),
                variables.number("IBKR_CLIENT_ID", 0, Integer.MAX_VALUE - 1000, 1),
                contracts(variables),
                variables.choice("IBKR_MARKET_DATA", Settings.Prices.class, Settings.Prices.LIVE),
                restart(variables),
                portal);
    }

    /** Only its form is looked at here. */
    private static String contracts(Variables variables) {
        String text = variables.text("IBKR_CONTRACTS").orElse("");
        for (String part : text.split(",", -1)) {
            if (!part.isBlank() && !part.strip().matches(CONTRACT)) {
                variables.problem("IBKR_CONTRACTS holds " + Variables.quoted(part.strip())
                        + ", which is neither SYMBOL=contract number nor SYMBOL=EXCHANGE/CURRENCY, such as"
                        + " AAPL=265598 or BMW=IBIS/EUR.");
            }
        }
        return text;
    }

    private static Optional<LocalTime> restart(Variables variables) {
        return variables.text("IBKR_RESTART_TIME").flatMap(text -> {
            try {
                return Optional.of(LocalTime.parse(text));
            } catch (DateTimeParseException e) {
                variables.problem(
                        "IBKR_RESTART_TIME is " + Variables.quoted(text) + "; it must be a time of day such as 23:45.");
                return Optional.empty();
            }
        });
    }

    private static ModelSettings model(Variables variables) {
        return new ModelSettings(
                variables.choice("LLM_PROVIDER", Settings.Provider.class, Settings.Provider.RULES),
                variables.text("LLM_MODEL"),
                variables.secret("LLM_API_KEY"),
                variables.uri("LLM_API_BASE_URL"));
    }
}
