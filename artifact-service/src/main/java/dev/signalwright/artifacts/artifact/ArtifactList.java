package dev.signalwright.artifacts.artifact;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The JSON of a list. */
final class ArtifactList {
    /** An estimate is exact up to here, and this number beyond. */
    private static final int ESTIMATE_BOUND = 10_000;

    /** The group of artifacts that name no execution. */
    private static final String NO_EXECUTION = "none";

    private ArtifactList() {}

    static ObjectNode answer(Artifacts artifacts, ListRequest request) {
        ArtifactPage page = artifacts.page(request.query());
        ObjectNode json = CanonicalJson.MAPPER.createObjectNode();
        json.set("artifacts", ArtifactJson.of(page.artifacts()));
        json.put("next_cursor", page.next().map(PageCursor::text).orElse(null));
        if (request.grouped()) {
            group(json, page.artifacts());
        }
        switch (request.count()) {
            case NONE -> {
                // Counting costs; nobody asked.
            }
            case ESTIMATE -> json.put("total", artifacts.count(request.query(), ESTIMATE_BOUND));
            case EXACT -> json.put("total", artifacts.count(request.query(), Integer.MAX_VALUE));
        }
        return json;
    }

    private static void group(ObjectNode json, List<Artifact> page) {
        // Newest execution first, whatever the order within the page.
        Map<String, List<Artifact>> groups = new LinkedHashMap<>();
        page.stream()
                .sorted((a, b) -> b.createdAt().compareTo(a.createdAt()))
                .forEach(artifact -> groups.computeIfAbsent(
                        artifact.place().executionId().orElse(NO_EXECUTION), id -> new ArrayList<>()));
        page.forEach(
                artifact -> groups.getOrDefault(artifact.place().executionId().orElse(NO_EXECUTION), new ArrayList<>())
                        .add(artifact));
        ObjectNode grouped = json.putObject("grouped");
        groups.forEach((id, members) -> grouped.set(id, ArtifactJson.of(members)));
        json.put("group_count", groups.size());
        json.put("total", page.size());
    }
}
