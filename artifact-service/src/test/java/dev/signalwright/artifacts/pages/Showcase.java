package dev.signalwright.artifacts.pages;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Puts runs through the real API: a degraded one of three symbols over the bundled history, a skipped one, a failed one,
 * and artifacts of an old client without keys. Remembers the address of one page of each kind.
 */
final class Showcase {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String DAG = "ibkr_trading_signal_workflow";
    private static final String AS_OF = "2012-09-20T13:00:00Z";
    private static final int CHART_BARS = 120;

    private final ShowcaseApi api;
    private final ShowcaseBars bars;
    private final Map<String, String> pages = new TreeMap<>();

    Showcase(URI service, String workerToken, Path bars) {
        this.api = new ShowcaseApi(service, workerToken);
        this.bars = new ShowcaseBars(bars);
    }

    public static void main(String[] args) {
        System.out.println(new Showcase(URI.create(args[0]), args[1], Path.of(args[2])).fill());
    }

    /** Page kind to path. */
    Map<String, String> fill() {
        oldClient();
        skippedRun();
        failedRun();
        degradedRun();
        return Map.copyOf(pages);
    }

    private void degradedRun() {
        String run = "manual__2026-11-25T14:00:00+00:00";
        pages.put("preflight", send(run, "preflight", "preflight", "preflight", null, """
                {"data":{"as_of":"2012-09-20T13:00:00Z","session_date":"2012-09-20","market":"open","checks":[
                {"name":"gateway","ok":true,"required":true,"latency_ms":12,"finding":"simulated gateway, account SIM0001, history","advice":""},
                {"name":"artifact_service","ok":true,"required":false,"latency_ms":8,"finding":"ready, database answers","advice":""},
                {"name":"llm","ok":true,"required":false,"latency_ms":0,"finding":"the built-in rule needs no model","advice":""},
                {"name":"mlflow","ok":false,"required":false,"latency_ms":1001,"finding":"no answer at http://127.0.0.1:5000 within 1 s","advice":"start the tracking server or unset MLFLOW_TRACKING_URI"}]}}"""));
        result(run, "preflight", 1.2, "The gateway answers and the market is open", "");
        Map<String, String> decided = new TreeMap<>();
        for (String symbol : List.of("AAPL", "IBM", "MSFT")) {
            decided.put(symbol, symbol(run, symbol));
        }
        pages.put("task_result", result(run, "fetch_market_data", 2.1, "Bars of 3 symbols", ""));
        result(run, "generate_daily_chart", 1.6, "3 daily charts", "");
        result(run, "generate_weekly_chart", 1.4, "3 weekly charts", "");
        result(run, "analyze_with_llm", 0.8, "2 of 3 symbols were decided", "");
        pages.put("order", order(run, decided.get("AAPL")));
        result(run, "place_order", 1.1, "1 order is working, 2 symbols need none", "");
        pages.put("trade", send(run, "get_trades", "trade", "trades", null, """
                {"data":{"account":"SIM0001","reason":"1 execution since the session began","executions":[
                {"time":"2012-09-20T13:30:02Z","symbol":"AAPL","side":"BOT","quantity":"10","price":"699.20","order_ref":"sw1-abcdefghijklmnopqrstuvwx"}]}}"""));
        pages.put("portfolio", send(run, "get_portfolio", "portfolio", "portfolio", null, """
                {"data":{"account":"SIM0001","net_liquidation":"100012.40","currency":"USD","positions":[
                {"symbol":"AAPL","quantity":"10","average_cost":"699.20","market_price":"700.44"}]}}"""));
        result(run, "get_trades", 0.6, "1 execution", "");
        result(run, "get_portfolio", 0.5, "1 position", "");
        result(
                run,
                "log_to_mlflow",
                1.0,
                "Nothing was logged",
                "the tracking server at http://127.0.0.1:5000 did not answer");
        pages.put("execution", api.execution(result(run, "deliver_artifacts", 0.4, "All artifacts are delivered", "")));
    }

