package dev.signalwright.artifacts.change;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One row of the table of changes.
 *
 * @param kind what happened
 * @param actor name of the token that asked
 * @param artifactId absent for a change of an execution
 * @param contentSha256 of the artifact, after the change
 * @param executionUuid the run it belongs to
 * @param executionId Airflow's run id
 * @param detail a JSON object: what else a listener needs
 */
public record Change(
        Kind kind,
        String actor,
        @Nullable UUID artifactId,
        @Nullable String type,
        @Nullable String symbol,
        @Nullable String contentSha256,
        @Nullable UUID executionUuid,
        @Nullable String dagId,
        @Nullable String executionId,
        @Nullable String detail) {
    /** What can happen; the words of the column {@code kind}. */
    public enum Kind {
        ARTIFACT_CREATED("artifact.created"),
        ARTIFACT_UPDATED("artifact.updated"),
        ARTIFACT_DELETED("artifact.deleted"),
        EXECUTION_CHANGED("execution.changed");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /** As it stands in the table. */
        public String word() {
            return word;
        }
    }
}
