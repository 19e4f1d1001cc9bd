package dev.signalwright.artifacts.pages.frame;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.util.Optional;

/** Settings of the pages. */
@ConfigMapping(prefix = "signalwright.pages")
public interface PagesConfig {
    /** Which kind of account orders may go to; shown in the header of every page. Environment: {@code TRADING_MODE}. */
    @WithDefault("${TRADING_MODE:off}")
    String tradingMode();

    /** Airflow's web page, for links to its runs; without it there are none. Environment: {@code AIRFLOW_URL}. */
    @WithDefault("${AIRFLOW_URL:}")
    Optional<URI> airflowUrl();
}