    private String symbol(String run, String symbol) {
        List<String[]> rows = bars.rows(symbol);
        ObjectNode market = JSON.createObjectNode();
        ObjectNode data = market.putObject("data")
                .put("conid", 265598)
                .put("exchange", "SMART")
                .put("currency", "USD")
                .put("bar_size", "1 day")
                .put("what_to_show", "TRADES")
                .put("use_rth", true)
                .put("time_zone", "America/New_York")
                .put("adjusted_as_of", "2012-09-20")
                .put("adjustment_after_as_of", false);
        List.of("date", "open", "high", "low", "close", "volume").forEach(data.putArray("columns")::add);
        rows.forEach(row -> ShowcaseBars.addRow(data.withArray("rows"), row));
        String bars = send(run, "fetch_market_data", "market_data", "daily_bars", symbol, market.toString());
        String daily = chart(run, symbol, "daily", rows, bars);
        String weekly = chart(run, symbol, "weekly", rows, bars);
        boolean abstained = symbol.equals("IBM");
        String close = rows.getLast()[4];
        String answer = abstained
                ? "{\"action\":\"ABSTAIN\",\"reasoning\":\"there are too few bars for MACD\"}"
                : """
                  {"symbol":"%s","action":"%s","confidence":0.6,"trend":"up","reasoning":"3 of 4 readings of the daily chart point up and 1 points down; three are needed. So the rule says BUY.","key_factors":["SuperTrend is up","RSI is above its middle"]}""".formatted(symbol, symbol.equals("AAPL") ? "BUY" : "HOLD");
        String analysis = send(
                run,
                "analyze_with_llm",
                "llm",
                "analysis",
                symbol,
                JSON.createObjectNode()
                        .put(
                                "prompt",
                                "Read the two charts of " + symbol + ".\nDecide BUY, SELL or HOLD, or abstain.\n")
                        .put("response", answer)
                        .put("model_name", "rules/three-of-four@1")
                        .toString(),
                daily,
                weekly,
                bars);
        String signal = send(
                run,
                "analyze_with_llm",
                "signal",
                "signal",
                symbol,
                abstained ? """
                {"signal_data":{"outcome":"ABSTAINED","is_actionable":false,"reasons":["there are too few bars for MACD"]}}""" : signal(symbol.equals("AAPL"), close),
                analysis);
        if (symbol.equals("AAPL")) {
            pages.put("market_data", bars);
            pages.put("chart", daily);
            pages.put("llm", analysis);
            pages.put("signal", signal);
        } else if (abstained) {
            pages.put("signal_abstained", signal);
        }
        return signal;
    }

    private static String signal(boolean buy, String close) {
        double entry = Double.parseDouble(close);
        String levels = buy
                ? "\"entry_price\":%s,\"stop_loss\":%.2f,\"take_profit\":%.2f,\"r_multiple\":2.0,\"position_size_percent\":5,"
                        .formatted(close, entry * 0.95, entry * 1.10)
                : "";
        return """
                {"action":"%s","confidence":0.6,"signal_data":{"outcome":"DECIDED","confidence_level":"MEDIUM",
                "confidence_score":60,"confidence_meaning":"rule agreement, not a probability",
                "reasoning":"3 of 4 readings of the daily chart point up and 1 points down; three are needed. So the rule says %s.",
                "key_factors":["SuperTrend 678.12 is below the close: up","The close is above SMA 20 at 672.40: up","MACD 14.2 is above its signal line 13.9: up","RSI 71.0 is above its middle: up"],
                "trend":"up","support_level":656.0,"resistance_level":703.99,%s"timeframe_analyzed":"daily and weekly",
                "is_actionable":%s,"reasons":[%s]}}""".formatted(
                buy ? "BUY" : "HOLD", buy ? "BUY" : "HOLD", levels, buy, buy ? "" : "\"HOLD asks for no order\"");
    }

    private String chart(String run, String symbol, String timeframe, List<String[]> rows, String bars) {
        List<String[]> shown = rows.subList(rows.size() - CHART_BARS, rows.size());
        ObjectNode chart = ShowcaseBars.chart(timeframe, shown, rows.getLast());
        byte[] picture = CandlePicture.png(shown);
        return send(
                run, "generate_" + timeframe + "_chart", "chart", timeframe, symbol, chart.toString(), picture, bars);
    }

    private String order(String run, String signal) {
        return send(run, "place_order", "order", "order", "AAPL", """
                {"data":{"state":"placed","reason":"One limit order is working at the gateway","account":"SIM0001","mode":"simulated","action":"BUY",
                "quantity":"10","limit_price":"702.10","order_ref":"sw1-abcdefghijklmnopqrstuvwx","perm_id":91}}""", signal);
    }

    private void skippedRun() {
        String run = "scheduled__2026-11-26T14:00:00+00:00";
        send(run, "preflight", "preflight", "preflight", null, """
                {"data":{"as_of":"2026-11-26T14:00:00Z","session_date":"2026-11-26","market":"closed","checks":[]}}""");
        send(run, "preflight", "task_result", "task_result", null, """
                {"data":{"outcome":"skipped","reason":"the market is closed on 2026-11-26 (Thanksgiving)","degraded":false,"seconds":0.7,"symbols":{}}}""");
        result(run, "deliver_artifacts", 0.2, "All artifacts are delivered", "");
    }

