package dev.signalwright.artifacts.artifact;

import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a client wants to see listed.
 *
 * @param query which artifacts
 * @param count how exactly to count
 * @param grouped whether to group by execution as well
 * @param fields which members
 */
record ListRequest(ArtifactQuery query, Count count, boolean grouped, ArtifactFields fields) {
    private static final int USUAL_LIMIT = 50;
    private static final int LONGEST_WORDS = 500;
    private static final Set<String> KNOWN = Stream.concat(
                    Stream.of("limit", "cursor", "sort", "count", "group_by", "fields", "q"),
                    Arrays.stream(ArtifactFilter.values()).map(ArtifactFilter::parameter))
            .collect(Collectors.toUnmodifiableSet());

    /** How many artifacts match in all. */
    enum Count {
        NONE,
        /** Exact up to a bound. */
        ESTIMATE,
        EXACT
    }

    static ListRequest of(MultivaluedMap<String, String> sent) {
        QueryParameters parameters = QueryParameters.of(sent, KNOWN);
        Map<ArtifactFilter, Object> filters = new EnumMap<>(ArtifactFilter.class);
        for (ArtifactFilter filter : ArtifactFilter.values()) {
            value(filter, parameters).ifPresent(value -> filters.put(filter, value));
        }
        String order = parameters.text("sort").orElse("-created_at");
        boolean descending = order.startsWith("-");
        ArtifactSort sort = ArtifactSort.ofWord(descending ? order.substring(1) : order)
                .orElseThrow(() -> QueryParameters.refused(
                        "sort",
                        "must be created_at, or within one run also updated_at, type, name, symbol or confidence; a minus"
                                + " before it turns it round"));
        ArtifactQuery query = new ArtifactQuery(
                filters,
                words(parameters),
                sort,
                descending,
                parameters
                        .text("cursor")
                        .map(text -> PageCursor.ofText(text, sort)
                                .orElseThrow(() -> QueryParameters.refused(
                                        "cursor", "is no next_cursor that this service gave for this order"))),
                parameters.number("limit", 1, ArtifactQuery.MOST).orElse(USUAL_LIMIT));
        if (sort != ArtifactSort.CREATED_AT && !query.isOfOneRun()) {
            throw QueryParameters.refused(
                    "sort", "can be " + sort.word() + " only within one run: add execution_id or execution_uuid");
        }
        return new ListRequest(
                query,
                count(parameters.text("count").orElse("none")),
                grouped(parameters.text("group_by")),
                parameters.text("fields").map(ArtifactFields::of).orElse(ArtifactFields.ALL));
    }

    private static Optional<String> words(QueryParameters parameters) {
        Optional<String> words = parameters.text("q");
        if (words.filter(text -> text.length() > LONGEST_WORDS).isPresent()) {
            throw QueryParameters.refused("q", "must have at most " + LONGEST_WORDS + " characters");
        }
        return words;
    }

    private static Optional<?> value(ArtifactFilter filter, QueryParameters parameters) {
        String name = filter.parameter();
        return switch (filter) {
            case TRY_NUMBER -> parameters.number(name, 0, Integer.MAX_VALUE);
            case CREATED_AFTER, CREATED_BEFORE -> parameters.time(name);
            case EXECUTION_UUID ->
                parameters.text(name).map(text -> {
                    try {
                        return UUID.fromString(text);
                    } catch (IllegalArgumentException e) {
                        throw QueryParameters.refused(name, "must be the id of an execution");
                    }
                });
            default -> parameters.text(name);
        };
    }

    private static Count count(String word) {
        return switch (word) {
            case "none" -> Count.NONE;
            case "estimate" -> Count.ESTIMATE;
            case "exact" -> Count.EXACT;
            default -> throw QueryParameters.refused("count", "must be exact, estimate or none");
        };
    }

    private static boolean grouped(Optional<String> field) {
        if (field.isPresent() && !field.get().equals("execution_id")) {
            throw QueryParameters.refused("group_by", "must be execution_id");
        }
        return field.isPresent();
    }
}
