package dev.signalwright.worker.analysis;

/** How firmly a server is told the form of the answer. Whatever it promises, the answer is read just as strictly. */
enum Strictness {
    /** The server enforces the schema. */
    JSON_SCHEMA,
    /** The server enforces JSON. */
    JSON_OBJECT,
    /** The text alone asks for it. */
    PLAIN;

    boolean hasWeaker() {
        return this != PLAIN;
    }

    Strictness weaker() {
        return values()[ordinal() + 1];
    }
}
