import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** The packaged service in a home of its own, filled by COPY, asked over HTTP by one client; or listened to by many. */
final class ReadSide {
    private static final int PER_RUN = 10;
    private static final Map<String, String> MANY_LISTENERS = Map.of(
            "SIGNALWRIGHT_EVENTS_MOST_LISTENERS", "10000", "SIGNALWRIGHT_EVENTS_MOST_LISTENERS_PER_TOKEN", "10000");
    /** The newest runs have the size of real ones: 2,000 bars, 250 rows a chart; the others a hundredth. */
    private static final int FULL_RUNS = 200;

    public static void main(String[] args) throws Exception {
        // To look into a filled store afterwards, or to measure it again: BENCH_HOME names a folder that is kept.
        String kept = System.getenv().getOrDefault("BENCH_HOME", "");
        Path home = kept.isEmpty() ? Files.createTempDirectory("signalwright-bench") : Files.createDirectories(Path.of(kept));
        try (Service service = new Service(args[0], Path.of(args[1]), home, MANY_LISTENERS)) {
            List<Integer> numbers =
                    Arrays.stream(args).skip(3).map(Integer::valueOf).toList();
            if (args[2].equals("reads")) {
                int most = numbers.isEmpty() ? 1_000_000 : numbers.getFirst();
                Store store = new Store(service);
                List<Figure> small = List.of();
                if (store.isEmpty()) {
                    store.fill(10_000);
                    small = new Reads(service, store).figures();
                    store.fill(most);
                } else {
                    store.runs = most / PER_RUN;
                }
                List<Figure> large = new Reads(service, store).figures();
                Reads.print(small.isEmpty() ? large : small, large, most);
            } else {
                for (int listeners : numbers.isEmpty() ? List.of(200, 500, 1_000) : numbers) {
                    new Listeners(service, listeners).measure();
                }
            }
        }
        if (kept.isEmpty()) {
            Service.forget(home);
        }
    }

    /** Runs of one symbol each, ten artifacts a run, linked as the workflow links them. */
    static final class Store {
        private static final List<String> SYMBOLS = List.of("AAPL", "MSFT", "IBM", "NVDA", "AMZN", "GOOG", "TSLA", "JPM");
        private static final String[] TYPES = {
            "preflight", "market_data", "chart", "chart", "llm", "signal", "order", "portfolio", "task_result", "task_result"
        };
        private static final String[] NAMES = {
            "preflight", "daily_bars", "daily", "weekly", "analysis", "signal", "order", "portfolio", "analyze_with_llm",
            "deliver_artifacts"
        };
        private static final Instant BEGIN = Instant.parse("2024-01-01T00:00:00Z");
        private static final String[] WORDS = words();

        final Service service;
        int runs;
        private final Random random = new Random(7);

        Store(Service service) {
            this.service = service;
        }

        private static String[] words() {
            String[] known = ("price trend momentum volume breakout support resistance average crossed above below strong weak"
                            + " supertrend macd rsi overbought oversold candle range rally decline session close open high low"
                            + " bullish bearish neutral signal risk reward stop target entry confirms diverges histogram band")
                    .split(" ");
            String[] all = Arrays.copyOf(known, 2_000);
            Random random = new Random(3);
            for (int i = known.length; i < all.length; i++) {
                all[i] = random.ints(7, 'a', 'z' + 1)
                        .mapToObj(Character::toString)
                        .collect(Collectors.joining());
            }
            return all;
        }

        /** Words as texts have them: few often, most seldom. */
        private String prose(int count) {
            StringBuilder text = new StringBuilder();
            for (int i = 0; i < count; i++) {
                double pick = random.nextDouble();
                text.append(WORDS[(int) (pick * pick * pick * WORDS.length)]).append(' ');
            }
            return text.toString();
        }

        static UUID artifact(int run, int number) {
            return UUID.nameUUIDFromBytes(("artifact" + run + "/" + number).getBytes(StandardCharsets.UTF_8));
        }

        static UUID execution(int run) {
            return UUID.nameUUIDFromBytes(("execution" + run).getBytes(StandardCharsets.UTF_8));
        }

