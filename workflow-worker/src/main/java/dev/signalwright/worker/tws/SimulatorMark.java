package dev.signalwright.worker.tws;

import dev.signalwright.worker.artifacts.Origin;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The notice by which a simulated gateway names itself.
 *
 * @param origin replayed for real history, simulated for made-up series
 * @param clock where it stands in time
 */
record SimulatorMark(Origin origin, Instant clock) {
    /** The notice's code. */
    static final int CODE = 2199;

    private static final Pattern TEXT =
            Pattern.compile("signalwright-simulator bars=(history|synthetic) clock=(\\S+)");

    static Optional<SimulatorMark> of(String notice) {
        Matcher found = TEXT.matcher(notice.strip());
        if (!found.matches()) {
            return Optional.empty();
        }
        Origin origin = found.group(1).equals("history") ? Origin.REPLAYED : Origin.SIMULATED;
        try {
            return Optional.of(
                    new SimulatorMark(origin, OffsetDateTime.parse(found.group(2)).toInstant()));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
