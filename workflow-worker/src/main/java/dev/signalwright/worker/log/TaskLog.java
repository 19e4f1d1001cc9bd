package dev.signalwright.worker.log;

import java.util.Map;

/**
 * The task's log: one JSON object a line on stdout, which the operator turns into readable Airflow lines. Messages are
 * plain sentences. Never log secrets, prompts or pictures.
 */
public interface TaskLog {
    /** The same log, every line marked with the symbol. */
    TaskLog forSymbol(String symbol);

    void debug(String message);

    void info(String message);

    /** @param fields extra members of the JSON line, for example {@code artifact_id} */
    void info(String message, Map<String, ?> fields);

    void warn(String message);

    void error(String message);

    /** The cause goes into the member {@code error} ({@code type}, {@code message}, {@code stack}). */
    void error(String message, Throwable cause);
}
