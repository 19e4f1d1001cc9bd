package dev.signalwright.artifacts.artifact;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The small parts of an artifact, for lists: a run of many symbols is listed without its bars, prompts and pictures.
 *
 * @param keyed false for artifacts of old clients: each stands for itself, none is a later try of another
 * @param executionUuid the run it belongs to; empty when its client named none
 * @param executionId Airflow's run id
 * @param data {@code data}, without the rows of market data but with their number as {@code bars}; empty when it is
 *     absent or above 64 KiB. Not to be changed
 * @param signalData empty when absent. Not to be changed
 * @param blobSize bytes of the blob; empty without one
 * @param madeAt when it was made, as far as the service knows: when it was spooled, else when it arrived
 */
public record ArtifactOutline(
        UUID id,
        boolean keyed,
        Optional<UUID> executionUuid,
        Optional<String> executionId,
        Optional<String> dagId,
        ArtifactType type,
        String name,
        Optional<String> symbol,
        Optional<String> taskId,
        int tryNumber,
        Origin origin,
        Optional<Instant> asOf,
        Instant madeAt,
        Optional<String> chartType,
        Optional<String> action,
        Optional<Double> confidence,
        Optional<String> modelName,
        Optional<Long> blobSize,
        ObjectNode signalData,
        ObjectNode data) {

    static ArtifactOutline of(Tuple row) {
        return new ArtifactOutline(
                row.get("id", UUID.class),
                row.get("key", String.class) != null,
                get(row, "execution_uuid", UUID.class),
                get(row, "execution_id", String.class),
                get(row, "dag_id", String.class),
                ArtifactType.ofWire(row.get("type", String.class)).orElseThrow(),
                row.get("name", String.class),
                get(row, "symbol", String.class),
                get(row, "task_id", String.class),
                get(row, "try_number", Integer.class).orElse(1),
                Origin.ofWire(row.get("origin", String.class)).orElseThrow(),
                get(row, "as_of", Instant.class),
                get(row, "spooled_at", Instant.class).orElseGet(() -> row.get("created_at", Instant.class)),
                get(row, "chart_type", String.class),
                get(row, "action", String.class),
                get(row, "confidence", Double.class),
                get(row, "model_name", String.class),
                get(row, "blob_size", Number.class).map(Number::longValue),
                json(row.get("signal_data", String.class)),
                data(row));
    }

    private static <T> Optional<T> get(Tuple row, String column, Class<T> type) {
        return Optional.ofNullable(row.get(column, type));
    }

    private static ObjectNode data(Tuple row) {
        byte[] canonical = row.get("canonical", byte[].class);
        if (canonical == null) {
            return json(row.get("data_outline", String.class));
        }
        try {
            if (CanonicalJson.parse(canonical).path("data") instanceof ObjectNode data) {
                return data;
            }
        } catch (RuntimeException altered) {
            // One altered row must not take the whole list away; `verify` names it.
        }
        return CanonicalJson.MAPPER.createObjectNode();
    }

    /** May be any JSON; only objects have members to show in a list. */
    private static ObjectNode json(@Nullable String text) {
        return text != null && text.startsWith("{")
                ? CanonicalJson.parse(text)
                : CanonicalJson.MAPPER.createObjectNode();
    }
}
