package dev.signalwright.artifacts.pages.artifact;

import dev.signalwright.artifacts.artifact.ArtifactFilter;
import dev.signalwright.artifacts.artifact.ArtifactQuery;
import dev.signalwright.artifacts.artifact.ArtifactSort;
import dev.signalwright.artifacts.artifact.ArtifactType;
import dev.signalwright.artifacts.artifact.PageCursor;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriBuilder;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a person wants to see of the artifacts, as the form or a link says it. What cannot be read counts as not said.
 *
 * @param words to search for
 * @param run Airflow's run id
 * @param from where the page begins; empty for the newest
 */
record ArtifactChoice(
        Optional<String> words,
        Optional<ArtifactType> type,
        Optional<String> symbol,
        Optional<String> run,
        Optional<PageCursor> from) {
    /** Longer ones are cut: nobody types them. */
    private static final int LONGEST_WORDS = 500;

    static ArtifactChoice of(MultivaluedMap<String, String> sent) {
        return new ArtifactChoice(
                text(sent, "q").map(words -> words.substring(0, Math.min(words.length(), LONGEST_WORDS))),
                text(sent, "type").flatMap(ArtifactType::ofWire),
                text(sent, "symbol").map(symbol -> symbol.toUpperCase(Locale.ROOT)),
                text(sent, "execution_id"),
                text(sent, "cursor").flatMap(PageCursor::ofText));
    }

    private static Optional<String> text(MultivaluedMap<String, String> sent, String name) {
        return Optional.ofNullable(sent.getFirst(name)).map(String::strip).filter(text -> !text.isEmpty());
    }

    boolean isEverything() {
        return words.isEmpty() && type.isEmpty() && symbol.isEmpty() && run.isEmpty();
    }

    ArtifactChoice withoutWords() {
        return new ArtifactChoice(Optional.empty(), type, symbol, run, Optional.empty());
    }

    ArtifactQuery query(int most) {
        Map<ArtifactFilter, Object> filters = new EnumMap<>(ArtifactFilter.class);
        type.ifPresent(wanted -> filters.put(ArtifactFilter.TYPE, wanted.wire()));
        symbol.ifPresent(wanted -> filters.put(ArtifactFilter.SYMBOL, wanted));
        run.ifPresent(wanted -> filters.put(ArtifactFilter.EXECUTION_ID, wanted));
        return new ArtifactQuery(filters, words, ArtifactSort.CREATED_AT, true, from, most);
    }

    /** The address of the same choice, at its newest or from a place on. */
    String address(Optional<PageCursor> place) {
        UriBuilder address = UriBuilder.fromPath("/artifacts");
        words.ifPresent(ignored -> address.queryParam("q", "{words}"));
        type.ifPresent(wanted -> address.queryParam("type", wanted.wire()));
        symbol.ifPresent(ignored -> address.queryParam("symbol", "{symbol}"));
        run.ifPresent(ignored -> address.queryParam("execution_id", "{run}"));
        place.ifPresent(next -> address.queryParam("cursor", next.text()));
        return address.buildFromMap(
                        Map.of("words", words.orElse(""), "symbol", symbol.orElse(""), "run", run.orElse("")))
                .toString();
    }
}
