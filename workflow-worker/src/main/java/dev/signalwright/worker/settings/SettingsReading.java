package dev.signalwright.worker.settings;

import java.util.List;

/** What came of reading the settings. */
public sealed interface SettingsReading {
    /** Everything is in order. */
    record Valid(Settings settings) implements SettingsReading {}

    /**
     * Something is not.
     *
     * @param problems all of them, one sentence each, in the order of the documentation; never a secret's value
     */
    record Invalid(List<String> problems) implements SettingsReading {
        public Invalid {
            problems = List.copyOf(problems);
        }
    }
}
