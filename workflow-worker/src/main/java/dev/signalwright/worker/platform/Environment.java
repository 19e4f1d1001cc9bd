package dev.signalwright.worker.platform;

import java.util.Map;
import java.util.Optional;

/**
 * The process's environment variables, passed in so that tests bring their own. An empty variable counts as absent,
 * because launchers and schedulers often cannot unset one.
 *
 * @param variables by name
 */
public record Environment(Map<String, String> variables) {
    public Environment {
        variables = Map.copyOf(variables);
    }

    /** The variable without surrounding blanks; empty when it is absent or blank. */
    public Optional<String> get(String name) {
        return Optional.ofNullable(variables.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }
}
