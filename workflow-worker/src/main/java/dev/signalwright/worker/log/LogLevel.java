package dev.signalwright.worker.log;

import java.util.Locale;

/** Levels as the operator knows them. */
enum LogLevel {
    DEBUG,
    INFO,
    WARNING,
    ERROR;

    String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
