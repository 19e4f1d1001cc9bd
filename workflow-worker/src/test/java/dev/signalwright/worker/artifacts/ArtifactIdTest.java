package dev.signalwright.worker.artifacts;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The examples of docs/identity.md. */
class ArtifactIdTest {
    private static final RunIdentity RUN = new RunIdentity(
            "ibkr_trading_signal_workflow", "manual__2012-09-20", "fetch_market_data", -1, 1);

    @Test
    void artifactIdIsTheDocumentedOne() {
        String key = RUN.key(ArtifactType.MARKET_DATA, "daily_bars", Optional.of("AAPL"));
        assertEquals(
                "ibkr_trading_signal_workflow/manual__2012-09-20/fetch_market_data/-1/1/market_data/daily_bars/AAPL",
                key);
        assertEquals("d737b10f-a8ae-58c6-ab60-aba7fd3821e7", ArtifactId.of(key).toString());
    }

    @Test
    void executionIdIsTheDocumentedOne() {
        assertEquals("2e87b9c5-f14c-579d-9534-f86ff937493e", RUN.executionId().toString());
    }

    @Test
    void accountWideArtifactsHaveNoSymbolInTheirKey() {
        assertEquals(
                "ibkr_trading_signal_workflow/manual__2012-09-20/fetch_market_data/-1/1/preflight/preflight",
                RUN.key(ArtifactType.PREFLIGHT, "preflight", Optional.empty()));
    }
}
