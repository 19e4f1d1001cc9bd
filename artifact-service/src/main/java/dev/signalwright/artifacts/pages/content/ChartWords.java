package dev.signalwright.artifacts.pages.content;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalwright.artifacts.artifact.Artifact;
import dev.signalwright.artifacts.pages.part.Fact;
import dev.signalwright.artifacts.pages.part.Numbers;
import dev.signalwright.artifacts.pages.part.Table;
import dev.signalwright.artifacts.pages.part.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a chart says, in words and numbers. */
public final class ChartWords {
    private ChartWords() {}

    public static String title(Artifact chart) {
        return Words.chart(chart.text("chart_type").or(() -> Optional.of(chart.name())));
    }

    /** "It closed at 702.10, above SMA 20 and SMA 50; SuperTrend is up." Empty when the chart carries no numbers. */
    public static String sentence(Artifact chart) {
        JsonNode last = chart.produced().path("chart_data").path("last");
        if (!last.path("close").isNumber()) {
            return "";
        }
        double close = last.path("close").asDouble();
        List<String> above = new ArrayList<>();
        List<String> below = new ArrayList<>();
        for (String name : List.of("sma_20", "sma_50", "sma_200")) {
            if (last.path(name).isNumber()) {
                (close >= last.path(name).asDouble() ? above : below).add(Words.label(name));
            }
        }
        String sentence = chart.symbol().orElse("It") + " closed at " + Numbers.price(close)
                + (above.isEmpty() ? "" : ", above " + Words.list(above))
                + (below.isEmpty() ? "" : ", below " + Words.list(below));
        if (last.path("supertrend").isNumber()) {
            sentence += "; SuperTrend is " + (close >= last.path("supertrend").asDouble() ? "up" : "down") + " at "
                    + Numbers.price(last.path("supertrend"));
        }
        return sentence + ".";
    }

    public static List<Fact> values(Artifact chart) {
        return chart.produced().path("chart_data").path("last").properties().stream()
                .filter(member -> !member.getValue().isContainerNode())
                .map(member -> Fact.of(
                        Words.label(member.getKey()),
                        member.getKey().equals("volume") && member.getValue().isNumber()
                                ? Numbers.whole(member.getValue().asDouble())
                                : member.getValue().isNumber()
                                        ? Numbers.price(member.getValue())
                                        : Table.value(member.getValue())))
                .toList();
    }
}
