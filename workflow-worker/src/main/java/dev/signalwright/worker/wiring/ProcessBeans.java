package dev.signalwright.worker.wiring;

import dev.signalwright.worker.log.LogLines;
import dev.signalwright.worker.log.ProcessLog;
import dev.signalwright.worker.platform.Environment;
import dev.signalwright.worker.platform.Sleeper;
import dev.signalwright.worker.settings.Settings;
import dev.signalwright.worker.settings.SettingsReader;
import dev.signalwright.worker.settings.SettingsReading;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.random.RandomGenerator;

/** What the process is given by the system, as beans. */
final class ProcessBeans {
    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }

    @Produces
    @Singleton
    RandomGenerator random() {
        return RandomGenerator.getDefault();
    }

    @Produces
    @Singleton
    Sleeper sleeper() {
        return Sleeper.real();
    }

    @Produces
    @Singleton
    Environment environment() {
        return new Environment(System.getenv());
    }

    @Produces
    @Singleton
    LogLines lines() {
        return ProcessLog.lines();
    }

    @Produces
    @Singleton
    SettingsReading settingsReading(Environment environment) {
        return SettingsReader.read(environment);
    }

    /** The settings. The front door refuses invalid ones before anybody asks for this bean. */
    @Produces
    @Singleton
    Settings settings(SettingsReading reading) {
        if (reading instanceof SettingsReading.Valid(Settings settings)) {
            return settings;
        }
        throw new IllegalStateException("The settings are not valid: " + reading);
    }
}
