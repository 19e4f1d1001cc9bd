package dev.signalwright.worker.task;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.signalwright.worker.platform.Environment;
import dev.signalwright.worker.platform.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What came of reading the {@code WORKFLOW_*} environment (contract section 2). */
public sealed interface ContextReading {
    /** Everything is in order. */
    record Valid(TaskContext context) implements ContextReading {}

    /**
     * Something is not.
     *
     * @param problems all of them, one sentence each
     */
    record Invalid(List<String> problems) implements ContextReading {
        public Invalid {
            problems = List.copyOf(problems);
        }
    }

    /**
     * Reads the context.
     *
     * @param taskName stands in for {@code WORKFLOW_TASK_ID} when a person starts the worker by hand
     * @param symbols from the settings, already checked
     */
    static ContextReading read(Environment environment, String taskName, List<String> symbols) {
        Variables variables = new Variables(environment, new ArrayList<>());
        TaskContext context = new TaskContext(
                variables.required("WORKFLOW_DAG_ID", "the DAG's id"),
                variables.required("WORKFLOW_RUN_ID", "Airflow's run id"),
                environment.get("WORKFLOW_TASK_ID").orElse(taskName),
                variables.number("WORKFLOW_MAP_INDEX", -1, -1),
                variables.number("WORKFLOW_TRY_NUMBER", 1, 1),
                environment.get("WORKFLOW_RUN_TYPE").orElse("manual"),
                variables.instant("WORKFLOW_RUN_AFTER"),
                environment.get("WORKFLOW_AS_OF"),
                symbols,
                variables.states("WORKFLOW_TASK_STATES"));
        return variables.problems.isEmpty() ? new Valid(context) : new Invalid(variables.problems);
    }

    /** Reads one variable each and notes what is wrong. */
    record Variables(Environment environment, List<String> problems) {
        private String required(String name, String what) {
            return environment.get(name).orElseGet(() -> {
                problems.add(name + " is not set; it must hold " + what + ".");
                return "";
            });
        }

        private int number(String name, int least, int fallback) {
            String value = environment.get(name).orElse(String.valueOf(fallback));
            try {
                int number = Integer.parseInt(value);
                if (number >= least) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // Told below, in the same words as a number out of range.
            }
            problems.add(name + " is \"" + value + "\"; it must be a whole number from " + least + " on.");
            return fallback;
        }

        private Instant instant(String name) {
            Optional<String> value = environment.get(name);
            try {
                if (value.isPresent()) {
                    return OffsetDateTime.parse(value.get()).toInstant();
                }
                problems.add(name + " is not set; it must hold the instant for which the run was due.");
            } catch (DateTimeException e) {
                problems.add(name + " is \"" + value.orElse("") + "\"; it must be an instant with its offset, such as"
                        + " 2012-09-20T13:00:00Z.");
            }
            return Instant.EPOCH;
        }

        private Map<String, String> states(String name) {
            Map<String, String> states = new HashMap<>();
            try {
                JsonNode json = Json.MAPPER.readTree(environment.get(name).orElse("{}"));
                json.properties()
                        .forEach(state ->
                                states.put(state.getKey(), state.getValue().asText()));
            } catch (JsonProcessingException e) {
                problems.add(name + " is not JSON; it must be an object of task ids and their states.");
            }
            return states;
        }
    }
}
