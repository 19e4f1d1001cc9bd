package dev.signalwright.worker.preflight;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalwright.worker.platform.Json;
import java.time.Duration;

/**
 * One finding of preflight.
 *
 * @param name what was looked at: {@code gateway}, {@code account}, {@code as_of}, {@code session}, {@code schedule},
 *     {@code artifact_service}, {@code model}, {@code mlflow}
 * @param required whether the run cannot go on when it is not ok
 * @param latency how long looking took
 * @param finding one sentence: what was found
 * @param advice one sentence: what to do; empty when nothing is to be done
 */
record Check(String name, boolean ok, boolean required, Duration latency, String finding, String advice) {

    static Check passed(String name, boolean required, Duration latency, String finding) {
        return new Check(name, true, required, latency, finding, "");
    }

    static Check failed(String name, boolean required, Duration latency, String finding, String advice) {
        return new Check(name, false, required, latency, finding, advice);
    }

    boolean stops() {
        return required && !ok;
    }

    ObjectNode toJson() {
        return Json.object()
                .put("name", name)
                .put("ok", ok)
                .put("required", required)
                .put("latency_ms", latency.toMillis())
                .put("finding", finding)
                .put("advice", advice);
    }
}
