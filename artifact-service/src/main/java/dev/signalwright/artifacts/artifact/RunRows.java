package dev.signalwright.artifacts.artifact;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/**
 * What a write of artifacts asks the room that keeps the runs, so that artifacts and the rows of their runs are one
 * statement. Thread-safe.
 */
public interface RunRows {
    /**
     * False when more than the run's row hangs on such an artifact: then {@link ArtifactsChanged} must be fired, in a
     * transaction of several statements.
     */
    boolean isRowOnly(ArtifactChanged change);

    /** One change of each run whose row may be missing, in the order in which rows are to be locked. */
    List<ArtifactChanged> missing(List<ArtifactChanged> changes);

    /** Parts of a {@code with} clause that make the missing rows and tell the table of changes of them. */
    String withRows();

    /**
     * Fills the places of {@link #withRows()}.
     *
     * @param place of the first one
     * @param missing what {@link #missing} gave
     * @return the place behind the last one
     */
    int bind(PreparedStatement statement, int place, List<ArtifactChanged> missing, String actor, Instant now)
            throws SQLException;

    /** To be called when what was bound is committed. */
    void committed(List<ArtifactChanged> changes);
}
