package dev.signalwright.artifacts.artifact;

import java.util.Arrays;
import java.util.Optional;

/** What a list can be ordered by; ties are ordered by id. Only the time of storing has an index over the whole store. */
public enum ArtifactSort {
    CREATED_AT("a.created_at", "timestamptz"),
    UPDATED_AT("a.updated_at", "timestamptz"),
    TYPE("a.type", "text"),
    NAME("a.name", "text"),
    /** Artifacts without a symbol first. */
    SYMBOL("coalesce(a.symbol, '')", "text"),
    /** Artifacts without a confidence first. */
    CONFIDENCE("coalesce(a.confidence, -1)", "double precision");

    private final String expression;
    private final String sqlType;

    ArtifactSort(String expression, String sqlType) {
        this.expression = expression;
        this.sqlType = sqlType;
    }

    /** The word in the query parameter {@code sort}. */
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** Empty for a word that is none. */
    static Optional<ArtifactSort> ofWord(String word) {
        return Arrays.stream(values()).filter(sort -> sort.word().equals(word)).findFirst();
    }

    /** SQL over the alias {@code a}. */
    String expression() {
        return expression;
    }

    String sqlType() {
        return sqlType;
    }
}
