/**
 * Executions: runs of a workflow, told from the artifacts they left. Enters:
 * {@link dev.signalwright.artifacts.artifact.ArtifactsChanged}, inside the transaction that changed an artifact. Leaves: the
 * {@link dev.signalwright.artifacts.execution.Execution} record. How the state is decided stands in
 * {@link dev.signalwright.artifacts.execution.RunVerdict}.
 */
@NullMarked
package dev.signalwright.artifacts.execution;

import org.jspecify.annotations.NullMarked;
