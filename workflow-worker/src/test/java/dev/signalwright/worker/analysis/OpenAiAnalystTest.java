package dev.signalwright.worker.analysis;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import dev.signalwright.worker.platform.Json;
import dev.signalwright.worker.settings.Secret;
import dev.signalwright.worker.settings.Settings.ModelSettings;
import dev.signalwright.worker.settings.Settings.Provider;
import dev.signalwright.worker.testing.RecordingLog;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAiAnalystTest {
    private static final String KEY = "sk-never-in-a-log-4711";
    private static final String PATH = "/v1/chat/completions";
    private static final String MODEL = "gpt-test-1";

    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance()
            .options(WireMockConfiguration.wireMockConfig().dynamicPort().bindAddress("127.0.0.1"))
            .build();

    private final RecordingLog log = new RecordingLog();
    private final List<Duration> slept = new ArrayList<>();
    private Duration deadline = Duration.ofMinutes(2);
    private Optional<Secret> key = Optional.of(new Secret(KEY));

    @AfterEach
    void theKeyIsInNoLog() {
        assertFalse(log.lines().toString().contains(KEY));
    }

    @Test
    void sendsBothPicturesAndTheStrictSchemaAndReadsTheAnswer() {
        SERVER.stubFor(completions().willReturn(answer(ReplyReaderTest.GOOD)));

        Analyst.Analysis.Answered answered = answered();

        assertInstanceOf(Reading.Proposed.class, answered.reading());
        assertEquals("gpt-test-1-2026", answered.modelName());
        assertEquals(ReplyReaderTest.GOOD, answered.response());
        assertEquals(1200, answered.metadata().path("tokens").path("input").asInt());
        assertEquals("json_schema", answered.metadata().path("strictness").asText());
        assertFalse(answered.prompt().contains("{{"), answered.prompt());
        assertFalse(answered.prompt().contains("base64"));
        SERVER.verify(postRequestedFor(urlEqualTo(PATH))
                .withHeader("Authorization", equalTo("Bearer " + KEY))
                .withRequestBody(matchingJsonPath(
                        "$.messages[0].content[1].image_url.url", containing("data:image/png;base64,")))
                .withRequestBody(matchingJsonPath(
                        "$.messages[0].content[2].image_url.url", containing("data:image/png;base64,")))
                .withRequestBody(matchingJsonPath("$.response_format.json_schema.strict", equalTo("true")))
                .withRequestBody(matchingJsonPath(
                        "$.response_format.json_schema.schema.additionalProperties", equalTo("false"))));
    }

    @ParameterizedTest
    @CsvSource({
        "401, '{\"error\":{\"message\":\"Incorrect API key provided: sk-never-in-a-log-4711\"}}', refused the key",
        "402, '{}', has no credit left",
        "403, '{}', does not allow this key",
        "404, '{\"error\":{\"message\":\"no such model\"}}', knows no model gpt-test-1",
        "400, '{\"error\":{\"message\":\"bad picture sk-never-in-a-log-4711\"}}', refused the request (HTTP 400)",
        "429, '{\"error\":{\"code\":\"insufficient_quota\"}}', quota at the model's server is used up",
        "429, '{\"error\":{\"code\":429,\"type\":\"insufficient_quota\"}}', quota at the model's server is used up",
        "500, '{\"error\":{\"message\":\"image input is not supported\"}}', cannot look at pictures",
        "302, '', refused the request (HTTP 302)"
    })
    void whatMoneyOrAPersonMustMendIsAskedOnce(int status, String body, String reason) {
        SERVER.stubFor(completions().willReturn(aResponse().withStatus(status).withBody(body)));

        Analyst.Analysis.Failed failed = assertInstanceOf(Analyst.Analysis.Failed.class, ask());

        assertTrue(failed.reason().contains(reason), failed.reason());
        assertFalse(failed.reason().contains(KEY));
        assertFalse(failed.worthRetrying());
        SERVER.verify(1, postRequestedFor(urlEqualTo(PATH)));
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 502, 503, 529})
    void whatMayPassIsAskedThreeTimes(int status) {
        SERVER.stubFor(completions().willReturn(aResponse().withStatus(status).withBody("<html>busy</html>")));

        Analyst.Analysis.Failed failed = assertInstanceOf(Analyst.Analysis.Failed.class, ask());

        assertTrue(failed.worthRetrying());
        assertEquals(2, slept.size());
        SERVER.verify(3, postRequestedFor(urlEqualTo(PATH)));
    }

    @Test
    void retryAfterIsHonoured() {
        inTurn(aResponse().withStatus(429).withHeader("Retry-After", "17"), answer(ReplyReaderTest.GOOD));

        answered();

        assertEquals(List.of(Duration.ofSeconds(17)), slept);
    }

    @Test
    void aServerThatAsksToWaitPastTheDeadlineIsNotWaitedFor() {
        SERVER.stubFor(completions().willReturn(aResponse().withStatus(503).withHeader("Retry-After", "600")));

        assertInstanceOf(Analyst.Analysis.Failed.class, ask());

        assertEquals(List.of(), slept);
        SERVER.verify(1, postRequestedFor(urlEqualTo(PATH)));
    }

    @Test
    void aPassingTroubleIsOvercome() {
        inTurn(aResponse().withStatus(500), answer(ReplyReaderTest.GOOD));

        assertEquals(2, answered().metadata().path("requests").asInt());
    }

    @Test
    void aSilentServerCostsNoMoreThanTheDeadline() {
        deadline = Duration.ofMillis(400);
        SERVER.stubFor(completions().willReturn(answer(ReplyReaderTest.GOOD).withFixedDelay(60_000)));

        Analyst.Analysis.Failed failed = assertInstanceOf(Analyst.Analysis.Failed.class, ask());

        assertTrue(failed.reason().contains("no complete answer"), failed.reason());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CONNECTION_RESET_BY_PEER",
                "EMPTY_RESPONSE",
                "RANDOM_DATA_THEN_CLOSE",
                "MALFORMED_RESPONSE_CHUNK"
            })
    void aBrokenConnectionUsesNoPartOfTheAnswer(Fault fault) {
        SERVER.stubFor(completions().willReturn(aResponse().withFault(fault)));

        Analyst.Analysis.Failed failed = assertInstanceOf(Analyst.Analysis.Failed.class, ask());

        assertTrue(failed.worthRetrying(), failed.reason());
    }

    @ParameterizedTest
    @CsvSource({
        "length, 'the model''s answer was cut off at its length limit'",
        "content_filter, 'the model''s server withheld the answer (content filter)'"
    })
    void anUnfinishedAnswerIsNotReadThoughItIsValidJson(String ending, String reason) {
        SERVER.stubFor(completions().willReturn(answer(ReplyReaderTest.GOOD, ending, null)));

        Analyst.Analysis.Answered answered = answered();

        assertEquals(reason, abstained(answered).reason());
        assertEquals(reason, answered.metadata().path("not_read").asText());
        SERVER.verify(1, postRequestedFor(urlEqualTo(PATH)));
    }

    @Test
    void aRefusalDecidesNothing() {
        SERVER.stubFor(completions().willReturn(answer(ReplyReaderTest.GOOD, "stop", "I cannot help with that.")));

        assertEquals("the model refused to answer", abstained(answered()).reason());
    }

    @Test
    void anUnreadableAnswerIsAskedForOnceMore() {
        inTurn(answer("Sure! BUY."), answer(ReplyReaderTest.GOOD));

        Analyst.Analysis.Answered answered = answered();

        assertInstanceOf(Reading.Proposed.class, answered.reading());
        assertEquals("Sure! BUY.", answered.metadata().path("unreadable_answer").asText());
        assertTrue(answered.prompt().contains("Your answer could not be used"));
    }

    @Test
    void anAnswerThatStaysUnreadableDecidesNothing() {
        SERVER.stubFor(completions().willReturn(answer("Sure! BUY.")));

        assertEquals(
                "the answer is not one clean JSON object", abstained(answered()).reason());
        SERVER.verify(2, postRequestedFor(urlEqualTo(PATH)));
    }

    @Test
    void aServerWithoutSchemasIsAskedLessStrictlyButReadAsStrictly() {
        ResponseDefinitionBuilder refused =
                aResponse().withStatus(400).withBody("{\"error\":{\"message\":\"response_format is not supported\"}}");
        inTurn(refused, refused, answer(ReplyReaderTest.GOOD.replace("\"BUY\"", "\"buy\"")));

        Analyst.Analysis.Answered answered = answered();

        assertEquals("plain", answered.metadata().path("strictness").asText());
        assertInstanceOf(Reading.Abstained.class, answered.reading());
    }

    @Test
    void aServerThatNeedsNoKeyIsAskedWithoutOne() {
        key = Optional.empty();
        SERVER.stubFor(completions().willReturn(answer(ReplyReaderTest.GOOD)));

        assertInstanceOf(Reading.Proposed.class, answered().reading());
    }

    private static Reading.Abstained abstained(Analyst.Analysis.Answered answered) {
        return assertInstanceOf(Reading.Abstained.class, answered.reading());
    }

    private Analyst.Analysis.Answered answered() {
        return assertInstanceOf(Analyst.Analysis.Answered.class, ask());
    }

    private Analyst.Analysis ask() {
        ModelSettings settings = new ModelSettings(
                Provider.OPENAI, Optional.of(MODEL), key, Optional.of(URI.create(SERVER.baseUrl() + "/v1")));
        ModelServer server = new ModelServer(settings, MODEL);
        try (OpenAiAnalyst analyst =
                new OpenAiAnalyst(server, MODEL, deadline, Clock.systemUTC(), slept::add, new Random(1), log)) {
            return analyst.analyse(ChartFixtures.reading("IBM", ChartFixtures.up()));
        }
    }

    private static void inTurn(ResponseDefinitionBuilder... answers) {
        for (int i = 0; i < answers.length; i++) {
            SERVER.stubFor(completions()
                    .inScenario("in turn")
                    .whenScenarioStateIs(i == 0 ? Scenario.STARTED : "after " + i)
                    .willSetStateTo("after " + (i + 1))
                    .willReturn(answers[i]));
        }
    }

    private static MappingBuilder completions() {
        return post(urlEqualTo(PATH));
    }

    private static ResponseDefinitionBuilder answer(String content) {
        return answer(content, "stop", null);
    }

    private static ResponseDefinitionBuilder answer(String content, String ending, String refusal) {
        ObjectNode body =
                Json.object().put("id", "c1").put("object", "chat.completion").put("model", "gpt-test-1-2026");
        ObjectNode choice = body.putArray("choices").addObject().put("index", 0).put("finish_reason", ending);
        choice.putObject("message")
                .put("role", "assistant")
                .put("content", content)
                .put("refusal", refusal);
        body.putObject("usage").put("prompt_tokens", 1200).put("completion_tokens", 300);
        return aResponse().withHeader("Content-Type", "application/json").withBody(body.toString());
    }
}
