package dev.signalwright.artifacts.execution;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A row of {@code execution}. */
@Entity
@Table(name = "execution")
class ExecutionEntity {
    @Id
    UUID id;

    @Column(name = "dag_id")
    String dagId;

    @Column(name = "run_id")
    String runId;

    String state;
    boolean degraded;

    @Nullable
    String reason;

    @Column(name = "created_at")
    Instant createdAt;
}