    private void failedRun() {
        String run = "manual__2026-11-25T13:40:00+00:00";
        send(run, "preflight", "task_result", "task_result", null, """
                {"data":{"outcome":"failed","reason":"the gateway at 127.0.0.1:7497 refused the connection three times; start it or set IBKR_HOST","degraded":false,"seconds":46.3,"symbols":{}}}""");
        pages.put(
                "execution_failed",
                api.execution(result(run, "deliver_artifacts", 0.2, "All artifacts are delivered", "")));
    }

    private void oldClient() {
        ObjectNode chart = JSON.createObjectNode()
                .put("name", "aapl_chart")
                .put("type", "chart")
                .put("symbol", "AAPL")
                .put("chart_type", "daily")
                .put("image_path", "/app/charts/aapl.png")
                .put("prompt", "Look at this chart.")
                .put(
                        "response",
                        "## Trend\nAAPL is **strong**: price is above its averages.\n\n- RSI 71\n- MACD positive\n\n![x](https://example.com/leak.png)")
                .put("model_name", "gpt-4o")
                .put("execution_id", "old_run_1")
                .put("dag_id", "old_dag");
        ObjectNode metadata = chart.putObject("metadata")
                .put("</span><script>alert(1)</script>", "\"><img src=x onerror=alert(2)>{frame.role}");
        ObjectNode snapshot = metadata.putObject("market_data_snapshot");
        ShowcaseBars.snapshot(
                snapshot.putArray("bars"), bars.rows("AAPL").subList(ShowcaseBars.COUNT - 5, ShowcaseBars.COUNT));
        pages.put(
                "old_chart",
                "/artifacts/"
                        + api.post("POST", "/api/artifacts/", "application/json", ShowcaseApi.bytes(chart))
                                .path("id")
                                .asText());
        ObjectNode signal = JSON.createObjectNode()
                .put("name", "portfolio")
                .put("type", "signal")
                .put("symbol", "AAPL")
                .put("action", "BUY")
                .put("confidence", 0.85)
                .put("execution_id", "another_schedulers_run_without_a_place_to_break_0123456789abcdef")
                .put("dag_id", "old_dag");
        signal.putObject("signal_data").put("artifact_type", "portfolio").put("cash", 1000.5);
        pages.put(
                "old_signal",
                "/artifacts/"
                        + api.post("POST", "/api/artifacts/", "application/json", ShowcaseApi.bytes(signal))
                                .path("id")
                                .asText());
    }

    private String result(String run, String task, double seconds, String reason, String degraded) {
        ObjectNode body = JSON.createObjectNode();
        ObjectNode data = body.putObject("data")
                .put("outcome", "done")
                .put("reason", reason)
                .put("degraded", !degraded.isEmpty())
                .put("seconds", seconds);
        if (!degraded.isEmpty()) {
            data.put("degraded_reason", degraded);
        }
        ObjectNode symbols = data.putObject("symbols");
        if (task.equals("fetch_market_data")) {
            symbols.putObject("AAPL").put("outcome", "done").put("reason", "500 bars, the last of 2012-09-19");
            symbols.putObject("XYZ").put("outcome", "refused").put("reason", "the gateway knows no contract XYZ");
        }
        return send(run, task, "task_result", "task_result", null, body.toString());
    }

    private String send(
            String run, String task, String type, String name, String symbol, String produced, String... parents) {
        return send(run, task, type, name, symbol, produced, null, parents);
    }

    private String send(
            String run,
            String task,
            String type,
            String name,
            String symbol,
            String produced,
            byte[] blob,
            String... parents) {
        try {
            ObjectNode artifact = (ObjectNode) JSON.readTree(produced);
            String key = String.join("/", DAG, run, task, "-1", "1", type, name) + (symbol == null ? "" : "/" + symbol);
            artifact.put("key", key)
                    .put("name", name)
                    .put("type", type)
                    .put("dag_id", DAG)
                    .put("workflow_id", DAG)
                    .put("execution_id", run)
                    .put("task_id", task)
                    .put("step_name", task)
                    .put("map_index", -1)
                    .put("try_number", 1)
                    .put("origin", run.startsWith("scheduled") ? "live" : "replayed");
            artifact.put("as_of", run.startsWith("scheduled") ? "2026-11-26T14:00:00Z" : AS_OF);
            if (symbol != null) {
                artifact.put("symbol", symbol);
            }
            for (String parent : parents) {
                artifact.withArray("parents").add(parent.substring("/artifacts/".length()));
            }
            JsonNode stored = blob == null
                    ? api.post("POST", "/api/artifacts", "application/json", ShowcaseApi.bytes(artifact))
                    : api.post(
                            "POST",
                            "/api/artifacts",
                            "multipart/form-data; boundary=showcase",
                            ShowcaseApi.multipart(artifact, blob));
            return "/artifacts/" + stored.path("id").asText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
