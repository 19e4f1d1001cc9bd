package dev.signalwright.artifacts.seal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The JSON of what a look found. */
final class VerificationJson {
    private VerificationJson() {}

    static ObjectNode of(Verification found) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("sound", found.isSound())
                .put("artifacts", found.artifacts())
                .put("blobs", found.blobs())
                .put("changes", found.changes())
                .put("seals", found.seals())
                .put("waiting", found.waiting());
        var broken = json.putArray("broken");
        found.broken().forEach(one -> {
            ObjectNode item = broken.addObject();
            one.artifactId().ifPresent(id -> item.put("artifact_id", id.toString()));
            one.chain().ifPresent(id -> item.put("chain", id.toString()));
            if (one.seq() > 0) {
                item.put("change", one.seq());
            }
            item.put("what", one.what());
        });
        json.put("head", found.head().map(Verification.Head::text).orElse(null));
        return json.put("next_cursor", found.next().orElse(null));
    }
}
