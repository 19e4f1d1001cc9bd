package dev.signalwright.artifacts.artifact;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalwright.artifacts.problem.ProblemException.FieldError;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What an artifact with a key must hold, by its type: readers of this service and the next tasks rely on it. Old clients, who
 * send no key, send what they like.
 */
final class ContentRules {
    /** In UTF-16 code units, as {@code String.length()} counts: an answer of a model too long to be read is kept whole. */
    static final int LONGEST_TEXT = 1_000_000;

    private static final Set<String> OUTCOMES = Set.of("DECIDED", "ABSTAINED", "FAILED", "SKIPPED");
    private static final Set<String> LEVELS = Set.of("HIGH", "MEDIUM", "LOW");
    private static final Set<String> TASK_OUTCOMES = Set.of("done", "skipped", "refused", "try_again", "failed");
    private static final Set<String> ACTIONS = Set.of("BUY", "SELL", "HOLD");
    private static final Set<String> CHART_TYPES = Set.of("daily", "weekly");
    private static final Set<String> MARKETS = Set.of("open", "closed", "half_day");

    private final ObjectNode json;
    private final List<FieldError> errors = new ArrayList<>();

    private ContentRules(ObjectNode json) {
        this.json = json;
    }

    /**
     * @param withBlob whether its bytes came with it
     * @return all broken rules, in no order
     */
    static List<FieldError> broken(ObjectNode json, boolean withBlob) {
        ContentRules rules = new ContentRules(json);
        rules.atMost("prompt", LONGEST_TEXT);
        rules.atMost("response", LONGEST_TEXT);
        rules.ifThere("chart_type", json.path("chart_type"), CHART_TYPES);
        rules.ifThere("action", json.path("action"), ACTIONS);
        ArtifactType.ofWire(json.path("type").asText()).ifPresent(type -> rules.content(type, withBlob));
        return rules.errors;
    }

    private void content(ArtifactType type, boolean withBlob) {
        switch (type) {
            case CHART -> chart(withBlob);
            case LLM -> {
                if (!json.has("prompt") && !json.has("response") && !json.has("model_name")) {
                    says("response", "is missing, and so are prompt and model_name; an llm needs one of them");
                }
            }
            case SIGNAL -> signal();
            case MARKET_DATA -> {
                data();
                table("data");
            }
            case PREFLIGHT -> {
                data();
                ifThere("data.market", json.at("/data/market"), MARKETS);
            }
            case TASK_RESULT -> taskResult();
            case ORDER, TRADE, PORTFOLIO, MLFLOW_RUN, OUTCOME -> data();
        }
    }

    private void chart(boolean withBlob) {
        if (!json.has("chart_type")) {
            says("chart_type", "is missing; a chart needs it");
        }
        if (!json.has("chart_data") && !withBlob) {
            says("chart_data", "is missing, and no picture came along; a chart needs one of them");
        }
        table("chart_data");
    }

    private void signal() {
        JsonNode outcome = json.at("/signal_data/outcome");
        oneOf("signal_data.outcome", outcome, OUTCOMES);
        ifThere("signal_data.confidence_level", json.at("/signal_data/confidence_level"), LEVELS);
        if (json.has("action") != outcome.asText().equals("DECIDED")) {
            says("action", "must be present if and only if signal_data.outcome is DECIDED");
        }
    }

    private void taskResult() {
        data();
        oneOf("data.outcome", json.at("/data/outcome"), TASK_OUTCOMES);
        json.at("/data/symbols").properties().forEach(symbol -> {
            JsonNode outcome = symbol.getValue().path("outcome");
            ifThere("data.symbols." + symbol.getKey() + ".outcome", outcome, TASK_OUTCOMES);
        });
    }

    private void data() {
        if (!json.has("data")) {
            says("data", "is missing; an artifact of this type needs it");
        }
    }

    /** Rows are as wide as their columns are many, when both are there: whoever reads the nth value relies on it. */
    private void table(String member) {
        JsonNode columns = json.path(member).path("columns");
        JsonNode rows = json.path(member).path("rows");
        if (columns.isMissingNode() || rows.isMissingNode()) {
            return;
        }
        if (!columns.isArray() || columns.valueStream().anyMatch(column -> !column.isTextual())) {
            says(member + ".columns", "must be a list of names");
            return;
        }
        if (!rows.isArray()) {
            says(member + ".rows", "must be a list of rows");
            return;
        }
        for (int i = 0; i < rows.size(); i++) {
            if (!rows.get(i).isArray() || rows.get(i).size() != columns.size()) {
                says(
                        member + ".rows[" + i + "]",
                        "must be a list of " + columns.size() + " values, one for each of " + member + ".columns");
                return; // the others are hardly better, and there may be thousands
            }
        }
    }

    private void atMost(String field, int longest) {
        int length = json.path(field).asText().length();
        if (length > longest) {
            says(field, "must have at most %,d characters; it has %,d".formatted(longest, length));
        }
    }

    private void ifThere(String field, JsonNode value, Set<String> words) {
        if (!value.isMissingNode()) {
            oneOf(field, value, words);
        }
    }

    private void oneOf(String field, JsonNode value, Set<String> words) {
        if (!value.isTextual() || !words.contains(value.textValue())) {
            says(field, "must be one of " + String.join(", ", new TreeSet<>(words)));
        }
    }

    private void says(String field, String rule) {
        errors.add(new FieldError(field, rule));
    }
}