        boolean isEmpty() throws Exception {
            return artifactsCounted() == 0;
        }

        void fill(int artifacts) throws Exception {
            int first = runs;
            runs = artifacts / PER_RUN;
            long start = System.nanoTime();
            try (Connection connection = service.database();
                    Statement statement = connection.createStatement()) {
                connection.setAutoCommit(false);
                statement.execute("set local synchronous_commit = off");
                statement.execute("set local statement_timeout = 0");
                copy(connection, "execution (id, dag_id, run_id, state, degraded, created_at, last_at)", first, this::execution);
                copy(connection, """
                        artifact (id, key, name, type, symbol, workflow_id, execution_id, dag_id, task_id, step_name,
                        map_index, try_number, as_of, prompt, response, chart_type, chart_data, action, confidence,
                        signal_data, data, metadata, origin, content_sha256, canonical, canonical_size, created_at,
                        updated_at, execution_uuid)""", first, this::artifacts);
                copy(connection, "artifact_parent (artifact_id, position, parent_id)", first, this::parents);
                statement.execute("""
                        insert into change (at, kind, actor, artifact_id, type, symbol, content_sha256, execution_uuid, dag_id,
                            execution_id)
                        select created_at, 'artifact.created', 'bench', id, type, symbol, content_sha256, execution_uuid,
                               dag_id, execution_id
                        from artifact where created_at >= '%s' order by created_at""".formatted(at(first, 0)));
                connection.commit();
                connection.setAutoCommit(true);
                double copied = (System.nanoTime() - start) / 1e9;
                start = System.nanoTime();
                while (artifactsCounted() < artifacts) {
                    Thread.sleep(200);
                }
                System.out.printf(
                        "%,d artifacts: copied in %.0f s, in the catalogue after %.0f s more%n",
                        artifacts, copied, (System.nanoTime() - start) / 1e9);
                statement.execute("vacuum (analyze) artifact");
                statement.execute("vacuum (analyze) artifact_parent");
                statement.execute("vacuum (analyze) execution");
                statement.execute("vacuum (analyze) catalog_entry");
                statement.execute("vacuum (analyze) change");
            }
        }

        private int artifactsCounted() throws Exception {
            String body = service.get("/api/artifacts/stats/summary").body();
            return Integer.parseInt(body.replaceAll(".*\"artifacts\":(\\d+).*", "$1"));
        }

        private interface Rows {
            void write(int run, StringBuilder to);
        }

        private void copy(Connection connection, String table, int first, Rows rows) throws Exception {
            CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn("copy " + table + " from stdin");
            StringBuilder lines = new StringBuilder();
            for (int run = first; run < runs; run++) {
                rows.write(run, lines);
                if (lines.length() > 1 << 20 || run == runs - 1) {
                    byte[] bytes = lines.toString().getBytes(StandardCharsets.UTF_8);
                    copy.writeToCopy(bytes, 0, bytes.length);
                    lines.setLength(0);
                }
            }
            copy.endCopy();
        }

        private static Instant at(int run, int number) {
            return BEGIN.plusSeconds(run * 600L).plusMillis(number * 2_000L);
        }

        private void execution(int run, StringBuilder to) {
            line(to, execution(run), "dag", "run-" + run, run % 50 == 0 ? "failed" : "success", false, at(run, 0), at(run, 9));
        }

        private void parents(int run, StringBuilder to) {
            int[][] links = {{2, 1}, {3, 1}, {4, 2}, {4, 3}, {4, 1}, {5, 4}, {6, 5}};
            int position = 0;
            for (int i = 0; i < links.length; i++) {
                position = i > 0 && links[i][0] == links[i - 1][0] ? position + 1 : 0;
                line(to, artifact(run, links[i][0]), position, artifact(run, links[i][1]));
            }
        }

