package dev.signalwright.artifacts.artifact;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Random;
import org.erdtman.jcs.JsonCanonicalizer;
import org.junit.jupiter.api.Test;

/** The canonical text against RFC 8785 and against the reference implementation of its authors. */
class CanonicalTextTest {
    @Test
    void theExampleOfTheRfc() throws JsonProcessingException {
        String sent = """
                {"numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
                 "string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/",
                 "literals": [null, true, false]}""";
        assertEquals(
                "{\"literals\":[null,true,false],\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],"
                        + "\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}",
                CanonicalText.of(parse(sent)));
    }

    @Test
    void membersAreSortedByUtf16CodeUnits() throws JsonProcessingException {
        // The order of RFC 8785, 3.2.3: by code points the smiley would be last.
        String sent =
                "{\"\\u20ac\":1,\"\\r\":2,\"\\ufb33\":3,\"1\":4,\"\\ud83d\\ude00\":5,\"\\u0080\":6,\"\\u00f6\":7}";
        assertEquals(
                "{\"\\r\":2,\"1\":4,\"\u0080\":6,\"\u00f6\":7,\"\u20ac\":1,\"\ud83d\ude00\":5,\"\ufb33\":3}",
                CanonicalText.of(parse(sent)));
    }

    @Test
    void agreesWithTheReferenceOnAnyTree() throws IOException {
        for (int seed = 0; seed < 3_000; seed++) {
            ObjectNode tree = object(new Random(seed), 4);
            String reference = new JsonCanonicalizer(CanonicalJson.MAPPER.writeValueAsString(tree)).getEncodedString();
            assertEquals(reference, CanonicalText.of(tree), "seed " + seed);
        }
    }

    @Test
    void pricesAreWrittenAsTheReferenceWritesThem() throws IOException {
        Random random = new Random(1);
        for (int i = 0; i < 200_000; i++) {
            double scale = Math.pow(10, random.nextInt(7));
            double value = Math.round((random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(16))) / scale;
            assertEquals(
                    org.erdtman.jcs.NumberToJSON.serializeNumber(value),
                    CanonicalText.of(CanonicalJson.MAPPER.createObjectNode().put("n", value))
                            .replaceAll("[{}\"n]*:?([^}]*)}", "$1"));
        }
    }

    private static ObjectNode parse(String json) throws JsonProcessingException {
        return (ObjectNode) CanonicalJson.MAPPER.readTree(json);
    }

    private static ObjectNode object(Random random, int depth) {
        ObjectNode node = CanonicalJson.MAPPER.createObjectNode();
        for (int i = random.nextInt(6); i > 0; i--) {
            String name = text(random);
            switch (random.nextInt(depth == 0 ? 6 : 8)) {
                case 0 -> node.put(name, text(random));
                case 1 -> node.put(name, Double.longBitsToDouble(finite(random)));
                case 2 -> node.put(name, random.nextLong() >> 11);
                case 3 -> node.put(name, random.nextInt());
                case 4 -> node.put(name, random.nextBoolean());
                case 5 -> node.putNull(name);
                case 6 -> node.set(name, object(random, depth - 1));
                default -> node.set(name, array(random, depth - 1));
            }
        }
        return node;
    }

    private static ArrayNode array(Random random, int depth) {
        ArrayNode node = CanonicalJson.MAPPER.createArrayNode();
        for (int i = random.nextInt(5); i > 0; i--) {
            node.add(object(random, Math.max(0, depth)));
            node.add(random.nextInt(1_000_000) / 1_000.0);
        }
        return node;
    }

    private static long finite(Random random) {
        long bits = random.nextLong();
        return Double.isFinite(Double.longBitsToDouble(bits)) ? bits : 0;
    }

    private static String text(Random random) {
        int[] points = {
            'a', 'Z', '"', '\\', '/', 0, 1, 7, '\b', '\t', '\n', '\f', '\r', 31, 127, 0x80, 'ü', 0x20ac, 0xfb33, 0x1f600
        };
        return random.ints(random.nextInt(8), 0, points.length)
                .map(i -> points[i])
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
