import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

/** Runs of one symbol each, ten artifacts a run, linked as the workflow links them; as lines of COPY. */
final class Rows {
    private static final List<String> SYMBOLS = List.of("AAPL", "MSFT", "IBM", "NVDA", "AMZN", "GOOG", "TSLA", "JPM");
    private static final String[] TYPES = {
        "preflight", "market_data", "chart", "chart", "llm", "signal", "order", "portfolio", "task_result", "task_result"
    };
    private static final String[] NAMES = {
        "preflight", "daily_bars", "daily", "weekly", "analysis", "signal", "order", "portfolio", "analyze_with_llm",
        "deliver_artifacts"
    };
    private static final Instant BEGIN = Instant.parse("2024-01-01T00:00:00Z");

    private final Texts texts = new Texts();

    static UUID artifact(int run, int number) {
        return UUID.nameUUIDFromBytes(("artifact" + run + "/" + number).getBytes(StandardCharsets.UTF_8));
    }

    static UUID execution(int run) {
        return UUID.nameUUIDFromBytes(("execution" + run).getBytes(StandardCharsets.UTF_8));
    }

    static Instant at(int run, int number) {
        return BEGIN.plusSeconds(run * 600L).plusMillis(number * 2_000L);
    }

    void execution(int run, StringBuilder to) {
        line(to, execution(run), "dag", "run-" + run, run % 50 == 0 ? "failed" : "success", false, at(run, 0));
    }

    void parents(int run, StringBuilder to) {
        int[][] links = {{2, 1}, {3, 1}, {4, 2}, {4, 3}, {4, 1}, {5, 4}, {6, 5}};
        int position = 0;
        for (int i = 0; i < links.length; i++) {
            position = i > 0 && links[i][0] == links[i - 1][0] ? position + 1 : 0;
            line(to, artifact(run, links[i][0]), position, artifact(run, links[i][1]));
        }
    }

    void artifacts(int run, boolean full, StringBuilder to) {
        String symbol = SYMBOLS.get(run % SYMBOLS.size());
        for (int i = 0; i < Store.PER_RUN; i++) {
            String key = "dag/run-" + run + "/task/-1/1/" + TYPES[i] + "/" + NAMES[i] + "/" + symbol;
            String chart = TYPES[i].equals("chart") ? texts.table(full ? 250 : 3, 17) : null;
            String prompt = TYPES[i].equals("llm") ? "Read the charts. " + texts.prose(150) : null;
            String response = TYPES[i].equals("llm") ? texts.prose(80) : null;
            boolean decides = TYPES[i].equals("signal");
            String signal = decides
                    ? "{\"outcome\":\"DECIDED\",\"reasoning\":\"" + texts.prose(40) + (run % 5_000 == 0 ? "quetzalcoatl" : "")
                            + "\"}"
                    : null;
            String data = chart == null && prompt == null && !decides
                    ? (TYPES[i].equals("market_data") ? texts.table(full ? 2_000 : 20, 6) : "{\"outcome\":\"done\",\"seconds\":1.5}")
                    : null;
            String outline = TYPES[i].equals("market_data") ? Texts.outline(full ? 2_000 : 20) : null;
            String action = decides ? (run % 3 == 0 ? "BUY" : run % 3 == 1 ? "SELL" : "HOLD") : null;
            String canonical = canonical(action, chart, data, prompt, response, signal, run, NAMES[i], TYPES[i], symbol);
            byte[] bytes = canonical.getBytes(StandardCharsets.UTF_8);
            line(
                    to, artifact(run, i), key, NAMES[i], TYPES[i], symbol, "dag", "run-" + run, "dag", "task", "task", -1, 1,
                    at(run, 0), prompt, TYPES[i].equals("chart") ? NAMES[i] : null, action,
                    decides ? 0.85 : null, signal, outline, "{}", "replayed", sha256(bytes), "\\x" + HexFormat.of().formatHex(bytes),
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