        private void artifacts(int run, StringBuilder to) {
            boolean full = run >= runs - FULL_RUNS;
            String symbol = SYMBOLS.get(run % SYMBOLS.size());
            for (int i = 0; i < PER_RUN; i++) {
                String key = "dag/run-" + run + "/task/-1/1/" + TYPES[i] + "/" + NAMES[i] + "/" + symbol;
                String chart = TYPES[i].equals("chart") ? table(full ? 250 : 3, 17) : null;
                String prompt = TYPES[i].equals("llm") ? "Read the charts. " + prose(150) : null;
                String response = TYPES[i].equals("llm") ? prose(80) : null;
                boolean decides = TYPES[i].equals("signal");
                String signal = decides
                        ? "{\"outcome\":\"DECIDED\",\"reasoning\":\"" + prose(40) + (run % 5_000 == 0 ? "quetzalcoatl" : "")
                                + "\"}"
                        : null;
                String data = chart == null && prompt == null && !decides
                        ? (TYPES[i].equals("market_data") ? table(full ? 2_000 : 20, 6) : "{\"outcome\":\"done\",\"seconds\":1.5}")
                        : null;
                String action = decides ? (run % 3 == 0 ? "BUY" : run % 3 == 1 ? "SELL" : "HOLD") : null;
                String canonical = canonical(action, chart, data, prompt, response, signal, run, NAMES[i], TYPES[i], symbol);
                byte[] bytes = canonical.getBytes(StandardCharsets.UTF_8);
                line(
                        to, artifact(run, i), key, NAMES[i], TYPES[i], symbol, "dag", "run-" + run, "dag", "task", "task", -1, 1,
                        at(run, 0), prompt, response, TYPES[i].equals("chart") ? NAMES[i] : null, chart, action,
                        decides ? 0.85 : null, signal, data, "{}", "replayed", sha256(bytes), "\\x" + HexFormat.of().formatHex(bytes),
                        bytes.length, at(run, i), at(run, i), execution(run));
            }
        }

        private static String canonical(
                String action, String chart, String data, String prompt, String response, String signal, int run, String name,
                String type, String symbol) {
            StringBuilder json = new StringBuilder("{");
            if (action != null) {
                json.append("\"action\":\"").append(action).append("\",");
            }
            json.append("\"as_of\":\"").append(at(run, 0)).append("\",");
            if (chart != null) {
                json.append("\"chart_data\":").append(chart).append(",\"chart_type\":\"").append(name).append("\",");
            }
            json.append("\"dag_id\":\"dag\",");
            if (data != null) {
                json.append("\"data\":").append(data).append(',');
            }
            json.append("\"execution_id\":\"run-").append(run).append("\",\"map_index\":-1,\"name\":\"").append(name);
            json.append("\",\"origin\":\"replayed\",");
            if (prompt != null) {
                json.append("\"prompt\":\"").append(prompt).append("\",\"response\":\"").append(response).append("\",");
            }
            if (signal != null) {
                json.append("\"signal_data\":").append(signal).append(',');
            }
            return json.append("\"step_name\":\"task\",\"symbol\":\"").append(symbol)
                    .append("\",\"task_id\":\"task\",\"try_number\":1,\"type\":\"").append(type)
                    .append("\",\"workflow_id\":\"dag\"}").toString();
        }

        private String table(int rows, int columns) {
            StringBuilder json = new StringBuilder("{\"columns\":[\"date\",\"open\",\"high\",\"low\",\"close\",\"volume\"],\"rows\":[");
            for (int row = 0; row < rows; row++) {
                json.append(row == 0 ? "[" : ",[").append("\"2012-01-").append(10 + row % 20).append('"');
                for (int column = 1; column < columns; column++) {
                    json.append(',').append(random.nextInt(1_000_000) / 1_000.0);
                }
                json.append(']');
            }
            return json.append("]}").toString();
        }

        private static String sha256(byte[] bytes) {
            try {
                return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
            } catch (java.security.NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }

        private static void line(StringBuilder to, Object... values) {
            for (int i = 0; i < values.length; i++) {
                to.append(i == 0 ? "" : "\t").append(values[i] == null ? "\\N" : values[i].toString().replace("\\", "\\\\"));
            }
            to.append('\n');
        }
    }

    /** @param milliseconds sorted */
    record Figure(String name, double[] milliseconds, long bytes) {
        double at(double share) {
            return milliseconds[(int) Math.min(milliseconds.length - 1, Math.ceil(share * milliseconds.length) - 1)];
        }
    }

