package dev.signalwright.artifacts.artifact;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalwright.artifacts.catalog.Catalog;
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

    static ObjectNode answer(Artifacts artifacts, Catalog catalog, ListRequest request) {
        ObjectNode json = CanonicalJson.MAPPER.createObjectNode();
        // Read before the page, so that it promises nothing that the page may lack.
        request.query().words().ifPresent(words -> json.put("complete_until", completeUntil(catalog, words)));
        Artifacts.Listed page = artifacts.listed(request.query(), request.fields());
        json.set("artifacts", json(page.artifacts()));
        json.put("next_cursor", page.next().map(PageCursor::text).orElse(null));
        request.query().words().ifPresent(words -> snippets(json.putObject("snippets"), catalog, words, page));
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

    private static String completeUntil(Catalog catalog, String words) {
        if (!catalog.isSearchable(words)) {
            throw QueryParameters.refused("q", "needs a word that is not in nearly every text, such as a symbol");
        }
        return catalog.completeUntil().toString();
    }

    private static void snippets(ObjectNode json, Catalog catalog, String words, Artifacts.Listed page) {
        catalog.snippets(
                        words, page.artifacts().stream().map(ListedArtifact::id).toList())
                .forEach((id, snippet) -> json.put(id.toString(), snippet));
    }

    private static ArrayNode json(List<ListedArtifact> artifacts) {
        ArrayNode json = CanonicalJson.MAPPER.createArrayNode();
        artifacts.forEach(artifact -> json.add(artifact.json()));
        return json;
    }

    private static void group(ObjectNode json, List<ListedArtifact> page) {
        // Newest execution first, whatever the order within the page.
        Map<String, List<ListedArtifact>> groups = new LinkedHashMap<>();
        page.stream()
                .sorted((a, b) -> b.createdAt().compareTo(a.createdAt()))
                .forEach(artifact ->
                        groups.computeIfAbsent(artifact.executionId().orElse(NO_EXECUTION), id -> new ArrayList<>()));
        page.forEach(artifact -> groups.getOrDefault(artifact.executionId().orElse(NO_EXECUTION), new ArrayList<>())
                .add(artifact));
        ObjectNode grouped = json.putObject("grouped");
        groups.forEach((id, members) -> grouped.set(id, json(members)));
        json.put("group_count", groups.size());
        json.put("total", page.size());
    }
}
