package dev.signalwright.artifacts.artifact;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalwright.artifacts.problem.ProblemException.FieldError;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

/** What every member of an artifact must keep. Collects all broken rules, so that a client sees them at once. */
final class ArtifactRules {
    private static final int LONGEST_NAME = 500;
    private static final int LONGEST_KEY = 2_000;
    private static final int MOST_PARENTS = 200;

    private static final Set<String> NAMES = Set.of(
            "name",
            "symbol",
            "workflow_id",
            "execution_id",
            "dag_id",
            "task_id",
            "step_name",
            "run_id",
            "experiment_id",
            "model_name",
            "image_path");
    private static final Set<String> TEXTS = Set.of("prompt", "response", "type", "origin");

    /** Words of their own to old clients. Lists count on their being short. */
    private static final Set<String> WORDS = Set.of("chart_type", "action");

    private static final Map<String, Integer> SMALLEST =
            Map.of("map_index", -1, "try_number", 0, "prompt_length", 0, "response_length", 0);
    private static final Set<String> TREES = Set.of("chart_data", "signal_data", "data");
    private static final Set<String> TIMES = Set.of("as_of", "spooled_at");
    private static final Set<String> OTHERS = Set.of(
            "id", "key", "confidence", "metadata", "parents", "content_sha256", "blob", "created_at", "updated_at");

    private final ObjectNode json;
    private final List<FieldError> errors = new ArrayList<>();

    private ArtifactRules(ObjectNode json) {
        this.json = json;
    }

    /**
     * All broken rules, in no order.
     *
     * @param withBlob whether its bytes came with it
     */
    static List<FieldError> broken(ObjectNode json, boolean keyed, boolean withBlob) {
        ArtifactRules rules = new ArtifactRules(json);
        json.properties().forEach(member -> rules.member(member.getKey(), member.getValue()));
        rules.always();
        if (keyed) {
            rules.keyed();
            rules.errors.addAll(ContentRules.broken(json, withBlob));
        } else if (!json.path("origin").asText("unknown").equals("unknown")) {
            rules.says("origin", "must be absent or unknown: an artifact without a key proves no origin");
        }
        return rules.errors;
    }

    /** The rules that members keep by themselves, whatever stands beside them. */
    static List<FieldError> ofMembers(ObjectNode json) {
        ArtifactRules rules = new ArtifactRules(json);
        json.properties().forEach(member -> rules.member(member.getKey(), member.getValue()));
        return rules.errors;
    }

    static boolean isKnown(String member) {
        return NAMES.contains(member)
                || TEXTS.contains(member)
                || WORDS.contains(member)
                || SMALLEST.containsKey(member)
                || TREES.contains(member)
                || TIMES.contains(member)
                || OTHERS.contains(member);
    }

    /** Parses RFC 3339. */
    static Instant instant(String text) {
        return OffsetDateTime.parse(text).toInstant();
    }

    private void member(String name, JsonNode value) {
        if (NAMES.contains(name)) {
            check(
                    name,
                    value,
                    node -> isShortText(node, LONGEST_NAME),
                    "must be text of 1 to " + LONGEST_NAME + " characters without control characters");
        } else if (name.equals("key")) {
            check(
                    name,
                    value,
                    node -> isShortText(node, LONGEST_KEY),
                    "must be text of 1 to " + LONGEST_KEY + " characters without control characters");
        } else if (WORDS.contains(name)) {
            check(
                    name,
                    value,
                    node -> node.isTextual() && node.textValue().length() <= LONGEST_NAME,
                    "must be text of at most " + LONGEST_NAME + " characters");
        } else if (TEXTS.contains(name)) {
            check(name, value, JsonNode::isTextual, "must be text");
        } else if (SMALLEST.containsKey(name)) {
            int smallest = SMALLEST.getOrDefault(name, 0);
            check(
                    name,
                    value,
                    node -> node.canConvertToInt() && node.isIntegralNumber() && node.intValue() >= smallest,
                    "must be a whole number of at least " + smallest);
        } else if (TREES.contains(name)) {
            check(name, value, JsonNode::isContainerNode, "must be a JSON object or array");
        } else if (TIMES.contains(name)) {
            check(name, value, ArtifactRules::isTime, "must be a time with zone, for example 2012-09-20T13:00:00Z");
        } else {
            other(name, value);
        }
    }

    private void other(String name, JsonNode value) {
        switch (name) {
            case "confidence" ->
                check(
                        name,
                        value,
                        node -> node.isNumber() && node.doubleValue() >= 0 && node.doubleValue() <= 1,
                        "must be a number from 0 to 1");
            case "metadata" -> check(name, value, JsonNode::isObject, "must be a JSON object");
            case "parents" ->
                check(name, value, ArtifactRules::areIds, "must be a list of different ids, at most " + MOST_PARENTS);
            case "id", "content_sha256", "blob", "created_at", "updated_at" -> {
                // Checked against the content, or the service's own and ignored.
            }
            default -> says(name, "is no member of an artifact; free content belongs into `metadata` or `data`");
        }
    }

    private void always() {
        if (!json.has("name")) {
            says("name", "is missing");
        }
        if (!json.has("type")) {
            says("type", "is missing");
        } else if (ArtifactType.ofWire(json.path("type").asText()).isEmpty()) {
            says("type", "must be one of the artifact types, for example market_data, chart, llm or signal");
        }
        if (json.has("origin") && Origin.ofWire(json.path("origin").asText()).isEmpty()) {
            says("origin", "must be live, delayed, replayed, simulated or unknown");
        }
    }

    private void keyed() {
        String key = json.path("key").asText();
        if (!ArtifactKey.belongsTo(json, key)) {
            says(
                    "key",
                    "must be dag_id/run_id/task_id/map_index/try_number/type/name[/symbol] of this artifact's own"
                            + " members (run_id is execution_id)");
        }
    }

    private void check(String field, JsonNode value, Predicate<JsonNode> rule, String words) {
        if (!rule.test(value)) {
            says(field, words);
        }
    }

    private void says(String field, String rule) {
        errors.add(new FieldError(field, rule));
    }

    private static boolean isShortText(JsonNode node, int longest) {
        return node.isTextual()
                && !node.textValue().isEmpty()
                && node.textValue().length() <= longest
                && node.textValue().chars().noneMatch(Character::isISOControl);
    }

    private static boolean isTime(JsonNode node) {
        try {
            return node.isTextual() && instant(node.textValue()).getEpochSecond() > 0;
        } catch (DateTimeException e) {
            return false; // the rule's sentence says it
        }
    }

    private static boolean areIds(JsonNode node) {
        Set<String> seen = new HashSet<>();
        for (JsonNode id : node) {
            if (!isUuid(id.asText()) || !seen.add(id.asText())) {
                return false;
            }
        }
        return node.isArray() && node.size() <= MOST_PARENTS;
    }

    private static boolean isUuid(String text) {
        try {
            return UUID.fromString(text).toString().equals(text);
        } catch (IllegalArgumentException e) {
            return false; // the rule's sentence says it
        }
    }
}
