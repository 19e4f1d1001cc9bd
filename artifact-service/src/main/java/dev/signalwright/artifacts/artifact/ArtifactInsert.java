package dev.signalwright.artifacts.artifact;

import dev.signalwright.artifacts.artifact.ArtifactWriter.Wish;
import dev.signalwright.artifacts.blob.Blobs;
import dev.signalwright.artifacts.identity.HashedBytes;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The one hot write in plain JDBC: a statement that puts in up to 100 artifacts, their parents and their rows of {@code
 * change}. Several rows in one statement take half of what they take in statements of their own. An artifact whose id is
 * taken writes nothing at all.
 */
@ApplicationScoped
class ArtifactInsert {
    /** A column and what a new artifact puts into it. */
    private record Column(String name, String place, Function<Row, @Nullable Object> value) {
        Column(String name, Function<Row, @Nullable Object> value) {
            this(name, "?", value);
        }

        static Column json(String name, Function<Row, @Nullable Object> value) {
            return new Column(name, "cast(? as jsonb)", value);
        }
    }

    /** A new artifact on its way into the table. */
    private record Row(NewArtifact sent, ArtifactEntity shown, OffsetDateTime at) {
        static Row of(NewArtifact sent, OffsetDateTime at) {
            ArtifactEntity shown = new ArtifactEntity();
            sent.fill(shown);
            return new Row(sent, shown, at);
        }

        <T> @Nullable T ofBlob(Function<NewArtifact.SentBlob, T> value) {
            return sent.blob().map(value).orElse(null);
        }
    }

    private static final List<Column> COLUMNS = List.of(
            new Column("id", row -> row.sent.id()),
            new Column("key", row -> row.sent.key().orElse(null)),
            new Column("name", row -> row.shown.name),
            new Column("type", row -> row.shown.type),
            new Column("symbol", row -> row.shown.symbol),
            new Column("workflow_id", row -> row.shown.workflowId),
            new Column("execution_id", row -> row.shown.executionId),
            new Column("dag_id", row -> row.shown.dagId),
            new Column("task_id", row -> row.shown.taskId),
            new Column("step_name", row -> row.shown.stepName),
            new Column("map_index", row -> row.shown.mapIndex),
            new Column("try_number", row -> row.shown.tryNumber),
            new Column("as_of", row -> row.shown.asOf == null ? null : utc(row.shown.asOf)),
            new Column("run_id", row -> row.sent.side().runId().orElse(null)),
            new Column("experiment_id", row -> row.sent.side().experimentId().orElse(null)),
            new Column("prompt", row -> row.shown.prompt),
            new Column("prompt_length", row -> row.shown.promptLength),
            new Column("response_length", row -> row.shown.responseLength),
            new Column("model_name", row -> row.shown.modelName),
            new Column("chart_type", row -> row.shown.chartType),
            new Column("image_path", row -> row.shown.imagePath),
            new Column("action", row -> row.shown.action),
            new Column("confidence", row -> row.shown.confidence),
            Column.json("signal_data", row -> row.shown.signalData),
            Column.json("data_outline", row -> row.shown.dataOutline),
            Column.json("metadata", row -> row.sent.side().metadata().toString()),
            new Column("origin", row -> row.shown.origin),
            new Column("content_sha256", row -> row.shown.contentSha256),
            new Column("canonical", row -> row.shown.canonical),
            new Column("canonical_size", row -> row.shown.canonicalSize),
            new Column("blob_sha256", row -> row.ofBlob(NewArtifact.SentBlob::sha256)),
            new Column("blob_media_type", row -> row.ofBlob(NewArtifact.SentBlob::mediaType)),
            new Column("blob_size", row -> row.ofBlob(blob -> (long) blob.bytes().length)),
            new Column("created_at", Row::at),
            new Column("updated_at", Row::at),
            new Column(
                    "spooled_at",
                    row -> row.sent.side().spooledAt().map(ArtifactInsert::utc).orElse(null)),
            new Column("execution_uuid", row -> row.shown.executionUuid));

    /** How many rows one statement may hold: not any number, because each connection keeps each one prepared. */
    private static final NavigableSet<Integer> SIZES = IntStream.concat(
                    IntStream.rangeClosed(1, 16), IntStream.of(20, 24, 28, 32, 40, 48, 56, 64, 80, 100))
            .boxed()
            .collect(Collectors.toCollection(TreeSet::new));

