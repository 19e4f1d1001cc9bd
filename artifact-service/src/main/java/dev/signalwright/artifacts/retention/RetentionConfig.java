package dev.signalwright.artifacts.retention;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** Settings of the retention. */
@ConfigMapping(prefix = "signalwright.retention")
public interface RetentionConfig {
    /** {@code type=age}, separated by commas: {@code chart=P90D,llm=P1Y}. Environment: {@code ARTIFACT_RETENTION}. */
    @WithDefault("${ARTIFACT_RETENTION:}")
    Optional<String> rules();

    /** How often the job looks. Environment: {@code ARTIFACT_RETENTION_EVERY}. */
    @WithDefault("${ARTIFACT_RETENTION_EVERY:24h}")
    String every();
}
