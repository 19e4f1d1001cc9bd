package dev.signalwright.artifacts.event;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Settings of the event stream. */
@ConfigMapping(prefix = "signalwright.events")
public interface EventsConfig {
    /** Listeners of this replica, all tokens together. */
    @WithDefault("1000")
    int mostListeners();

    /** Listeners of one token. */
    @WithDefault("250")
    int mostListenersPerToken();

    /** How often the table of changes is looked at while somebody listens. */
    @WithDefault("PT0.1S")
    Duration pollInterval();

    /** After this much silence a listener is told that the connection lives. */
    @WithDefault("PT15S")
    Duration heartbeat();

    /** Events that wait for one listener; one more and it is cut. */
    @WithDefault("1024")
    int queue();

    /** A listener that comes back may have missed so many events, not more. */
    @WithDefault("10000")
    int mostMissed();
}
