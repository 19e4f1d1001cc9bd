package dev.signalwright.worker.analysis;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.LogLevel;
import com.openai.core.RequestOptions;
import com.openai.core.Timeout;
import com.openai.core.http.HttpResponse;
import com.openai.errors.OpenAIException;
import com.openai.errors.OpenAIServiceException;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import dev.signalwright.worker.analysis.Exchange.Trouble;
import dev.signalwright.worker.platform.Json;
import dev.signalwright.worker.settings.Secret;
import dev.signalwright.worker.settings.Settings.ModelSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * One request to an OpenAI-compatible server, without retries. The answer's envelope is read leniently from the exact
 * bytes, because servers differ in it; what the model said is read strictly elsewhere. Neither the key nor the pictures
 * reach a log: the library's own logging is off whatever the environment says.
 */
final class ModelServer implements AutoCloseable {
    private static final int MAX_BODY_BYTES = 2 * 1024 * 1024;
    private static final Duration CONNECT = Duration.ofSeconds(10);

    private final OpenAIClient client;
    private final String model;
    private final ServerComplaint complaint;

    ModelServer(ModelSettings settings, String model) {
        this.model = model;
        this.complaint = new ServerComplaint(settings.apiKey(), model);
        OpenAIOkHttpClient.Builder builder = OpenAIOkHttpClient.builder()
                .apiKey(settings.apiKey().map(Secret::reveal).orElse("none"))
                .maxRetries(0)
                .followRedirects(false)
                .disableTelemetry(true)
                .logLevel(LogLevel.OFF);
        settings.baseUrl().ifPresent(url -> builder.baseUrl(url.toString()));
        this.client = builder.build();
    }

    /** @param left how much time the answer may take, its body included */
    @SuppressWarnings("IllegalCatch") // the library throws undeclared IOExceptions
    Exchange ask(ChatCompletionCreateParams question, Duration left) {
        RequestOptions options = RequestOptions.builder()
                .timeout(Timeout.builder()
                        .connect(left.compareTo(CONNECT) < 0 ? left : CONNECT)
                        .read(left)
                        .write(left)
                        .request(left)
                        .build())
                .build();
        try (HttpResponse response =
                client.chat().completions().withRawResponse().create(question, options)) {
            byte[] body = response.body().readNBytes(MAX_BODY_BYTES + 1);
            if (body.length > MAX_BODY_BYTES) {
                return lasting("the model's server sent more than " + MAX_BODY_BYTES + " bytes");
            }
            return answer(Json.MAPPER.readTree(new String(body, StandardCharsets.UTF_8)));
        } catch (OpenAIServiceException refused) {
            return complaint.of(refused);
        } catch (JsonProcessingException garbled) {
            return passing("the model's server sent something that is not JSON");
        } catch (OpenAIException | IOException broken) {
            return passing(complaint.ofConnection(broken, left));
        } catch (Exception undeclared) {
            if (undeclared instanceof RuntimeException bug) {
                throw bug;
            }
            return passing(complaint.ofConnection(undeclared, left));
        }
    }

    private Exchange answer(JsonNode envelope) {
        JsonNode choice = envelope.path("choices").path(0);
        JsonNode message = choice.path("message");
        if (!message.isObject()) {
            return passing("the model's server answered without a message");
        }
        String answered = envelope.path("model").asText("");
        return new Exchange.Answer(
                message.path("content").isTextual() ? message.path("content").textValue() : "",
                choice.path("finish_reason").asText(""),
                message.path("refusal").isTextual()
                        && !message.path("refusal").textValue().isBlank(),
                answered.isBlank() ? model : answered,
                envelope.path("usage").path("prompt_tokens").asLong(0),
                envelope.path("usage").path("completion_tokens").asLong(0));
    }

    private static Trouble passing(String sentence) {
        return new Trouble(Trouble.Kind.PASSING, sentence, Optional.empty());
    }

    private static Trouble lasting(String sentence) {
        return new Trouble(Trouble.Kind.LASTING, sentence, Optional.empty());
    }

    @Override
    public void close() {
        client.close();
    }
}
