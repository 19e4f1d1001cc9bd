package dev.signalwright.worker.preflight;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks a health address once, with one deadline for everything, body included. */
final class HttpProbe {
    private static final Duration DEADLINE = Duration.ofSeconds(3);

    /**
     * @return the status code
     * @throws IOException when nobody answered in time; the message says what happened
     */
    int status(URI address) throws IOException {
        try (HttpClient client = HttpClient.newBuilder()
                .connectTimeout(DEADLINE)
                .version(HttpClient.Version.HTTP_1_1)
                .build()) {
            CompletableFuture<HttpResponse<String>> answer = client.sendAsync(
                    HttpRequest.newBuilder(address).timeout(DEADLINE).build(), HttpResponse.BodyHandlers.ofString());
            try {
                return answer.get(DEADLINE.toMillis(), TimeUnit.MILLISECONDS).statusCode();
            } catch (TimeoutException e) {
                answer.cancel(true);
                client.shutdownNow();
                throw new IOException("no answer within " + DEADLINE.toSeconds() + " s", e);
            } catch (ExecutionException e) {
                client.shutdownNow();
                throw new IOException("nobody answers there", e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }
    }
}
