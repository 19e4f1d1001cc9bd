package dev.signalwright.worker.artifacts;

import dev.signalwright.worker.remote.FailureKind;
import dev.signalwright.worker.remote.FullJitter;
import dev.signalwright.worker.remote.RemoteException;
import dev.signalwright.worker.remote.RequestBrokeException;
import dev.signalwright.worker.remote.RetryAfter;
import dev.signalwright.worker.remote.RetryByKind;
import dev.signalwright.worker.remote.RetryRules;
import dev.signalwright.worker.settings.Settings;
import io.quarkus.rest.client.reactive.QuarkusRestClientBuilder;
import io.smallrye.faulttolerance.api.CustomBackoff;
import io.smallrye.faulttolerance.api.RetryWhen;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/**
 * The one way to the artifact service, with the worker's one retry layer around the bare {@link ArtifactApi}: up to four
 * attempts, retried by kind of failure, full jitter, Retry-After honoured, and one deadline over all of it. Every call
 * goes through one method, so that they share one circuit breaker: once the service has been found down, the next
 * calls of this process do not wait. 3xx and 4xx are answers, not failures: they are not retried and do not count
 * against the service's health; nor does 500, which says that one request broke, not that the service is down. Bean of the process; calls block.
 */
@ApplicationScoped
class ArtifactClient {
    /** What one call may take, waiting included. */
    static final Duration TOTAL = Duration.ofSeconds(20);

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final int LONGEST_ERROR_BYTES = 64 * 1024;

    private final ArtifactApi api;
    private final URI address;
    private final String authorization;
    private final Clock clock;

    @Inject
    ArtifactClient(Settings settings, Clock clock) {
        this(
                QuarkusRestClientBuilder.newBuilder()
                        .baseUri(settings.artifactService().url())
                        .connectTimeout(CONNECT_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                        .readTimeout(Call.BLOB_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                        .followRedirects(false)
                        .disableDefaultMapper(true)
                        .build(ArtifactApi.class),
                settings.artifactService(),
                clock);
    }

    ArtifactClient(ArtifactApi api, Settings.ArtifactServiceSettings service, Clock clock) {
        this.api = api;
        this.address = service.url();
        this.authorization = "Bearer " + service.token().reveal();
        this.clock = clock;
    }

    /**
     * Sends the call.
     *
     * @param deadline no attempt goes on after it
     * @throws RemoteException when there was no usable answer
     * @throws org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException when the service was found
     *     down just before; nothing was sent
     */
    @Retry(maxRetries = 3, maxDuration = 20, durationUnit = ChronoUnit.SECONDS)
    @CustomBackoff(FullJitter.class)
    @RetryWhen(exception = RetryByKind.class)
    @CircuitBreaker(
            requestVolumeThreshold = 4,
            failureRatio = 0.75,
            delay = 15,
            delayUnit = ChronoUnit.SECONDS,
            failOn = RemoteException.class,
            skipOn = RequestBrokeException.class)
    Reply call(Call call, Instant deadline) {
        Duration left = Duration.between(clock.instant(), deadline);
        if (!left.isPositive()) {
            throw new RemoteException(
                    "The artifact service at " + address + " gave no answer in the time there was.",
                    FailureKind.READ_TIMEOUT,
                    false,
                    Optional.empty(),
                    null);
        }
        Duration timeout = left.compareTo(call.timeout()) < 0 ? left : call.timeout();
        RestResponse<?> response;
        try {
            response = call.send(api, authorization).await().atMost(timeout);
        } catch (RuntimeException e) {
            throw failure(call, FailureKind.of(e), Optional.empty(), left, e);
        }
        Optional<FailureKind> kind =
                FailureKind.ofStatus(response.getStatus()).filter(failed -> failed != FailureKind.CLIENT);
        if (kind.isPresent()) {
            Optional<Duration> wait =
                    RetryAfter.read(Optional.ofNullable(response.getHeaderString(HttpHeaders.RETRY_AFTER)), clock);
            throw failure(call, kind.get(), wait, left, null);
        }
        return new Reply(response.getStatus(), body(response));
    }

    /** The bytes of an answer. The client decodes those of a success only and leaves an error's as a stream. */
    private byte[] body(RestResponse<?> response) {
        Object entity = response.getEntity();
        if (entity instanceof byte[] bytes) {
            return bytes;
        }
        return entity instanceof InputStream stream ? excerpt(stream) : new byte[0];
    }

    private byte[] excerpt(InputStream stream) {
        try (stream) {
            return stream.readNBytes(LONGEST_ERROR_BYTES);
        } catch (IOException e) {
            throw new UncheckedIOException("The artifact service's refusal could not be read.", e);
        }
    }

    private RemoteException failure(
            Call call, FailureKind kind, Optional<Duration> wait, Duration left, @Nullable Throwable cause) {
        boolean inTime = wait.isEmpty() || wait.get().compareTo(left) < 0;
        String what = switch (kind) {
            case CONNECT -> "could not be reached";
            case READ_TIMEOUT -> "gave no answer in time";
            case THROTTLED -> "asked to come back later";
            case SERVER -> "could not answer";
            case BROKEN -> "failed on it (status 500; its log says why)";
            case CLIENT -> "refused";
            case GARBLED -> "broke off or answered with something that is not HTTP";
        };
        String sentence = "The artifact service at " + address + " " + what + ".";
        boolean again = inTime && RetryRules.worthRetrying(kind, call.idempotent());
        return kind == FailureKind.BROKEN
                ? new RequestBrokeException(sentence, again, wait)
                : new RemoteException(sentence, kind, again, wait, cause);
    }
}
