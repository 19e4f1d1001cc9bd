package dev.signalwright.worker.gatewaycheck;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalwright.worker.platform.Json;
import java.util.Locale;

/**
 * The outcome of one step.
 *
 * @param text one or more sentences: what was found and, unless it is well, what to change where
 */
public record Finding(String step, State state, String text) {
    /** How it stands. */
    public enum State {
        OK,
        /** Works, or could not be told, but is worth a look. */
        WARN,
        /** Nothing can work before this is changed. */
        MISSING
    }

    /** {@code {"step","state","text"}}. */
    public ObjectNode toJson() {
        return Json.object()
                .put("step", step)
                .put("state", state.name().toLowerCase(Locale.ROOT))
                .put("text", text);
    }
}
