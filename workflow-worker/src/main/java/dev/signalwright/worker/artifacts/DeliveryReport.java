package dev.signalwright.worker.artifacts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalwright.worker.platform.Json;
import java.util.List;

/**
 * What became of the spool.
 *
 * @param sent records sent just now
 * @param waiting records that are still there
 * @param quarantined records in quarantine, old ones included
 * @param reasons why something still waits or was put aside, one sentence each, without doubles
 */
public record DeliveryReport(long sent, long waiting, long quarantined, List<String> reasons) {
    public DeliveryReport {
        reasons = List.copyOf(reasons);
    }

    /** {@code {"sent":n,"waiting":n,"quarantined":n}}. */
    public ObjectNode toJson() {
        return Json.object().put("sent", sent).put("waiting", waiting).put("quarantined", quarantined);
    }
}
