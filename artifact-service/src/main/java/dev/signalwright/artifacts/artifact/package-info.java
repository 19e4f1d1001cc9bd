/**
 * Artifacts: what a run made, stored once. Enters: an artifact's JSON with an optional blob. Leaves: the
 * {@link dev.signalwright.artifacts.artifact.Artifact} record, pages of them, and
 * {@link dev.signalwright.artifacts.artifact.ArtifactsChanged} inside the transaction that changed one. Shapes and rules:
 * {@code docs/identity.md}, {@code docs/api/examples}. Everything here may be used by several threads at once.
 */
@NullMarked
package dev.signalwright.artifacts.artifact;

import org.jspecify.annotations.NullMarked;
