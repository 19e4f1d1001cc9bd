import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Connections that each send a request and wait for its answer. Plain sockets, and two threads for all of them as {@code
 * pgbench} has: what a client library or a thread for each connection takes on two cores would be measured as the
 * service's.
 */
final class Clients {
    private static final int THREADS = 2;
    private static final String LAST_CHUNK = "\r\n0\r\n\r\n";

    private final int port;
    private final int status;

    /** @param status what every answer must have */
    Clients(int port, int status) {
        this.port = port;
        this.status = status;
    }

    /**
     * @param workers what the connection of that name sends
     * @param pause nanoseconds from one request of a connection to its next; 0 sends as fast as it goes
     * @return milliseconds of each answer, sorted
     */
    double[] send(List<String> names, Function<String, Requests> workers, int seconds, long pause) throws Exception {
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        int shareCount = Math.min(THREADS, names.size());
        try (ExecutorService threads = Executors.newFixedThreadPool(shareCount)) {
            List<Callable<List<Connection>>> shares = IntStream.range(0, shareCount)
                    .<Callable<List<Connection>>>mapToObj(thread -> () -> {
                        List<String> mine = IntStream.range(0, names.size())
                                .filter(i -> i % shareCount == thread)
                                .mapToObj(names::get)
                                .toList();
                        return share(mine, workers, pause, end);
                    })
                    .toList();
            List<double[]> taken = new ArrayList<>();
            for (Future<List<Connection>> done : threads.invokeAll(shares)) {
                done.get().forEach(connection -> taken.add(Arrays.copyOf(connection.taken, connection.count)));
            }
            return taken.stream().flatMapToDouble(Arrays::stream).sorted().toArray();
        }
    }

    private List<Connection> share(List<String> names, Function<String, Requests> workers, long pause, long end)
            throws IOException {
        try (Selector selector = Selector.open()) {
            List<Connection> connections = new ArrayList<>();
            for (String name : names) {
                connections.add(new Connection(selector, workers.apply(name), pause));
            }
            while (System.nanoTime() < end || connections.stream().anyMatch(connection -> connection.waits)) {
                long now = System.nanoTime();
                long next = Long.MAX_VALUE;
                for (Connection connection : connections) {
                    if (connection.waits || now >= end) {
                        continue;
                    }
                    if (connection.turn <= now) {
                        connection.begin();
                    } else {
                        next = Math.min(next, Math.min(connection.turn, end) - now);
                    }
                }
                selector.select(Clients::goOn, next == Long.MAX_VALUE ? 0 : Math.max(1, next / 1_000_000));
            }
            for (Connection connection : connections) {
                connection.channel.close();
            }
            return connections;
        }
    }

    private static void goOn(SelectionKey key) {
        try {
            ((Connection) key.attachment()).goOn();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private final class Connection {
        private final SocketChannel channel;
        private final SelectionKey key;
        private final Requests requests;
        private final long pause;
        private ByteBuffer out = ByteBuffer.allocateDirect(8_192);
        private ByteBuffer in = ByteBuffer.allocateDirect(65_536);
        private double[] taken = new double[10_000];
        private int count;
        private boolean waits;
        private long turn;
        private long start;

        Connection(Selector selector, Requests requests, long pause) throws IOException {
            this.requests = requests;
            this.pause = pause;
            this.channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            this.key = channel.register(selector, SelectionKey.OP_READ, this);
            this.turn = System.nanoTime() + ThreadLocalRandom.current().nextLong(pause + 1);
        }

        void begin() throws IOException {
            byte[] request = requests.next();
            if (out.capacity() < request.length) {
                out = ByteBuffer.allocateDirect(request.length * 2);
            }
            out.clear().put(request).flip();
            in.clear();
            waits = true;
            // What an answer is late by is the next one's too: who waits in line has waited.
            start = pause == 0 ? System.nanoTime() : turn;
            write();
        }

        private void write() throws IOException {
            channel.write(out);
            int wanted = out.hasRemaining() ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ;
            if (key.interestOps() != wanted) {
                key.interestOps(wanted);
            }
        }

        void goOn() throws IOException {
            if (out.hasRemaining()) {
                write();
            }
            if (key.isReadable()) {
                read();
            }
        }

        private void read() throws IOException {
            if (!in.hasRemaining()) {
                in = ByteBuffer.allocateDirect(in.capacity() * 2).put(in.flip());
            }
            if (channel.read(in) < 0) {
                throw new IOException("the service closed the connection");
            }
            if (isWhole()) {
                long now = System.nanoTime();
                if (count == taken.length) {
                    taken = Arrays.copyOf(taken, count * 2);
                }
                taken[count++] = (now - start) / 1e6;
                waits = false;
                turn = pause == 0 ? now : turn + pause;
            }
        }

        /** Whether {@link #in} holds an answer of HTTP/1.1: as long as it says, or to the last chunk. */
        private boolean isWhole() throws IOException {
            int head = 0;
            while (head + 4 <= in.position() && in.getInt(head) != 0x0d0a0d0a) {
                head++;
            }
            if (head + 4 > in.position()) {
                return false;
            }
            String lines = text(0, head);
            OptionalInt length = lines.lines()
                    .filter(line -> line.regionMatches(true, 0, "content-length:", 0, 15))
                    .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
                    .findFirst();
            boolean whole = length.isPresent()
                    ? in.position() >= head + 4 + length.getAsInt()
                    : text(in.position() - LAST_CHUNK.length(), LAST_CHUNK.length()).equals(LAST_CHUNK);
            if (whole && !lines.startsWith("HTTP/1.1 " + status + " ")) {
                throw new IOException("answered\n" + text(0, in.position()));
            }
            return whole;
        }

        private String text(int from, int length) {
            byte[] bytes = new byte[length];
            in.get(from, bytes);
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }
}
