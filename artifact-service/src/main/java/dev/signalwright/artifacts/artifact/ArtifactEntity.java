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
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** A row of {@code artifact}. The canonical bytes are the truth; the columns beside them are for SQL and filters. */
@Entity
@Table(name = "artifact")
class ArtifactEntity {
    @Id
    UUID id;

    String key;
    String name;
    String type;
    String symbol;

    @Column(name = "workflow_id")
    String workflowId;

    @Column(name = "execution_id")
    String executionId;

    @Column(name = "dag_id")
    String dagId;

    @Column(name = "task_id")
    String taskId;

    @Column(name = "step_name")
    String stepName;

    @Column(name = "map_index")
    Integer mapIndex;

    @Column(name = "try_number")
    Integer tryNumber;

    @Column(name = "as_of")
    Instant asOf;

    @Column(name = "run_id")
    String runId;

    @Column(name = "experiment_id")
    String experimentId;

    String prompt;
    String response;

    @Column(name = "prompt_length")
    Long promptLength;

    @Column(name = "response_length")
    Long responseLength;

    @Column(name = "model_name")
    String modelName;

    @Column(name = "chart_type")
    String chartType;

    @Column(name = "chart_data")
    @JdbcTypeCode(SqlTypes.JSON)
    String chartData;

    @Column(name = "image_path")
    String imagePath;

    String action;
    Double confidence;

    @Column(name = "signal_data")
    @JdbcTypeCode(SqlTypes.JSON)
    String signalData;

    @JdbcTypeCode(SqlTypes.JSON)
    String data;

    @JdbcTypeCode(SqlTypes.JSON)
    String metadata;

    String origin;

    @Column(name = "content_sha256")
    String contentSha256;

    byte[] canonical;

    @Column(name = "canonical_size")
    int canonicalSize;

    @Column(name = "blob_sha256")
    String blobSha256;

    @Column(name = "blob_media_type")
    String blobMediaType;

    @Column(name = "blob_size")
    Long blobSize;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "updated_at")
    Instant updatedAt;

    @Column(name = "spooled_at")
    Instant spooledAt;

    @Column(name = "deleted_at")
    Instant deletedAt;

    @Column(name = "execution_uuid")
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