    private static final String NAMES = COLUMNS.stream().map(Column::name).collect(Collectors.joining(", "));
    private static final String WITH_PARENTS = """
            linked as (
                insert into artifact_parent (artifact_id, position, parent_id)
                select link.child, link.position, link.parent
                from unnest(?, ?, ?) as link (child, position, parent) join stored on stored.id = link.child
            )""";
    private static final String PLACES =
            COLUMNS.stream().map(Column::place).collect(Collectors.joining(", ", "(", ")"));

    private final RunRows runs;
    private final Blobs blobs;
    private final Map<Shape, String> statements = new ConcurrentHashMap<>();

    ArtifactInsert(RunRows runs, Blobs blobs) {
        this.runs = runs;
        this.blobs = blobs;
    }

    /** What a statement is made of. Parts that have nothing to do took an eighth of the database's time for one artifact. */
    private record Shape(int rows, int blobs, boolean hasParents, boolean hasRuns) {}

    private String statement(Shape shape) {
        return """
            with stored as (
                insert into artifact (%s) values %s on conflict do nothing
                returning id, type, symbol, content_sha256, execution_uuid, dag_id, workflow_id, execution_id, created_at,
                    blob_sha256
            )%s%s%s
            insert into change (at, kind, actor, artifact_id, type, symbol, content_sha256, execution_uuid, dag_id,
                execution_id)
            select created_at, 'artifact.created', sent.actor, stored.id, type, symbol, content_sha256, execution_uuid,
                coalesce(dag_id, workflow_id), execution_id
            from unnest(?, ?) with ordinality as sent (id, actor, position) join stored on stored.id = sent.id
            order by sent.position
            returning artifact_id""".formatted(
                        NAMES,
                        String.join(", ", Collections.nCopies(shape.rows(), PLACES)),
                        shape.blobs() > 0 ? ", " + Blobs.withRows(shape.blobs()) : "",
                        shape.hasParents() ? ", " + WITH_PARENTS : "",
                        shape.hasRuns() ? ", " + runs.withRows() : "");
    }

    /** Whether one statement takes them all. */
    static boolean atOnce(List<Wish> wishes) {
        return wishes.isEmpty() || size(wishes.size()) == wishes.size();
    }

    private static int size(int rows) {
        return Objects.requireNonNull(SIZES.floor(rows));
    }

    /**
     * The ids of those that were stored: one is missing when its id was taken.
     *
     * @param changes whose runs get their rows with them
     */
    Set<UUID> all(Connection connection, List<Wish> wishes, List<ArtifactChanged> changes, Instant now)
            throws SQLException {
        Set<UUID> stored = new HashSet<>();
        for (int from = 0; from < wishes.size(); ) {
            int rows = size(wishes.size() - from);
            stored.addAll(some(connection, wishes.subList(from, from + rows), changes, now));
            from += rows;
        }
        return stored;
    }

    private Set<UUID> some(Connection connection, List<Wish> wishes, List<ArtifactChanged> changes, Instant now)
            throws SQLException {
        Links links = Links.of(wishes);
        List<ArtifactChanged> missing = runs.missing(changes);
        Collection<HashedBytes> bytes = blobs.areRows() ? differentBlobs(wishes) : List.of();
        Shape shape = new Shape(wishes.size(), bytes.size(), links.children().length > 0, !missing.isEmpty());
        try (PreparedStatement statement =
                connection.prepareStatement(statements.computeIfAbsent(shape, this::statement))) {
            int place = 1;
            OffsetDateTime at = utc(now);
            for (Wish wish : wishes) {
                Row row = Row.of(wish.sent(), at);
                for (Column column : COLUMNS) {
                    statement.setObject(place++, column.value().apply(row));
                }
            }
            place = blobs.bind(statement, place, bytes, now);
            if (shape.hasParents()) {
                statement.setArray(place++, connection.createArrayOf("uuid", links.children()));
                statement.setArray(place++, connection.createArrayOf("int4", links.positions()));
                statement.setArray(place++, connection.createArrayOf("uuid", links.parents()));
            }
            if (shape.hasRuns()) {
                place = runs.bind(statement, place, missing, wishes.getFirst().actor(), now);
            }
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

    private static Collection<HashedBytes> differentBlobs(List<Wish> wishes) {
        return wishes.stream()
                .flatMap(wish -> wish.sent().blob().map(NewArtifact.SentBlob::content).stream())
                .collect(Collectors.toMap(HashedBytes::sha256, Function.identity(), (one, same) -> one, TreeMap::new))
                .values();
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

    private static OffsetDateTime utc(Instant instant) {
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
