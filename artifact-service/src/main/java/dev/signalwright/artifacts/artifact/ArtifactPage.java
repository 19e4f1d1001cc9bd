package dev.signalwright.artifacts.artifact;

import java.util.List;
import java.util.Optional;

/**
 * A page of artifacts.
 *
 * @param artifacts in the order asked for
 * @param next where the next page begins; empty at the end
 */
public record ArtifactPage(List<Artifact> artifacts, Optional<PageCursor> next) {
    public ArtifactPage {
        artifacts = List.copyOf(artifacts);
    }
}
