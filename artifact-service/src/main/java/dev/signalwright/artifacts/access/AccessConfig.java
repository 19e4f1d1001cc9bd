package dev.signalwright.artifacts.access;

import io.quarkus.runtime.configuration.MemorySize;
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

    /** How often the tokens are read again: how long a revoked one may still be good at another replica. */
    @WithDefault("PT5S")
    Duration tokenRefresh();

    /** How long a request's body may take to arrive, from its head to its last byte. */
    @WithDefault("PT60S")
    Duration bodyDeadline();

    /** Bytes of bodies above 16 KiB that may be on their way at once; they are held in memory. */
    @WithDefault("64M")
    MemorySize bodiesAtOnce();

    /** How many requests a token may make. */
    Rate rate();

    /** Addresses or networks of reverse proxies in front: only they may say who asks. Environment: {@code ARTIFACT_TRUSTED_PROXIES}. */
    @WithDefault("${ARTIFACT_TRUSTED_PROXIES:}")
    Optional<List<String>> trustedProxies();

    /** Header in which such a proxy names the person it authenticated. Environment: {@code ARTIFACT_PROXY_USER_HEADER}. */
    @WithDefault("${ARTIFACT_PROXY_USER_HEADER:}")
    Optional<String> proxyUserHeader();

    /** Header in which it names the person's groups. Environment: {@code ARTIFACT_PROXY_ROLES_HEADER}. */
    @WithDefault("${ARTIFACT_PROXY_ROLES_HEADER:}")
    Optional<String> proxyRolesHeader();

    /** File that says which person or group has which role. Environment: {@code ARTIFACT_PROXY_ROLES_FILE}. */
    @WithDefault("${ARTIFACT_PROXY_ROLES_FILE:}")
    Optional<Path> proxyRolesFile();

    /**
     * Requests a second, on average, of each token of a role; 0 is no limit. Workers and operators have none: what they
     * may write is bounded by the database, and an artifact that is turned away for its number alone helps nobody.
     */
    interface Rate {
        @WithDefault("200")
        int viewer();

        @WithDefault("0")
        int worker();

        @WithDefault("0")
        int operator();

        /** How much of it may come at once, in seconds. */
        @WithDefault("5")
        int burstSeconds();
    }
}
