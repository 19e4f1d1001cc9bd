import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** One client, one request after another. */
final class Reads {
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
        Supplier<Integer> newest = () -> runs - 1 - random.nextInt(Store.FULL_RUNS);
        String older = service.get("/api/artifacts?limit=500&fields=id").body().replaceAll(".*\"next_cursor\":\"([^\"]+)\".*", "$1");
        return List.of(
                figure("first page, everything in it", () -> "/api/artifacts"),
                figure("first page, fields=id,type,name,symbol,created_at", () -> "/api/artifacts?fields=id,type,name,symbol,created_at"),
                figure("a later page", () -> "/api/artifacts?fields=id,type&cursor=" + older),
                figure("type=signal&symbol=AAPL", () -> "/api/artifacts?type=signal&symbol=AAPL"),
                figure("artifacts of one run", () -> "/api/artifacts?execution_id=run-" + any.get()),
                figure("artifacts of one run of full size", () -> "/api/artifacts?execution_id=run-" + newest.get()),
                figure("first page of executions", () -> "/api/executions"),
                figure("one execution", () -> "/api/executions/" + Rows.execution(any.get())),
                figure("graph of an execution", () -> "/api/executions/" + Rows.execution(any.get()) + "/graph"),
                figure("lineage of a signal", () -> "/api/artifacts/" + Rows.artifact(any.get(), 5) + "/lineage"),
                figure("search: a word in a tenth of all", () -> search("momentum")),
                figure("search: a seldom word", () -> search("quetzalcoatl")),
                figure("search: two words that are often apart", () -> search("AAPL quetzalcoatl")),
                figure("search: words within a type", () -> search("support resistance") + "&type=signal"),
                figure("search: words that a type does not have", () -> search("support resistance") + "&type=trade"),
                figure("search: a word within a symbol", () -> search("momentum") + "&symbol=AAPL"),
                figure("search: a frequent word, long ago", () -> search("momentum") + "&created_before=2024-01-20T00:00:00Z"),
                figure("search: words of every prompt, as a phrase of none", () -> search("\"charts read\"")),
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
        System.out.printf("%n%-52s %21s %27s %6s %9s%n", "milliseconds", "10,000: p50     p95", "%,d: p50   p95   p99".formatted(artifacts), "ratio", "KB");
        for (int i = 0; i < small.size(); i++) {
            Figure few = small.get(i);
            Figure many = large.get(i);
            System.out.printf(
                    "%-52s %13.1f %7.1f %12.1f %7.1f %7.1f %6.2f %9.1f%n",
                    many.name(), few.at(0.5), few.at(0.95), many.at(0.5), many.at(0.95), many.at(0.99),
                    many.at(0.95) / few.at(0.95),
                    many.bytes() / 1024.0);
        }
    }
}
