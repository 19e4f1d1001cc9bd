package dev.signalwright.artifacts.event;

import dev.signalwright.artifacts.change.Position;
import dev.signalwright.artifacts.change.RecordedChange;
import java.util.Optional;

/**
 * What goes to listeners, made once for all of them.
 *
 * @param position the id of the event
 * @param change empty for a heartbeat
 * @param json the event's data; empty text for a heartbeat
 */
record Happening(Position position, Optional<RecordedChange> change, String json) {
    static Happening of(RecordedChange change) {
        return new Happening(change.position(), Optional.of(change), EventJson.of(change));
    }

    /** Tells where the stream stands, so that a listener whose filter holds everything back falls behind nothing. */
    static Happening heartbeat(Position position) {
        return new Happening(position, Optional.empty(), "");
    }
}
