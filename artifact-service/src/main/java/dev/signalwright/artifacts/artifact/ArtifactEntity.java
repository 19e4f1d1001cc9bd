package dev.signalwright.artifacts.artifact;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.OrderColumn;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hibernate.annotations.BatchSize;
import org.hibernate.annotations.DynamicUpdate;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** A row of {@code artifact}. The canonical bytes are the truth; the columns beside them are for SQL and filters. */
@Entity
@DynamicUpdate
@Table(name = "artifact")
class ArtifactEntity {
    @Id
    UUID id;

    @Nullable
    String key;

    String name;
    String type;

    @Nullable
    String symbol;

    @Column(name = "workflow_id")
    @Nullable
    String workflowId;

    @Column(name = "execution_id")
    @Nullable
    String executionId;

    @Column(name = "dag_id")
    @Nullable
    String dagId;

    @Column(name = "task_id")
    @Nullable
    String taskId;

    @Column(name = "step_name")
    @Nullable
    String stepName;

    @Column(name = "map_index")
    @Nullable
    Integer mapIndex;

    @Column(name = "try_number")
    @Nullable
    Integer tryNumber;

    @Column(name = "as_of")
    @Nullable
    Instant asOf;

    @Column(name = "run_id")
    @Nullable
    String runId;

    @Column(name = "experiment_id")
    @Nullable
    String experimentId;

    @Nullable
    String prompt;

    @Column(name = "prompt_length")
    @Nullable
    Long promptLength;

    @Column(name = "response_length")
    @Nullable
    Long responseLength;

    @Column(name = "model_name")
    @Nullable
    String modelName;

    @Column(name = "chart_type")
    @Nullable
    String chartType;

    @Column(name = "image_path")
    @Nullable
    String imagePath;

    @Nullable
    String action;

    @Nullable
    Double confidence;

    @Column(name = "signal_data")
    @JdbcTypeCode(SqlTypes.JSON)
    @Nullable
    String signalData;

    @Column(name = "data_outline")
    @JdbcTypeCode(SqlTypes.JSON)
    @Nullable
    String dataOutline;

    @JdbcTypeCode(SqlTypes.JSON)
    @Nullable
    String metadata;

    String origin;

    @Column(name = "content_sha256")
    String contentSha256;

    byte @Nullable [] canonical;

    @Column(name = "canonical_size")
    int canonicalSize;

    @Column(name = "blob_sha256")
    @Nullable
    String blobSha256;

    @Column(name = "blob_media_type")
    @Nullable
    String blobMediaType;

    @Column(name = "blob_size")
    @Nullable
    Long blobSize;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "updated_at")
    Instant updatedAt;

    @Column(name = "spooled_at")
    @Nullable
    Instant spooledAt;

    @Column(name = "deleted_at")
    @Nullable
    Instant deletedAt;

    @Column(name = "execution_uuid")
    @Nullable
    UUID executionUuid;

    @ElementCollection
    @CollectionTable(name = "artifact_parent", joinColumns = @JoinColumn(name = "artifact_id"))
    @OrderColumn(name = "position")
    @Column(name = "parent_id")
    @BatchSize(size = 500)
    List<UUID> parents = new ArrayList<>();

    boolean isDeleted() {
        return deletedAt != null;
    }

    /** The run of this artifact has changed; empty when it belongs to none. */
    Optional<ArtifactChanged> change(boolean deleted) {
        return Optional.ofNullable(executionUuid)
                .map(run -> new ArtifactChanged(
                        run,
                        dagId == null ? workflowId : dagId,
                        executionId,
                        key != null,
                        deleted,
                        ArtifactType.ofWire(type).orElseThrow()));
    }

    /** The view of a row that is no tombstone. */
    Artifact toArtifact() {
        return new Artifact(
                id,
                Optional.ofNullable(key),
                ArtifactType.ofWire(type).orElseThrow(),
                name,
                Optional.ofNullable(symbol),
                new Artifact.Place(
                        Optional.ofNullable(workflowId),
                        Optional.ofNullable(executionId),
                        Optional.ofNullable(dagId),
                        Optional.ofNullable(taskId),
                        Optional.ofNullable(stepName),
                        Optional.ofNullable(mapIndex),
                        Optional.ofNullable(tryNumber),
                        Optional.ofNullable(executionUuid)),
                Optional.ofNullable(asOf),
                Origin.ofWire(origin).orElseThrow(),
                List.copyOf(parents),
                Optional.ofNullable(runId),
                Optional.ofNullable(experimentId),
                CanonicalJson.parse(canonical),
                CanonicalJson.parse(metadata),
                contentSha256,
                Optional.ofNullable(blobSha256).map(sha256 -> new Artifact.BlobInfo(sha256, blobMediaType, blobSize)),
                createdAt,
                updatedAt,
                Optional.ofNullable(spooledAt));
    }
}
