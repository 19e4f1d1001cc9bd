package dev.signalwright.artifacts.pages;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** The real API as a worker calls it, for {@link Showcase}; a refusal ends the test with its words. */
final class ShowcaseApi {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI service;
    private final String token;

    ShowcaseApi(URI service, String workerToken) {
        this.service = service;
        this.token = workerToken;
    }

    String execution(String result) {
        String run = get("/api" + result).path("execution_id").asText();
        return get("/api/executions")
                .path("executions")
                .valueStream()
                .filter(execution -> execution.path("run_id").asText().equals(run))
                .map(execution -> "/executions/" + execution.path("id").asText())
                .findFirst()
                .orElseThrow();
    }

    static byte[] bytes(JsonNode json) {
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    static byte[] multipart(JsonNode artifact, byte[] blob) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(("--showcase\r\nContent-Disposition: form-data; name=\"artifact\"\r\n"
                        + "Content-Type: application/json\r\n\r\n" + artifact + "\r\n--showcase\r\n"
                        + "Content-Disposition: form-data; name=\"content\"; filename=\"chart.png\"\r\n"
                        + "Content-Type: image/png\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        out.writeBytes(blob);
        out.writeBytes("\r\n--showcase--\r\n".getBytes(StandardCharsets.UTF_8));
        return out.toByteArray();
    }

    private JsonNode get(String path) {
        return ask(HttpRequest.newBuilder(service.resolve(path)));
    }

    JsonNode post(String method, String path, String type, byte[] body) {
        return ask(HttpRequest.newBuilder(service.resolve(path))
                .header("Content-Type", type)
                .method(method, HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    private JsonNode ask(HttpRequest.Builder request) {
        try {
            HttpResponse<String> answer = client.send(
                    request.header("Authorization", "Bearer " + token).build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() >= 300) {
                throw new IllegalStateException(
                        answer.request().uri() + ": " + answer.statusCode() + " " + answer.body());
            }
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The test was stopped.", e);
        }
    }
}
