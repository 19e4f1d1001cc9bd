package dev.signalwright.artifacts.artifact;

/** What a write of artifacts asks the room that keeps the runs. */
public interface RunsSettled {
    /**
     * True when the run's row is committed and one more such artifact changes nothing in it: then nobody listens to
     * {@link ArtifactsChanged}, and the write needs no transaction of several statements.
     */
    boolean isSettled(ArtifactChanged change);
}
