package dev.signalwright.artifacts.access;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Settings of the access room. Environment names are these in capitals, e.g. {@code SIGNALWRIGHT_ACCESS_ALLOWED_HOSTS}. */
@ConfigMapping(prefix = "signalwright.access")
public interface AccessConfig {

    /** The folder of this installation; holds {@code tokens/} and the key that signs sessions. */
    @WithDefault("${signalwright.home:.signalwright}")
    Path home();

    /** Host names, without port, under which the service answers; any other is a page of someone else asking. */
    @WithDefault("localhost,127.0.0.1,[::1]")
    Set<String> allowedHosts();

    /** Origins besides our own that may show our pages in a frame, e.g. Airflow's. */
    Optional<List<String>> frameAncestors();

    /** How long a person stays logged in. */
    @WithDefault("PT12H")
    Duration sessionLasts();

    /** Wrong tokens that one address may send to the login page per minute. */
    @WithDefault("10")
    int loginAttemptsPerMinute();
}
