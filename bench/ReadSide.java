import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The packaged service in a home of its own, filled by COPY, asked over HTTP by one client; or listened to by many. */
final class ReadSide {
    private static final Map<String, String> MANY_LISTENERS = Map.of(
            "SIGNALWRIGHT_EVENTS_MOST_LISTENERS", "10000", "SIGNALWRIGHT_EVENTS_MOST_LISTENERS_PER_TOKEN", "10000");

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
                    store.runs = most / Store.PER_RUN;
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
}
