package dev.signalwright.artifacts.artifact;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The one hot write in plain JDBC: a statement that puts in an artifact, its parents and its row of {@code change}, sent for
 * many artifacts in one round trip. An artifact whose id is taken writes nothing at all.
 */
final class ArtifactInsert implements AutoCloseable {
    private static final List<String> COLUMNS = List.of(
            "id",
            "key",
            "name",
            "type",
            "symbol",
            "workflow_id",
            "execution_id",
            "dag_id",
            "task_id",
            "step_name",
            "map_index",
            "try_number",
            "as_of",
            "run_id",
            "experiment_id",
            "prompt",
            "response",
            "prompt_length",
            "response_length",
            "model_name",
            "chart_type",
            "chart_data",
            "image_path",
            "action",
            "confidence",
            "signal_data",
            "data",
            "metadata",
            "origin",
            "content_sha256",
            "canonical",
            "canonical_size",
            "blob_sha256",
            "blob_media_type",
            "blob_size",
            "created_at",
            "updated_at",
            "spooled_at",
            "execution_uuid");
    private static final List<String> JSON = List.of("chart_data", "signal_data", "data", "metadata");

    private static final String SQL = """
            with stored as (
                insert into artifact (%s) values (%s) on conflict do nothing
                returning id, type, symbol, content_sha256, execution_uuid, dag_id, workflow_id, execution_id, created_at
            ), linked as (
                insert into artifact_parent (artifact_id, position, parent_id)
                select stored.id, parent.position - 1, parent.id
                from stored, unnest(?) with ordinality as parent (id, position)
            )
            insert into change (at, kind, actor, artifact_id, type, symbol, content_sha256, execution_uuid, dag_id,
                execution_id)
            select created_at, 'artifact.created', ?, id, type, symbol, content_sha256, execution_uuid,
                coalesce(dag_id, workflow_id), execution_id
            from stored""".formatted(
                    String.join(", ", COLUMNS),
                    COLUMNS.stream()
                            .map(column -> JSON.contains(column) ? "cast(? as jsonb)" : "?")
                            .collect(Collectors.joining(", ")));

    private final Connection connection;
    private final PreparedStatement statement;

    ArtifactInsert(Connection connection) throws SQLException {
        this.connection = connection;
        this.statement = connection.prepareStatement(SQL);
    }

    void add(NewArtifact sent, String actor, Instant now) throws SQLException {
        ArtifactEntity row = new ArtifactEntity();
        sent.fill(row);
        OffsetDateTime at = utc(now);
        List<@Nullable Object> values = Stream.of(
                        Arrays.<@Nullable Object>asList(
                                sent.id(),
                                sent.key().orElse(null),
                                row.name,
                                row.type,
                                row.symbol,
                                row.workflowId,
                                row.executionId,
                                row.dagId,
                                row.taskId,
                                row.stepName,
                                row.mapIndex,
                                row.tryNumber,
                                row.asOf == null ? null : utc(row.asOf),
                                sent.side().runId().orElse(null),
                                sent.side().experimentId().orElse(null),
                                row.prompt,
                                row.response,
                                row.promptLength,
                                row.responseLength,
                                row.modelName,
                                row.chartType,
                                row.chartData,
                                row.imagePath,
                                row.action,
                                row.confidence,
                                row.signalData,
                                row.data,
                                sent.side().metadata().toString(),
                                row.origin,
                                row.contentSha256,
                                row.canonical,
                                row.canonicalSize),
                        sent.blob()
                                .map(blob -> Arrays.<@Nullable Object>asList(
                                        blob.sha256(), blob.mediaType(), (long) blob.bytes().length))
                                .orElseGet(() -> Collections.nCopies(3, null)),
                        Arrays.<@Nullable Object>asList(
                                at,
                                at,
                                sent.side().spooledAt().map(ArtifactInsert::utc).orElse(null),
                                row.executionUuid))
                .flatMap(List::stream)
                .toList();
        int place = 1;
        for (@Nullable Object value : values) {
            statement.setObject(place++, value);
        }
        Array parents = connection.createArrayOf("uuid", sent.parents().toArray());
        statement.setArray(place++, parents);
        statement.setString(place, actor);
        statement.addBatch();
    }

    /** Sends what was added; false where the id was taken. */
    boolean[] send() throws SQLException {
        int[] written = statement.executeBatch();
        boolean[] stored = new boolean[written.length];
        for (int i = 0; i < written.length; i++) {
            stored[i] = written[i] == 1;
        }
        return stored;
    }

    private static OffsetDateTime utc(Instant instant) {
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }

    @Override
    public void close() throws SQLException {
        statement.close();
    }
}
