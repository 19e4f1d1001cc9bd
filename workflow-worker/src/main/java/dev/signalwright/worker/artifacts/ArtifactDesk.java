package dev.signalwright.worker.artifacts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * The one place where a task reads and hands over artifacts of its own run. Reading looks into the workspace on disk
 * first and asks the artifact service second. Not thread-safe.
 */
public interface ArtifactDesk {
    /**
     * Makes the draft durable (workspace and spool, fsynced) before it returns, then tries to send it. An artifact
     * service that cannot be reached costs nothing but a note: the record stays in the spool and the task is degraded.
     *
     * @throws HandOverException when it could not be made durable; nothing was handed over then
     */
    Artifact publish(Draft draft);

    /**
     * Changes what may be changed of an artifact that was handed over. Durable before it returns, like an artifact.
     *
     * @param change members {@code metadata} (merged, RFC 7396), {@code run_id}, {@code experiment_id}
     * @throws HandOverException when it could not be made durable
     */
    void patch(String id, ObjectNode change);

    /**
     * The newest finished artifact of this run with that type, name and symbol, of whatever task and try.
     *
     * @throws InputUnavailableException when it is not on disk and the artifact service could not be asked: "not
     *     there" and "could not look" are different things. Not thrown when the task that makes such artifacts ended on
     *     this host: then the disk knows
     */
    Optional<Artifact> newest(ArtifactType type, String name, Optional<String> symbol);

    /** The bytes of an artifact's blob, checked against its hash. */
    byte[] blob(Artifact artifact);
}
