package dev.signalwright.worker.analysis;

import java.util.Optional;

/** How firmly a server is told the form of the answer. Whatever it promises, the answer is read just as strictly. */
enum Strictness {
    /** The server enforces the schema. */
    JSON_SCHEMA,
    /** The server enforces JSON. */
    JSON_OBJECT,
    /** The text alone asks for it. */
    PLAIN;

    /** The next weaker form; empty when there is none. */
    Optional<Strictness> weaker() {
        return switch (this) {
            case JSON_SCHEMA -> Optional.of(JSON_OBJECT);
            case JSON_OBJECT -> Optional.of(PLAIN);
            case PLAIN -> Optional.empty();
        };
    }
}
