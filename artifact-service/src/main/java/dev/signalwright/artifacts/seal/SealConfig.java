package dev.signalwright.artifacts.seal;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Settings of the seals. Environment names are these in capitals, e.g. {@code ARTIFACT_SEAL_EVERY}. */
@ConfigMapping(prefix = "artifact.seal")
public interface SealConfig {
    /** How often changes are sealed: the longest that a committed change stays without evidence, when all is well. */
    @WithDefault("2s")
    String every();
}