    /** One client, one request after another. */
    static final class Reads {
        private static final int WARM = 60;
        private static final int ROUNDS = 200;

        private final Service service;
        private final Store store;
        private final Random random = new Random(11);

        Reads(Service service, Store store) {
            this.service = service;
            this.store = store;
        }

        List<Figure> figures() throws Exception {
            int runs = store.runs;
            Supplier<Integer> any = () -> random.nextInt(runs);
            Supplier<Integer> newest = () -> runs - 1 - random.nextInt(FULL_RUNS);
            String older = service.get("/api/artifacts?limit=500&fields=id").body().replaceAll(".*\"next_cursor\":\"([^\"]+)\".*", "$1");
            return List.of(
                    figure("first page, everything in it", () -> "/api/artifacts"),
                    figure("first page, fields=id,type,name,symbol,created_at", () -> "/api/artifacts?fields=id,type,name,symbol,created_at"),
                    figure("a later page", () -> "/api/artifacts?fields=id,type&cursor=" + older),
                    figure("type=signal&symbol=AAPL", () -> "/api/artifacts?type=signal&symbol=AAPL"),
                    figure("artifacts of one run", () -> "/api/artifacts?execution_id=run-" + any.get()),
                    figure("artifacts of one run of full size", () -> "/api/artifacts?execution_id=run-" + newest.get()),
                    figure("first page of executions", () -> "/api/executions"),
                    figure("one execution", () -> "/api/executions/" + Store.execution(any.get())),
                    figure("graph of an execution", () -> "/api/executions/" + Store.execution(any.get()) + "/graph"),
                    figure("lineage of a signal", () -> "/api/artifacts/" + Store.artifact(any.get(), 5) + "/lineage"),
                    figure("search: a word in a tenth of all", () -> search("momentum")),
                    figure("search: a seldom word", () -> search("quetzalcoatl")),
                    figure("search: two words that are often apart", () -> search("AAPL quetzalcoatl")),
                    figure("search: words within a type", () -> search("support resistance") + "&type=signal"),
                    figure("search: a phrase", () -> search("\"" + "bullish bearish" + "\"")),
                    figure("search: nothing", () -> search("xylophone")),
                    figure("search: AAPL -MSFT or breakout", () -> search("AAPL -MSFT or breakout")),
                    figure("summary", () -> "/api/artifacts/stats/summary"),
                    figure("page of executions (HTML)", () -> "/executions"),
                    figure("page of artifacts (HTML)", () -> "/artifacts"));
        }

        private static String search(String words) {
            return "/api/artifacts?q=" + URLEncoder.encode(words, StandardCharsets.UTF_8);
        }

        private Figure figure(String name, Supplier<String> path) throws Exception {
            double[] taken = new double[ROUNDS];
            long bytes = 0;
            for (int i = -WARM; i < ROUNDS; i++) {
                String address = path.get();
                long start = System.nanoTime();
                HttpResponse<String> answer = service.get(address);
                if (answer.statusCode() != 200) {
                    throw new IOException(address + ": " + answer.statusCode() + " " + answer.body());
                }
                if (i >= 0) {
                    taken[i] = (System.nanoTime() - start) / 1e6;
                    bytes = answer.body().length();
                }
            }
            Arrays.sort(taken);
            return new Figure(name, taken, bytes);
        }

        static void print(List<Figure> small, List<Figure> large, int artifacts) {
            System.out.printf("%n%-52s %21s %21s %6s %9s%n", "milliseconds", "10,000: p50     p95", "%,d: p50   p95".formatted(artifacts), "ratio", "KB");
            for (int i = 0; i < small.size(); i++) {
                Figure few = small.get(i);
                Figure many = large.get(i);
                System.out.printf(
                        "%-52s %13.1f %7.1f %13.1f %7.1f %6.2f %9.1f%n",
                        many.name(), few.at(0.5), few.at(0.95), many.at(0.5), many.at(0.95), many.at(0.95) / few.at(0.95),
                        many.bytes() / 1024.0);
            }
        }
    }

    /** Listeners on plain sockets; twenty events a second, each with the time of its commit in it. */
    static final class Listeners {
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
}
