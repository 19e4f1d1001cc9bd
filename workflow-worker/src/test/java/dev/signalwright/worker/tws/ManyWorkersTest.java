package dev.signalwright.worker.tws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signalwright.worker.tws.host.HostShare;
import dev.signalwright.worker.tws.wire.FrameReader;
import dev.signalwright.worker.tws.wire.FrameWriter;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Eight worker processes at one gateway that counts: no rule of the gateway is broken, and a killed one leaves nothing. */
class ManyWorkersTest {
    private static final int WORKERS = 8;
    private static final long SECOND = 1_000_000_000L;
    private static final long TOLERANCE = SECOND / 20;

    private final List<Long> messages = new CopyOnWriteArrayList<>();
    private final Map<Long, String> history = new ConcurrentHashMap<>();
    private final ConcurrentSkipListSet<String> clientIds = new ConcurrentSkipListSet<>();
    private final List<String> collisions = new CopyOnWriteArrayList<>();

    @TempDir
    Path home;

    @Test
    @Timeout(120)
    void togetherTheyKeepTheGatewaysRules() throws Exception {
        try (ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> accept(door));
            List<Process> workers = new ArrayList<>();
            try {
                for (int number = 0; number < WORKERS; number++) {
                    workers.add(start(door.getLocalPort(), number));
                }
                StringBuilder said = new StringBuilder();
                for (Process worker : workers) {
                    said.append(untilDone(worker));
                }
                assertTrue(said.toString().contains("waits"), "no wait was told: " + said);
                assertTrue(said.toString().contains("twice within 15 s"), said.toString());
                assertEquals(List.of(), collisions);
                assertEquals(WORKERS, clientIds.size());
                assertMessagesSpread();
                assertHistorySpread();
                assertLeavesNothing(door.getLocalPort(), workers.getFirst());
            } finally {
                workers.forEach(Process::destroyForcibly);
            }
        }
    }

    private void assertLeavesNothing(int port, Process killed) throws Exception {
        HostShare share = HostShare.of(home, "127.0.0.1", port);
        for (int id = 1; id <= WORKERS; id++) {
            assertTrue(share.clientId(id).isEmpty(), "number " + id + " is free though its worker lives");
        }
        // On Unix this is kill -9.
        killed.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        int free = 0;
        for (int id = 1; id <= WORKERS; id++) {
            free += share.clientId(id).isPresent() ? 1 : 0;
        }
        assertEquals(1, free);
    }

    private Process start(int port, int number) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        PacedWorker.class.getName(),
                        home.toString(),
                        Integer.toString(port),
                        Integer.toString(number))
                .redirectErrorStream(true)
                .start();
    }

    private static String untilDone(Process worker) throws IOException {
        StringBuilder said = new StringBuilder();
        BufferedReader lines = worker.inputReader();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            said.append(line).append('\n');
            if (line.equals("done")) {
                return said.toString();
            }
        }
        throw new AssertionError("A worker ended early: " + said);
    }

    private void assertMessagesSpread() {
        List<Long> sorted = messages.stream().sorted().toList();
        int most = 0;
        int from = 0;
        for (int to = 0; to < sorted.size(); to++) {
            while (sorted.get(to) - sorted.get(from) >= SECOND) {
                from++;
            }
            most = Math.max(most, to - from + 1);
        }
        assertTrue(sorted.size() > 100, "only " + sorted.size() + " messages");
        assertTrue(most <= 50, most + " messages within a second");
    }

    private void assertHistorySpread() {
        List<Map.Entry<Long, String>> asked = new ArrayList<>(new TreeMap<>(history).entrySet());
        assertEquals(WORKERS + 2, asked.size());
        for (int later = 0; later < asked.size(); later++) {
            int near = 1;
            for (int earlier = 0; earlier < later; earlier++) {
                long apart = asked.get(later).getKey() - asked.get(earlier).getKey() + TOLERANCE;
                near += apart < 2 * SECOND ? 1 : 0;
                boolean same =
                        asked.get(later).getValue().equals(asked.get(earlier).getValue());
                assertTrue(!same || apart >= 15 * SECOND, "the same bars within 15 s: " + apart);
            }
            assertTrue(near < 6, near + " requests for one contract within 2 s");
        }
    }

    private void accept(ServerSocket door) {
        while (!door.isClosed()) {
            try {
                Socket socket = door.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                // The test is over.
                return;
            }
        }
    }

    private void serve(Socket accepted) {
        try (Socket socket = accepted) {
            FrameWriter writer = new FrameWriter(socket.getOutputStream());
            socket.getInputStream().readNBytes(4);
            FrameReader reader = new FrameReader(socket.getInputStream());
            reader.next();
            say(writer, "178|now|");
            for (Optional<byte[]> frame = reader.next(); frame.isPresent(); frame = reader.next()) {
                long now = System.nanoTime();
                messages.add(now);
                String[] words = new String(frame.get(), StandardCharsets.US_ASCII).split("\0", -1);
                switch (words[0]) {
                    case "71" -> {
                        if (!clientIds.add(words[2])) {
                            collisions.add(words[2]);
                        }
                        say(writer, "15|1|DU1234567|");
                        say(writer, "9|1|1|");
                    }
                    case "49" -> say(writer, "49|1|1348146000|");
                    case "20" -> {
                        history.put(now, words[15]);
                        say(writer, "17|" + words[1] + "|a|b|1|20120919|1|1|1|1|1|1|1|");
                    }
                    default -> {}
                }
            }
        } catch (IOException e) {
            // The worker was ended.
            return;
        }
    }

    private static void say(FrameWriter writer, String line) throws IOException {
        writer.write(line.replace('|', '\0').getBytes(StandardCharsets.US_ASCII));
    }
}
