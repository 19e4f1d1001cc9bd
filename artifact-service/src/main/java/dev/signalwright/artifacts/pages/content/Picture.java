package dev.signalwright.artifacts.pages.content;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalwright.artifacts.artifact.Artifact;
import dev.signalwright.artifacts.artifact.Artifacts;
import dev.signalwright.artifacts.pages.part.Numbers;
import dev.signalwright.artifacts.pages.part.OriginBadge;
import dev.signalwright.artifacts.pages.part.Words;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A chart's picture with its size, so that nothing moves when it arrives.
 *
 * @param alternative what it shows, in words
 * @param page the chart's own page
 */
public record Picture(
        String source, int width, int height, String alternative, String caption, OriginBadge badge, String page) {
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final int PNG_SIZE_AT = 16;

    /** Empty when the chart came without a picture. */
    public static Optional<Picture> of(Artifact chart, Artifacts artifacts) {
        return artifacts.content(chart.id()).map(content -> {
            int[] size = size(content.bytes());
            return new Picture(
                    "/api/artifacts/" + chart.id() + "/content",
                    size[0],
                    size[1],
                    alternative(chart),
                    caption(chart),
                    OriginBadge.of(chart.origin(), chart.asOf()),
                    "/artifacts/" + chart.id());
        });
    }

    /** Width and height from the header of a PNG; a common chart size for anything else. */
    private static int[] size(byte[] bytes) {
        boolean png =
                bytes.length >= PNG_SIZE_AT + 8 && java.util.Arrays.equals(bytes, 0, PNG.length, PNG, 0, PNG.length);
        if (!png) {
            return new int[] {1920, 1400};
        }
        ByteBuffer header = ByteBuffer.wrap(bytes, PNG_SIZE_AT, 8);
        return new int[] {Math.clamp(header.getInt(), 1, 20_000), Math.clamp(header.getInt(), 1, 20_000)};
    }

    private static String caption(Artifact chart) {
        JsonNode rows = chart.produced().path("chart_data").path("rows");
        String last = rows.path(rows.size() - 1).path(0).asText();
        return ChartWords.title(chart)
                + (rows.isEmpty() ? "" : ", " + rows.size() + " bars")
                + (last.isEmpty() ? "" : " to " + last);
    }

    private static String alternative(Artifact chart) {
        JsonNode last = chart.produced().path("chart_data").path("last");
        String title = ChartWords.title(chart) + " of " + chart.symbol().orElse("an unnamed symbol");
        List<String> said = new ArrayList<>();
        for (String name : List.of("close", "sma_20", "sma_50", "sma_200", "supertrend", "rsi_14")) {
            if (last.path(name).isNumber()) {
                said.add(Words.label(name) + " " + Numbers.price(last.path(name)));
            }
        }
        return said.isEmpty() ? title : title + ": " + String.join(", ", said);
    }
}
