package dev.signalwright.worker.analysis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalwright.worker.analysis.RuleAnalyst.Vote.Side;
import dev.signalwright.worker.platform.Json;
import dev.signalwright.worker.signal.Action;
import dev.signalwright.worker.signal.Trend;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * Three of four (contract section 6): four readings of the daily bars, each up, down or neither; three or four up is
 * BUY, three or four down is SELL, else HOLD; any missing reading decides nothing. The baseline that every model has to
 * beat. It answers in the same JSON as a model and is read by the same reader.
 */
final class RuleAnalyst implements Analyst {
    private static final String MODEL = "rules/three-of-four@1";
    private static final double RSI_MIDDLE = 50;
    private static final double DOUBT = 0.15;
    private static final int LEVEL_BARS = 20;
    private static final String NO_NUMBER = "no value yet";

    @Override
    public String provider() {
        return "rules";
    }

    @Override
    public String confidenceMeaning() {
        return "rule agreement, not a probability";
    }

    @Override
    public String timeframe() {
        return "daily";
    }

    @Override
    public Analysis analyse(ChartReading charts) {
        List<Vote> votes = votes(charts.daily());
        String response = answer(charts, votes).toString();
        return new Analysis.Answered(
                prompt(charts, votes), response, MODEL, ReplyReader.read(response, charts.symbol()), Json.object());
    }

    /** The four readings in the order of the contract. */
    private static List<Vote> votes(ChartReading.Chart daily) {
        OptionalDouble close = daily.last("close");
        return List.of(
                new Vote("SuperTrend(10,3)", "the close", "the SuperTrend line", close, daily.last("supertrend")),
                new Vote("SMA 20", "the close", "the 20-day average", close, daily.last("sma_20")),
                new Vote("MACD", "MACD", "its signal line", daily.last("macd"), daily.last("macd_signal")),
                new Vote("RSI 14", "RSI", "its middle", daily.last("rsi_14"), OptionalDouble.of(RSI_MIDDLE)));
    }

    private static ObjectNode answer(ChartReading charts, List<Vote> votes) {
        List<String> missing = votes.stream()
                .filter(vote -> vote.side() == Side.MISSING)
                .map(Vote::name)
                .toList();
        long up = votes.stream().filter(vote -> vote.side() == Side.UP).count();
        long down = votes.stream().filter(vote -> vote.side() == Side.DOWN).count();
        if (!missing.isEmpty()) {
            return reply(
                    charts,
                    "ABSTAIN",
                    0,
                    Trend.SIDEWAYS,
                    votes,
                    "there are too few bars for " + String.join(", ", missing));
        }
        Action action = up >= 3 ? Action.BUY : down >= 3 ? Action.SELL : Action.HOLD;
        Trend trend = up >= 3 ? Trend.UP : down >= 3 ? Trend.DOWN : Trend.SIDEWAYS;
        double confidence = Math.max(up, down) / 4.0 - DOUBT;
        String reasoning =
                up + " of 4 readings of the daily chart point up and " + down + " point down; three are needed. "
                        + (action == Action.HOLD
                                ? "That is no majority, so the rule holds."
                                : "So the rule says " + action + ".");
        ObjectNode reply = reply(charts, action.name(), confidence, trend, votes, reasoning);
        if (action != Action.HOLD) {
            levels(reply, charts.daily());
        }
        return reply;
    }

    /** Entry at the last close, stop at the SuperTrend line, target at twice the risk. */
    private static void levels(ObjectNode reply, ChartReading.Chart daily) {
        double entry = daily.last("close").orElseThrow();
        double stop = daily.last("supertrend").orElseThrow();
        reply.put("entry_price", entry).put("stop_loss", stop).put("take_profit", entry + 2 * (entry - stop));
    }

