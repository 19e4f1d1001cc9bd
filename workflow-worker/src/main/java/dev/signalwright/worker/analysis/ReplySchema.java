package dev.signalwright.worker.analysis;

import com.openai.core.JsonValue;
import com.openai.models.ResponseFormatJsonSchema;
import dev.signalwright.worker.platform.Json;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The form of an answer as JSON Schema, in the subset that strict servers accept: every field required, nothing else
 * allowed, null for what does not apply. Bounds are not in it, because several servers refuse them; the reader checks
 * them. There is no size, no account and no order type in it: those are not the model's to choose.
 */
final class ReplySchema {
    private static final List<String> PRICES =
            List.of("support_level", "resistance_level", "entry_price", "stop_loss", "take_profit");

    private ReplySchema() {}

    static Map<String, Object> asMap() {
        Map<String, Object> properties = new TreeMap<>();
        properties.put("symbol", Map.of("type", "string"));
        properties.put("action", words("BUY", "SELL", "HOLD", "ABSTAIN"));
        properties.put("confidence", Map.of("type", "number"));
        properties.put("trend", words("up", "down", "sideways"));
        properties.put("reasoning", Map.of("type", "string"));
        properties.put("key_factors", Map.of("type", "array", "items", Map.of("type", "string")));
        PRICES.forEach(name -> properties.put(name, Map.of("type", List.of("number", "null"))));
        return Map.of(
                "type",
                "object",
                "properties",
                properties,
                "required",
                List.copyOf(properties.keySet()),
                "additionalProperties",
                false);
    }

    static ResponseFormatJsonSchema format() {
        var schema = ResponseFormatJsonSchema.JsonSchema.Schema.builder();
        asMap().forEach((name, value) ->
                schema.putAdditionalProperty(name, JsonValue.fromJsonNode(Json.MAPPER.valueToTree(value))));
        return ResponseFormatJsonSchema.builder()
                .jsonSchema(ResponseFormatJsonSchema.JsonSchema.builder()
                        .name("chart_analysis")
                        .strict(true)
                        .schema(schema.build())
                        .build())
                .build();
    }

    private static Map<String, Object> words(String... words) {
        return Map.of("type", "string", "enum", List.of(words));
    }
}
