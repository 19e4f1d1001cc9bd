package dev.signalwright.worker.artifacts;

import java.util.List;
import java.util.Optional;

/** The desk as the runner sees it: it also knows what this process handed over and what became of it. */
public interface TaskDesk extends ArtifactDesk {
    /** Everything this process published, in order. */
    List<Artifact> handedOver();

    /**
     * Tries once more to send what waits of this run, then says what is not at the artifact service and why; empty when
     * everything is there.
     */
    Optional<String> shortcoming();

    /**
     * Whether any try of this desk's own task has handed over such an artifact; disk first, service second.
     *
     * @throws InputUnavailableException when it is not on disk and the artifact service could not be asked
     */
    boolean everHandedOver(ArtifactType type, String name);

    /** The newest artifact of this run that lies on this host's disk. Asks nobody. */
    Optional<Artifact> newestOnDisk(ArtifactType type, String name, Optional<String> symbol);
}
