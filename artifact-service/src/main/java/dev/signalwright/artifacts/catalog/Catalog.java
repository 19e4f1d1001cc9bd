package dev.signalwright.artifacts.catalog;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.Tuple;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** Asking the catalogue: the face of this room. */
@ApplicationScoped
public class Catalog {
    private final CatalogRepository catalog;
    private final Clock clock;

    Catalog(CatalogRepository catalog, Clock clock) {
        this.catalog = catalog;
        this.clock = clock;
    }

    /** Until when the catalogue knows everything: a moment ago, or when the oldest change happened that it does not know. */
    @Transactional
    public Instant completeUntil() {
        Instant now = clock.instant();
        return catalog.firstAfter(catalog.position())
                .filter(waiting -> waiting.isBefore(now))
                .orElse(now);
    }

    /** False for words that are everywhere, such as {@code the}: nothing is found by them. */
    @Transactional
    public boolean isSearchable(String words) {
        return catalog.isSearchable(words);
    }

    /** By artifact, the piece of its text in which the words were found, those between {@code «} and {@code »}. */
    @Transactional
    public Map<UUID, String> snippets(String words, Collection<UUID> ids) {
        Map<UUID, String> snippets = new LinkedHashMap<>();
        if (!ids.isEmpty()) {
            catalog.snippets(words, ids)
                    .forEach(row -> snippets.put(row.get("id", UUID.class), row.get("snippet", String.class)));
        }
        return snippets;
    }

    @Transactional
    public Summary summary() {
        // First, so that it is not said to be newer than the counts read after it.
        Instant completeUntil = completeUntil();
        Map<String, Long> byType = new TreeMap<>();
        Map<String, Long> byOrigin = new TreeMap<>();
        long jsonBytes = 0;
        long blobBytes = 0;
        for (Tuple tally : catalog.tallies()) {
            long artifacts = tally.get("artifacts", Long.class);
            if (artifacts > 0) {
                byType.merge(tally.get("type", String.class), artifacts, Long::sum);
                byOrigin.merge(tally.get("origin", String.class), artifacts, Long::sum);
            }
            jsonBytes += tally.get("json_bytes", Long.class);
            blobBytes += tally.get("blob_bytes", Long.class);
        }
        Tuple ends = catalog.ends();
        return new Summary(
                completeUntil,
                byType,
                byOrigin,
                executions(catalog.executionStates()),
                jsonBytes,
                blobBytes,
                Optional.ofNullable(ends.get("first_at", Instant.class)),
                Optional.ofNullable(ends.get("last_at", Instant.class)));
    }

    private static Map<String, Long> executions(List<Tuple> states) {
        Map<String, Long> byState = new TreeMap<>();
        states.forEach(row -> byState.put(row.get("state", String.class), row.get("executions", Long.class)));
        return byState;
    }
}
