package dev.signalwright.artifacts.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signalwright.artifacts.change.Position;
import dev.signalwright.artifacts.change.RecordedChange;
import io.smallrye.mutiny.helpers.test.AssertSubscriber;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a listener's queue holds and where it ends. */
class EventHubTest {
    private static final EventFilter ALL =
            new EventFilter(Set.of(), Set.of(), Optional.empty(), Optional.empty(), Optional.empty());

    private final AtomicInteger ended = new AtomicInteger();

    private Listener listener(Position from, int queue) {
        return new Listener(new Reader("viewer", () -> true), ALL, from, queue, ended::incrementAndGet);
    }

    private static Happening happening(long number) {
        return Happening.of(new RecordedChange(
                new Position(number, number),
                Instant.EPOCH,
                "artifact.created",
                Optional.of(new UUID(0, number)),
                Optional.of("llm"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
    }

    private static List<Long> numbers(AssertSubscriber<Happening> reader) {
        return reader.getItems().stream()
                .filter(happening -> happening.change().isPresent())
                .map(happening -> happening.position().seq())
                .toList();
    }

    @Test
    void theMissedComesBeforeWhatHappensMeanwhile() {
        Listener listener = listener(new Position(1, 1), 10);
        listener.tell(happening(4));
        var reader = listener.stream(new Position(1, 1), List.of(happening(2), happening(3)))
                .subscribe()
                .withSubscriber(AssertSubscriber.<Happening>create(100));
        listener.tell(happening(5));
        assertEquals(List.of(2L, 3L, 4L, 5L), numbers(reader));
    }

    @Test
    void whatItKnowsFromAFasterReplicaIsNotToldAgain() {
        Listener listener = listener(new Position(3, 3), 10);
        listener.tell(happening(2));
        listener.tell(Happening.heartbeat(new Position(2, 2)));
        listener.tell(happening(3));
        listener.tell(happening(4));
        var reader = listener.stream(new Position(3, 3), List.of())
                .subscribe()
                .withSubscriber(AssertSubscriber.<Happening>create(100));
        assertEquals(List.of(4L), numbers(reader));
        assertEquals(2, reader.getItems().size());
    }

    @Test
    void aReaderThatStandsStillIsCutAndForgotten() {
        Listener listener = listener(Position.START, 3);
        var reader = listener.stream(Position.START, List.of())
                .subscribe()
                .withSubscriber(AssertSubscriber.<Happening>create(1));
        for (int number = 1; number <= 5; number++) {
            listener.tell(happening(number));
        }
        assertTrue(numbers(reader).isEmpty());
        reader.request(100);
        reader.assertTerminated();
        assertEquals(1, ended.get());
    }
}