    private static ObjectNode reply(
            ChartReading charts, String action, double confidence, Trend trend, List<Vote> votes, String reasoning) {
        ObjectNode reply = Json.object()
                .put("symbol", charts.symbol())
                .put("action", action)
                .put("confidence", Math.round(confidence * 100) / 100.0)
                .put("trend", trend.wire())
                .put("reasoning", reasoning);
        votes.stream().map(Vote::sentence).forEach(reply.putArray("key_factors")::add);
        put(reply, "support_level", extreme(charts.daily().data(), "low", false));
        put(reply, "resistance_level", extreme(charts.daily().data(), "high", true));
        return reply.putNull("entry_price").putNull("stop_loss").putNull("take_profit");
    }

    /** The highest or lowest value of a column over the last 20 bars. */
    private static OptionalDouble extreme(JsonNode data, String column, boolean highest) {
        int index = -1;
        for (int i = 0; i < data.path("columns").size(); i++) {
            index = column.equals(data.path("columns").path(i).asText()) ? i : index;
        }
        JsonNode rows = data.path("rows");
        List<Double> values = new ArrayList<>();
        for (int i = Math.max(0, rows.size() - LEVEL_BARS); index >= 0 && i < rows.size(); i++) {
            if (rows.path(i).path(index).isNumber()) {
                values.add(rows.path(i).path(index).doubleValue());
            }
        }
        var stream = values.stream().mapToDouble(Double::doubleValue);
        return highest ? stream.max() : stream.min();
    }

    private static void put(ObjectNode reply, String name, OptionalDouble value) {
        if (value.isPresent()) {
            reply.put(name, value.getAsDouble());
        } else {
            reply.putNull(name);
        }
    }

    private static String prompt(ChartReading charts, List<Vote> votes) {
        StringBuilder text = new StringBuilder("Rule \"three of four\", version 1, for " + charts.symbol()
                + " and the session of " + charts.sessionDate() + ".\n\n"
                + "Each of the four readings of the daily chart is up when the first number is above the second, down"
                + " when it is below. Three or four up: BUY. Three or four down: SELL. Otherwise: HOLD. A missing number"
                + " decides nothing. Confidence is the agreeing part of the four minus 0.15. Entry is the last close,"
                + " the stop is the SuperTrend line, the target lies twice the risk away.\n\nNumbers of the last bar ("
                + charts.daily().lastDate() + "):\n");
        for (Vote vote : votes) {
            text.append("- ")
                    .append(vote.name())
                    .append(": ")
                    .append(vote.what())
                    .append(' ')
                    .append(exact(vote.first()))
                    .append(", ")
                    .append(vote.against())
                    .append(' ')
                    .append(exact(vote.second()))
                    .append('\n');
        }
        return text.toString();
    }

    private static String exact(OptionalDouble value) {
        return value.isPresent() ? Double.toString(value.getAsDouble()) : NO_NUMBER;
    }

    /** One reading: the first number against the second. */
    record Vote(String name, String what, String against, OptionalDouble first, OptionalDouble second) {
        enum Side {
            UP,
            DOWN,
            NEITHER,
            MISSING
        }

        Side side() {
            if (first.isEmpty() || second.isEmpty()) {
                return Side.MISSING;
            }
            int order = Double.compare(first.getAsDouble(), second.getAsDouble());
            return order > 0 ? Side.UP : order < 0 ? Side.DOWN : Side.NEITHER;
        }

        /** "SuperTrend(10,3) is up: the close 94.20 is above the SuperTrend line 92.10." */
        String sentence() {
            String numbers = ": " + what + " " + shortly(first) + " is %s " + against + " " + shortly(second) + ".";
            return name
                    + switch (side()) {
                        case UP -> " is up" + numbers.formatted("above");
                        case DOWN -> " is down" + numbers.formatted("below");
                        case NEITHER -> " is neither up nor down" + numbers.formatted("exactly at");
                        case MISSING -> " is missing: there are too few bars.";
                    };
        }

        private static String shortly(OptionalDouble value) {
            return value.isPresent() ? String.format(Locale.ROOT, "%.2f", value.getAsDouble()) : NO_NUMBER;
        }
    }
}
