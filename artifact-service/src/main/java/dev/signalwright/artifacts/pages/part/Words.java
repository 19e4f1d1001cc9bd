package dev.signalwright.artifacts.pages.part;

import dev.signalwright.artifacts.artifact.ArtifactType;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The product's words for the names that programs use. No enum and no identifier reaches a page without them. */
public final class Words {
    private static final Map<String, String> TASKS = Map.of(
            "preflight", "Preflight checks",
            "fetch_market_data", "Fetch market data",
            "generate_daily_chart", "Draw daily charts",
            "generate_weekly_chart", "Draw weekly charts",
            "analyze_with_llm", "Analyse the charts",
            "place_order", "Place orders",
            "get_trades", "Read trades",
            "get_portfolio", "Read the portfolio",
            "log_to_mlflow", "Log to MLflow",
            "deliver_artifacts", "Deliver artifacts");

    /** The workflow's tasks in their order. */
    public static final List<String> TASK_ORDER = List.of(
            "preflight",
            "fetch_market_data",
            "generate_daily_chart",
            "generate_weekly_chart",
            "analyze_with_llm",
            "place_order",
            "get_trades",
            "get_portfolio",
            "log_to_mlflow",
            "deliver_artifacts");

    private static final Map<String, String> LABELS = Map.ofEntries(
            Map.entry("sma_20", "SMA 20"),
            Map.entry("sma_50", "SMA 50"),
            Map.entry("sma_200", "SMA 200"),
            Map.entry("bb_upper", "Bollinger, upper"),
            Map.entry("bb_middle", "Bollinger, middle"),
            Map.entry("bb_lower", "Bollinger, lower"),
            Map.entry("supertrend", "SuperTrend"),
            Map.entry("macd", "MACD"),
            Map.entry("macd_signal", "MACD signal"),
            Map.entry("macd_hist", "MACD histogram"),
            Map.entry("rsi_14", "RSI 14"),
            Map.entry("conid", "Contract"),
            Map.entry("perm_id", "Broker's order number"),
            Map.entry("order_ref", "Order reference"),
            Map.entry("slot_sha256", "Hash of the slot"),
            Map.entry("r_multiple", "Reward : risk"),
            Map.entry("use_rth", "Regular hours only"),
            Map.entry("latency_ms", "Took, ms"),
            Map.entry("mlflow", "MLflow"),
            Map.entry("llm", "Model settings"),
            Map.entry("session_date", "Session"),
            Map.entry("as_of", "Decides for"));

    private Words() {}

    public static String task(String taskId) {
        return TASKS.getOrDefault(taskId, humanised(taskId));
    }

    public static String type(ArtifactType type) {
        return switch (type) {
            case PREFLIGHT -> "Preflight";
            case MARKET_DATA -> "Market data";
            case CHART -> "Chart";
            case LLM -> "Analysis";
            case SIGNAL -> "Signal";
            case ORDER -> "Order";
            case TRADE -> "Trades";
            case PORTFOLIO -> "Portfolio";
            case MLFLOW_RUN -> "MLflow run";
            case TASK_RESULT -> "Task result";
            case OUTCOME -> "Outcome";
        };
    }

    /** "Daily" or "Weekly" and so on, from {@code chart_type}. */
    public static String chart(Optional<String> chartType) {
        return chartType.map(type -> humanised(type) + " chart").orElse("Chart");
    }

    public static String label(String member) {
        return LABELS.getOrDefault(member, humanised(member));
    }

    public static String tradingMode(String mode) {
        return switch (mode.strip().toLowerCase(Locale.ROOT)) {
            case "", "off" -> "Orders off";
            case "simulated" -> "Simulated orders";
            case "paper" -> "Paper account";
            case "live" -> "Live orders";
            default -> "Orders off (unknown mode)";
        };
    }

    /** {@code fetch_market_data} as "Fetch market data"; text with capitals or spaces stays as it is. */
    public static String humanised(String name) {
        String spaced = name.replace('_', ' ').strip();
        if (spaced.isEmpty() || !spaced.equals(spaced.toLowerCase(Locale.ROOT))) {
            return spaced;
        }
        return Character.toUpperCase(spaced.charAt(0)) + spaced.substring(1);
    }

    /** "AAPL", "AAPL and IBM", "AAPL, IBM and MSFT". */
    public static String list(Collection<String> items) {
        List<String> all = List.copyOf(items);
        if (all.size() < 2) {
            return String.join("", all);
        }
        return String.join(", ", all.subList(0, all.size() - 1)) + " and " + all.getLast();
    }

    /** Small numbers as words: "three". */
    public static String number(long count) {
        String[] words = {"no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"};
        return count < words.length ? words[(int) count] : String.valueOf(count);
    }

    public static String capital(String sentence) {
        return sentence.isEmpty() ? sentence : Character.toUpperCase(sentence.charAt(0)) + sentence.substring(1);
    }

    /** Ends with a full stop, exactly once; empty stays empty. */
    public static String sentence(String text) {
        String bare = text.strip();
        if (bare.isEmpty() || ".!?".indexOf(bare.charAt(bare.length() - 1)) >= 0) {
            return capital(bare);
        }
        return capital(bare) + ".";
    }

    /** A run's reason as a sentence; it may begin with the id of the task that gave it. */
    public static String reason(String text) {
        int colon = text.indexOf(": ");
        boolean named = colon > 0 && TASKS.containsKey(text.substring(0, colon));
        return named ? task(text.substring(0, colon)) + ": " + sentence(text.substring(colon + 2)) : sentence(text);
    }

    /** The first sentence of a text, for a headline. */
    public static String firstSentence(String text) {
        String line = text.strip().lines().findFirst().orElse("").replace("**", "");
        int end = 0;
        while ((end = line.indexOf(". ", end + 1)) > 0) {
            // "3. " and "vs. " end no sentence; a capital after a longer word does.
            if (end > 20) {
                return line.substring(0, end + 1);
            }
        }
        return line;
    }

    /** A sentence that goes on after a colon: small first letter, unless the first word is a name such as IBM. */
    public static String uncapitalSentence(String text) {
        String sentence = sentence(text);
        if (sentence.length() < 2 || Character.isUpperCase(sentence.charAt(1))) {
            return sentence;
        }
        return Character.toLowerCase(sentence.charAt(0)) + sentence.substring(1);
    }
}
