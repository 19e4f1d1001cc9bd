package dev.signalwright.artifacts.artifact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalwright.artifacts.artifact.NewArtifact.SentBlob;
import dev.signalwright.artifacts.identity.HashedBytes;
import dev.signalwright.artifacts.problem.ProblemException;
import dev.signalwright.artifacts.problem.ProblemException.FieldError;
import dev.signalwright.artifacts.problem.ProblemType;
import dev.signalwright.artifacts.testing.PngBytes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The table "Rules of an artifact" of docs/api.md, row by row: what is sent, and the field and rule that refuse it. */
class ArtifactRulesTest {
    private static final Optional<SentBlob> NO_BLOB = Optional.empty();

    private static ObjectNode json(String text) {
        return ArtifactReader.object(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    /** @param more members, with single quotes */
    private static ObjectNode keyed(String type, String more) {
        String key = "dag/run/task/-1/1/" + type + "/n/AAPL";
        return json("{'key':'%s','origin':'replayed'%s}".formatted(key, more.isEmpty() ? "" : "," + more));
    }

    private static Optional<SentBlob> blob(String mediaType, byte[] bytes) {
        return Optional.of(new SentBlob(mediaType, HashedBytes.of(bytes)));
    }

    private static Map<String, String> refusals(ObjectNode json, Optional<SentBlob> blob) {
        ProblemException refusal = assertThrows(ProblemException.class, () -> ArtifactReader.read(json, blob));
        assertEquals(ProblemType.NOT_VALID, refusal.type());
        Map<String, String> refusals = new TreeMap<>();
        for (Object error : (List<?>) refusal.facts().get("errors")) {
            refusals.merge(
                    ((FieldError) error).field(), ((FieldError) error).rule(), (one, other) -> one + "; " + other);
        }
        return refusals;
    }

    private static Arguments bad(String type, String more, String field, String rule) {
        return Arguments.of(type, more, field, rule);
    }

    static Stream<Arguments> badArtifacts() {
        String long500 = "x".repeat(501);
        String text = "x".repeat(ContentRules.LONGEST_TEXT + 1);
        return Stream.of(
                bad("chart", "'chart_data':{}", "chart_type", "missing"),
                bad("chart", "'chart_type':'hourly','chart_data':{}", "chart_type", "daily, weekly"),
                bad("chart", "'chart_type':'daily'", "chart_data", "no picture came along"),
                bad("chart", "'chart_type':'daily','chart_data':'x'", "chart_data", "object or array"),
                bad(
                        "chart",
                        "'chart_type':'daily','chart_data':{'columns':['a','b'],'rows':[[1,2],[1]]}",
                        "chart_data.rows[1]",
                        "2 values"),
                bad("llm", "", "response", "one of them"),
                bad("llm", "'prompt':'" + text + "'", "prompt", "at most 1,000,000 characters; it has 1,000,001"),
                bad("llm", "'response':'" + text + "'", "response", "at most 1,000,000 characters"),
                bad("llm", "'response':5", "response", "text"),
                bad("llm", "'response':'r','prompt_length':-1", "prompt_length", "at least 0"),
                bad("llm", "'response':'r','model_name':'" + long500 + "'", "model_name", "1 to 500"),
                bad("signal", "'signal_data':{}", "signal_data.outcome", "ABSTAINED, DECIDED"),
                bad("signal", "'signal_data':{'outcome':'DECIDED'}", "action", "if and only if"),
                bad("signal", "'action':'BUY','signal_data':{'outcome':'SKIPPED'}", "action", "if and only if"),
                bad("signal", "'action':'SHORT','signal_data':{'outcome':'DECIDED'}", "action", "BUY, HOLD, SELL"),
                bad(
                        "signal",
                        "'signal_data':{'outcome':'SKIPPED','confidence_level':'VERY'}",
                        "signal_data.confidence_level",
                        "HIGH, LOW, MEDIUM"),
                bad("signal", "'confidence':1.01,'signal_data':{'outcome':'SKIPPED'}", "confidence", "0 to 1"),
                bad("market_data", "", "data", "missing"),
                bad("market_data", "'data':{'columns':['date','close'],'rows':[[1,2,3]]}", "data.rows[0]", "2 values"),
                bad("market_data", "'data':{'columns':['date'],'rows':[{}]}", "data.rows[0]", "1 values"),
                bad("market_data", "'data':{'columns':'date','rows':[]}", "data.columns", "list of names"),
                bad("market_data", "'data':{'columns':[1],'rows':[]}", "data.columns", "list of names"),
                bad("market_data", "'data':{'columns':['a'],'rows':{}}", "data.rows", "list of rows"),
                bad("preflight", "", "data", "missing"),
                bad("preflight", "'data':{'market':'ajar'}", "data.market", "closed, half_day, open"),
                bad("task_result", "", "data", "missing"),
                bad("task_result", "'data':{}", "data.outcome", "done, failed"),
                bad(
                        "task_result",
                        "'data':{'outcome':'done','symbols':{'AAPL':{'outcome':'great'}}}",
                        "data.symbols.AAPL.outcome",
                        "done, failed"),
                bad("order", "", "data", "missing"),
                bad("trade", "", "data", "missing"),
                bad("portfolio", "", "data", "missing"),
                bad("mlflow_run", "", "data", "missing"),
                bad("outcome", "", "data", "missing"),
                bad("outcome", "'data':{'a':[1e400]}", "data.a[0]", "finite"),
                bad("outcome", "'data':{'a':9007199254740993}", "data.a", "2^53-1"),
                bad("outcome", "'data':{},'as_of':'yesterday'", "as_of", "time with zone"),
                bad("outcome", "'data':{},'parents':['x']", "parents", "different ids"),
                bad("outcome", "'data':{},'odd':1", "odd", "no member"),
                bad("outcome", "'data':{},'symbol':'MSFT'", "key", "this artifact's own members"));
    }

    @ParameterizedTest(name = "{0} {2}: {3}")
    @MethodSource("badArtifacts")
    void aBadArtifactIsRefusedByFieldAndRule(String type, String more, String field, String rule) {
        Map<String, String> refusals = refusals(keyed(type, more), NO_BLOB);
        assertTrue(refusals.getOrDefault(field, "not refused").contains(rule), () -> rule + " is not in " + refusals);
    }

    static Stream<Arguments> badPictures() {
        byte[] damaged = PngBytes.of(1920, 1400);
        damaged[19] ^= 1;
        byte[] cut = Arrays.copyOf(PngBytes.of(10, 10), 32);
        return Stream.of(
                Arguments.of("no picture".getBytes(StandardCharsets.US_ASCII), "first bytes"),
                Arguments.of(new byte[0], "first bytes"),
                Arguments.of(cut, "ends within its header"),
                Arguments.of(damaged, "checksum"),
                Arguments.of(PngBytes.of(0, 10), "1 to 20,000 pixels"),
                Arguments.of(PngBytes.of(10, 0), "1 to 20,000 pixels"),
                Arguments.of(PngBytes.of(20_001, 1), "says 20001 x 1"),
                Arguments.of(PngBytes.of(1, 20_001), "says 1 x 20001"),
                Arguments.of(PngBytes.of(-1, 1), "says 4294967295 x 1"),
                Arguments.of(PngBytes.of(10_001, 10_000), "at most 100,000,000 pixels"),
                Arguments.of(PngBytes.of(10, 10, 4, 2, 0), "bit depth"),
                Arguments.of(PngBytes.of(10, 10, 16, 3, 0), "bit depth"),
                Arguments.of(PngBytes.of(10, 10, 3, 0, 0), "bit depth"),
                Arguments.of(PngBytes.of(10, 10, 8, 5, 0), "colour type"),
                Arguments.of(PngBytes.of(10, 10, 8, 2, 2), "interlacing"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("badPictures")
    void aPictureThatIsNoneIsRefusedBeforeAnybodyDecodesIt(byte[] bytes, String rule) {
        ObjectNode chart = keyed("chart", "'chart_type':'daily'");
        Map<String, String> refusals = refusals(chart, blob("image/png", bytes));
        assertTrue(
                refusals.getOrDefault("content", "not refused").contains(rule), () -> rule + " is not in " + refusals);
    }

    @Test
    void allBrokenRulesAreToldAtOnce() {
        assertEquals(
                List.of("chart_data", "chart_type", "confidence", "odd"),
                List.copyOf(refusals(keyed("chart", "'confidence':2,'odd':1"), NO_BLOB)
                        .keySet()));
    }

    static Stream<Arguments> goodArtifacts() {
        return Stream.of(
                Arguments.of("chart", "'chart_type':'weekly','chart_data':{}", NO_BLOB),
                Arguments.of("chart", "'chart_type':'daily'", blob("image/png", PngBytes.of(20_000, 5_000))),
                Arguments.of("chart", "'chart_type':'daily'", blob("image/png", PngBytes.of(1, 1, 1, 0, 1))),
                Arguments.of("llm", "'prompt':'asked, never answered'", NO_BLOB),
                Arguments.of("llm", "'model_name':'rules/three-of-four@1'", NO_BLOB),
                Arguments.of("llm", "'response':'" + "x".repeat(ContentRules.LONGEST_TEXT) + "'", NO_BLOB),
                Arguments.of("market_data", "'data':{'rows':[[1,2]]}", NO_BLOB),
                Arguments.of("market_data", "'data':{'columns':['date','close'],'rows':[['2012-09-19',1]]}", NO_BLOB),
                Arguments.of("preflight", "'data':{'checks':[]}", NO_BLOB),
                Arguments.of("portfolio", "'data':{}", NO_BLOB));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("goodArtifacts")
    void aGoodArtifactIsTaken(String type, String more, Optional<SentBlob> blob) {
        assertEquals(type, ArtifactReader.read(keyed(type, more), blob).type().wire());
    }

    @Test
    void anOldClientsArtifactNeedsNothingButNameAndType() {
        for (ArtifactType type : ArtifactType.values()) {
            ArtifactReader.read(json("{'name':'n','type':'" + type.wire() + "'}"), NO_BLOB);
        }
        ArtifactReader.read(
                json("{'name':'n','type':'signal','action':'hold on','chart_type':'1h','signal_data':"
                        + "{'artifact_type':'portfolio'},'data':{'columns':['a'],'rows':[[1,2]]}}"),
                NO_BLOB);
        assertTrue(refusals(json("{'name':'n','type':'llm','action':'" + "x".repeat(501) + "'}"), NO_BLOB)
                .containsKey("action"));
    }

    @Test
    void theExamplesKeepTheRules() throws Exception {
        try (Stream<Path> examples = Files.list(Path.of("..", "docs", "api", "examples"))) {
            for (Path example : examples.toList()) {
                ObjectNode json = ArtifactReader.object(Files.readAllBytes(example));
                JsonNode type = json.path("type");
                if (!type.isMissingNode()) {
                    ArtifactReader.read(json, NO_BLOB);
                }
            }
        }
    }
}
