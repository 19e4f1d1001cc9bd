import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Listeners on plain sockets; twenty events a second, each with the time of its commit in it. */
final class Listeners {
    private static final int PER_SECOND = 20;
    private static final int SECONDS = 20;

    private final Service service;
    private final int count;
    private final AtomicLong heard = new AtomicLong();
    private final List<long[]> late = new ArrayList<>();

    Listeners(Service service, int count) {
        this.service = service;
        this.count = count;
    }

    void measure() throws Exception {
        CountDownLatch ready = new CountDownLatch(count);
        List<Socket> sockets = new ArrayList<>();
        List<Thread> readers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Socket socket = new Socket("127.0.0.1", service.port);
            sockets.add(socket);
            long[] delays = new long[PER_SECOND * SECONDS];
            late.add(delays);
            readers.add(Thread.ofVirtual().start(() -> listen(socket, delays, ready)));
        }
        if (!ready.await(60, TimeUnit.SECONDS)) {
            throw new IOException(ready.getCount() + " listeners were not let in");
        }
        long memory = service.residentMegabytes();
        double cpu = service.cpuSeconds();
        long start = System.nanoTime();
        write();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        long all = (long) count * PER_SECOND * SECONDS;
        while (heard.get() < all && System.nanoTime() < end) {
            Thread.sleep(20);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        long[] delays = late.stream().flatMapToLong(Arrays::stream).filter(delay -> delay > 0).sorted().toArray();
        System.out.printf(
                "%,d listeners x %d events/s for %d s: %,d of %,d heard; late by p50 %d ms, p99 %d ms, at most %d ms;"
                        + " %.2f cores; memory %d -> %d MB%n",
                count, PER_SECOND, SECONDS, heard.get(), all, delays[delays.length / 2] / 1_000,
                delays[(int) (delays.length * 0.99)] / 1_000, delays[delays.length - 1] / 1_000,
                (service.cpuSeconds() - cpu) / seconds, memory, service.residentMegabytes());
        for (Socket socket : sockets) {
            socket.close();
        }
        for (Thread reader : readers) {
            reader.join(5_000);
        }
    }

    private void write() throws Exception {
        try (Connection connection = service.database();
                var insert = connection.prepareStatement("""
                        insert into change (at, kind, actor, artifact_id, type, dag_id, execution_id, detail)
                        values (now(), 'artifact.created', 'bench', gen_random_uuid(), 'llm', 'dag', 'run',
                            jsonb_build_object('sent', ?))""")) {
            long start = System.nanoTime();
            for (int i = 0; i < PER_SECOND * SECONDS; i++) {
                long due = start + i * 1_000_000_000L / PER_SECOND;
                while (System.nanoTime() < due) {
                    Thread.sleep(1);
                }
                insert.setLong(1, micros());
                insert.executeUpdate();
            }
        }
    }

    private static long micros() {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
    }

    private void listen(Socket socket, long[] delays, CountDownLatch ready) {
        try {
            OutputStream out = socket.getOutputStream();
            out.write(("GET /api/events HTTP/1.1\r\nHost: 127.0.0.1:" + service.port + "\r\nAuthorization: Bearer " + Service.TOKEN
                            + "viewer\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8));
            BufferedReader lines = new BufferedReader(
                    new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8), 2_048);
            int next = 0;
            boolean joined = false;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                int sent = line.indexOf("\"sent\":");
                if (sent > 0) {
                    long then = Long.parseLong(line.substring(sent + 7).replaceAll("\\D.*", ""));
                    delays[next++] = Math.max(1, micros() - then);
                    heard.incrementAndGet();
                } else if (!joined && line.startsWith("id:")) {
                    joined = true;
                    ready.countDown();
                }
            }
        } catch (IOException | RuntimeException over) {
            // The bench closed it.
        }
    }
}
