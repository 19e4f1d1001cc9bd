package dev.signalwright.artifacts.artifact;

import java.util.List;

/**
 * Fired synchronously inside the transaction that stored or deleted artifacts of runs; an observer that throws rolls it
 * back.
 *
 * @param actor name of the token that asked; of the first one when several shared a commit
 * @param changes one for each artifact
 */
public record ArtifactsChanged(String actor, List<ArtifactChanged> changes) {}
