package dev.signalwright.artifacts.artifact;

import dev.signalwright.artifacts.artifact.ArtifactWriter.Wish;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The one hot write in plain JDBC: a statement that puts in up to 64 artifacts, their parents and their rows of {@code
 * change}. Several rows in one statement take half of what they take in statements of their own. An artifact whose id is
 * taken writes nothing at all.
 */
final class ArtifactInsert {
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
            "prompt_length",
            "response_length",
            "model_name",
            "chart_type",
            "image_path",
            "action",
            "confidence",
            "signal_data",
            "data_outline",
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
    private static final List<String> JSON = List.of("signal_data", "data_outline", "metadata");

    /** How many rows one statement may hold: not any number, because each connection keeps each one prepared. */
    private static final NavigableSet<Integer> SIZES = IntStream.concat(
                    IntStream.rangeClosed(1, 16), IntStream.of(20, 24, 28, 32, 40, 48, 56, 64))
            .boxed()
            .collect(Collectors.toCollection(TreeSet::new));

    private static final String ROW = COLUMNS.stream()
            .map(column -> JSON.contains(column) ? "cast(? as jsonb)" : "?")
            .collect(Collectors.joining(", ", "(", ")"));

    private static final Map<Integer, String> STATEMENTS =
            SIZES.stream().collect(Collectors.toUnmodifiableMap(Function.identity(), ArtifactInsert::statement));

    private ArtifactInsert() {}

    private static String statement(int rows) {
        return """
            with stored as (
                insert into artifact (%s) values %s on conflict do nothing
                returning id, type, symbol, content_sha256, execution_uuid, dag_id, workflow_id, execution_id, created_at
            ), linked as (
                insert into artifact_parent (artifact_id, position, parent_id)
                select link.child, link.position, link.parent
                from unnest(?, ?, ?) as link (child, position, parent) join stored on stored.id = link.child
            )
            insert into change (at, kind, actor, artifact_id, type, symbol, content_sha256, execution_uuid, dag_id,
                execution_id)
            select created_at, 'artifact.created', sent.actor, stored.id, type, symbol, content_sha256, execution_uuid,
                coalesce(dag_id, workflow_id), execution_id
            from unnest(?, ?) with ordinality as sent (id, actor, position) join stored on stored.id = sent.id
            order by sent.position
            returning artifact_id""".formatted(String.join(", ", COLUMNS), String.join(", ", Collections.nCopies(rows, ROW)));
    }

    /** Whether one statement takes them all. */
    static boolean atOnce(List<Wish> wishes) {
        return size(wishes.size()) == wishes.size();
    }

    private static int size(int rows) {
        return Objects.requireNonNull(SIZES.floor(rows));
    }

    /** The ids of those that were stored: one is missing when its id was taken. */
    static Set<UUID> all(Connection connection, List<Wish> wishes, Instant now) throws SQLException {
        Set<UUID> stored = new HashSet<>();
        for (int from = 0; from < wishes.size(); ) {
            int rows = size(wishes.size() - from);
            stored.addAll(some(connection, wishes.subList(from, from + rows), now));
            from += rows;
        }
        return stored;
    }

    private static Set<UUID> some(Connection connection, List<Wish> wishes, Instant now) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(Objects.requireNonNull(STATEMENTS.get(wishes.size()), "not a size"))) {
            int place = 1;
            for (Wish wish : wishes) {
                for (@Nullable Object value : row(wish.sent(), now)) {
                    statement.setObject(place++, value);
                }
            }
            Links links = Links.of(wishes);
            statement.setArray(place++, connection.createArrayOf("uuid", links.children()));
            statement.setArray(place++, connection.createArrayOf("int4", links.positions()));
            statement.setArray(place++, connection.createArrayOf("uuid", links.parents()));
            statement.setArray(place++, connection.createArrayOf("uuid", ids(wishes)));
            statement.setArray(
                    place,
                    connection.createArrayOf(
                            "text", wishes.stream().map(Wish::actor).toArray(String[]::new)));
            Set<UUID> stored = new HashSet<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    stored.add(rows.getObject(1, UUID.class));
                }
            }
            return stored;
        }
    }

    private static UUID[] ids(List<Wish> wishes) {
        return wishes.stream().map(wish -> wish.sent().id()).toArray(UUID[]::new);
    }

    /** Rows of {@code artifact_parent}. */
    @SuppressWarnings("ArrayRecordComponent") // JDBC takes arrays; identity is not used
    private record Links(UUID[] children, Integer[] positions, UUID[] parents) {
        static Links of(List<Wish> wishes) {
            return new Links(
                    wishes.stream()
                            .flatMap(wish ->
                                    Collections.nCopies(
                                            wish.sent().parents().size(),
                                            wish.sent().id())
                                            .stream())
                            .toArray(UUID[]::new),
                    wishes.stream()
                            .flatMap(wish -> IntStream.range(
                                            0, wish.sent().parents().size())
                                    .boxed())
                            .toArray(Integer[]::new),
                    wishes.stream()
                            .flatMap(wish -> wish.sent().parents().stream())
                            .toArray(UUID[]::new));
        }
    }

    /** In the order of the columns. */
    private static List<@Nullable Object> row(NewArtifact sent, Instant now) {
        ArtifactEntity row = new ArtifactEntity();
        sent.fill(row);
        OffsetDateTime at = utc(now);
        return Stream.of(
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
                                row.promptLength,
                                row.responseLength,
                                row.modelName,
                                row.chartType,
                                row.imagePath,
                                row.action,
                                row.confidence,
                                row.signalData,
                                row.dataOutline,
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
    }

    private static OffsetDateTime utc(Instant instant) {
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
