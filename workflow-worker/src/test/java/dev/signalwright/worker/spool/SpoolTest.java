package dev.signalwright.worker.spool;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
    private static final UUID RUN = UUID.fromString("2e87b9c5-f14c-579d-9534-f86ff937493e");
    private static final SpoolLimits NO_LIMITS = new SpoolLimits(Long.MAX_VALUE, 0);
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2012-09-20T13:00:00Z"), ZoneOffset.UTC);

    @TempDir
    Path folder;

    @Test
    void givesBackInTheOrderOfHandingOver() throws IOException {
        Spool spool = open("0000000a", CLOCK);
        List<RecordName> names = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            names.add(spool.append(record("{\"n\":" + i + "}")));
        }
        assertEquals(names, spool.pending(RUN));
    }

    @Test
    void putsAChildOfAnotherProcessBehindItsParentWhenTheClockWasSetBack() throws IOException {
        RecordName parent = open("ffffffff", CLOCK).append(record("{}"));
        Clock earlier = Clock.fixed(CLOCK.instant().minusSeconds(3600), ZoneOffset.UTC);
        RecordName child = open("00000000", earlier).append(record("{}"));
        assertEquals(List.of(parent, child), open("00000001", CLOCK).pending(RUN));
    }

    @Test
    void eitherHandsOverWholeOrSaysNoWhicheverCallToTheDiskFails() throws IOException {
        boolean failed = true;
        for (int call = 1; failed; call++) {
            FailingDisk disk = new FailingDisk(call);
            Path place = folder.resolve("at-call-" + call);
            boolean accepted = appendTo(place, disk);
            failed = disk.hasFailed();
            assertEquals(!failed, accepted, "call " + call);
            Spool reopened = Spool.open(place, "0000000b", NO_LIMITS, CLOCK);
            List<RecordName> waiting = reopened.pending();
            assertEquals(accepted ? 1 : 0, waiting.size(), "call " + call);
            for (RecordName name : waiting) {
                assertInstanceOf(Taking.Taken.class, reopened.take(name), "call " + call);
            }
        }
    }

    @Test
    void damagedRecordGoesIntoQuarantineWithItsReasonAndTheNextIsSent() throws IOException {
        Spool spool = open("0000000a", CLOCK);
        RecordName damaged = spool.append(record("{\"n\":1}"));
        RecordName sound = spool.append(record("{\"n\":2}"));
        Path file = folder.resolve("pending").resolve(damaged.toString());
        Files.write(file, new byte[] {1, 2, 3});

        assertInstanceOf(Taking.Unreadable.class, spool.take(damaged));
        assertInstanceOf(Taking.Taken.class, spool.take(sound));
        assertEquals(List.of(sound), spool.pending());
        assertEquals(1, spool.quarantined());
        String reason = Files.readString(folder.resolve("quarantine").resolve(damaged + ".reason"));
        assertTrue(reason.contains("does not begin like a spool record"), reason);
    }

    @Test
    void recordIsTakenByOneAtATimeAndComesBackUnlessRemoved() throws IOException {
        Spool spool = open("0000000a", CLOCK);
        RecordName name = spool.append(record("{\"n\":1}"));
        Taking.Taken taken = assertInstanceOf(Taking.Taken.class, spool.take(name));
        assertInstanceOf(Taking.Gone.class, open("0000000b", CLOCK).take(name));
        taken.close();

        Taking.Taken again = assertInstanceOf(Taking.Taken.class, open("0000000b", CLOCK).take(name));
        assertArrayEquals("{\"n\":1}".getBytes(StandardCharsets.UTF_8), again.content().json());
        again.remove();
        again.close();
        assertInstanceOf(Taking.Gone.class, spool.take(name));
    }

    @Test
    void onlyOneEmptiesTheSpool() throws IOException {
        Spool first = open("0000000a", CLOCK);
        Spool second = open("0000000b", CLOCK);
        List<Boolean> inside = new ArrayList<>();
        assertTrue(first.alone(() -> inside.add(second.alone(() -> {}))));
        assertEquals(List.of(false), inside);
        assertTrue(second.alone(() -> {}));
    }

    @Test
    void saysNoBeforeItIsTooFull() throws IOException {
        Spool small = Spool.open(folder, "0000000a", new SpoolLimits(300, 0), CLOCK);
        small.append(record("{}"));
        small.append(record("{}"));
        IOException full = assertThrows(IOException.class, () -> small.append(record("{}")));
        assertTrue(full.getMessage().contains("its limit is 300"), full.getMessage());

        Spool noRoom = Spool.open(folder, "0000000a", new SpoolLimits(Long.MAX_VALUE, Long.MAX_VALUE), CLOCK);
        assertThrows(IOException.class, () -> noRoom.append(record("{}")));
        assertEquals(2, small.pending().size());
    }

    @Test
    void writesForItsOwnerOnlyAndRefusesAFolderThatOthersMayWrite() throws IOException {
        RecordName name = open("0000000a", CLOCK).append(record("{}"));
        Path pending = folder.resolve("pending");
        assertEquals("rwx------", permissions(pending));
        assertEquals("rw-------", permissions(pending.resolve(name.toString())));

        Files.setPosixFilePermissions(pending, PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThrows(IOException.class, () -> open("0000000a", CLOCK));
    }

    @Test
    void followsNoLinks() throws IOException {
        Spool spool = open("0000000a", CLOCK);
        RecordName name = spool.append(record("{}"));
        Path file = folder.resolve("pending").resolve(name.toString());
        Path elsewhere = folder.resolve("elsewhere");
        Files.move(file, elsewhere);
        Files.createSymbolicLink(file, elsewhere);
        assertThrows(IOException.class, () -> spool.take(name));
    }

    @Test
    void leavesNoUnfinishedFilesBehind() throws IOException {
        open("0000000a", CLOCK).append(record("{}"));
        try (Stream<Path> files = Files.list(folder.resolve("pending"))) {
            assertFalse(files.anyMatch(file -> file.toString().endsWith(".tmp")));
        }
    }

    private static boolean appendTo(Path place, FailingDisk disk) {
        try {
            Spool.open(place, disk, "0000000a", NO_LIMITS, CLOCK).append(record("{\"n\":1}"));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private Spool open(String writer, Clock clock) throws IOException {
        return Spool.open(folder, writer, NO_LIMITS, clock);
    }

    private static SpoolRecord record(String json) {
        return new SpoolRecord(
                SpoolRecord.Kind.ARTIFACT,
                RUN,
                UUID.fromString("d737b10f-a8ae-58c6-ab60-aba7fd3821e7"),
                CLOCK.instant(),
                json.getBytes(StandardCharsets.UTF_8),
                new byte[0]);
    }

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
