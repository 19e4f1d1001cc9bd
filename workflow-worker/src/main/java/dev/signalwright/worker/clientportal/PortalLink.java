package dev.signalwright.worker.clientportal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.signalwright.worker.broker.BrokerException;
import dev.signalwright.worker.broker.BrokerException.Kind;
import dev.signalwright.worker.log.TaskLog;
import dev.signalwright.worker.platform.Json;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;

/** HTTP to the gateway: one call at a time, each with a deadline, a bounded answer and its place in the pacing. */
final class PortalLink implements AutoCloseable {
    private static final String API = "/v1/api";
    private static final int MOST_BYTES = 4 * 1024 * 1024;

    private final PortalAddress address;
    private final PortalPacing pacing;
    private final TaskLog log;
    private final GatewayTrust trust;
    private HttpClient client;
    private boolean lockedOut;

    PortalLink(PortalAddress address, PortalPacing pacing, TaskLog log) {
        this.address = address;
        this.pacing = pacing;
        this.log = log;
        try {
            this.trust = GatewayTrust.of(address);
            this.client = open();
        } catch (IOException e) {
            throw new BrokerException(
                    Kind.UNTRUSTED,
                    "The certificates that shall vouch for the gateway cannot be used. " + e.getMessage()
                            + " Check IBKR_PORTAL_CA_FILE.");
        }
    }

    private HttpClient open() throws IOException {
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .proxy(HttpClient.Builder.NO_PROXY)
                .connectTimeout(address.answer());
        return (address.tls() ? builder.sslContext(trust.context()) : builder).build();
    }

    /** From the next call on a connection is used that nobody can have closed meanwhile. */
    void renew() {
        try {
            HttpClient old = client;
            client = open();
            old.shutdownNow();
        } catch (IOException e) {
            throw new BrokerException(Kind.UNTRUSTED, String.valueOf(e.getMessage()));
        }
    }

    PortalAnswer get(String what, String pathAndQuery, Duration wait) {
        return call(what, pathAndQuery, request(pathAndQuery).GET().build(), wait);
    }

    /** A body is always sent: the gateway answers 411 to a request without a length. */
    PortalAnswer post(String what, String path, JsonNode body, Duration wait) {
        HttpRequest request = request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(body.toString().getBytes(StandardCharsets.UTF_8)))
                .build();
        return call(what, path, request, wait);
    }

    private HttpRequest.Builder request(String pathAndQuery) {
        return HttpRequest.newBuilder(URI.create(address.origin() + API + pathAndQuery))
                .header("Accept", "application/json")
                .header("User-Agent", "signalwright-worker");
    }

    private PortalAnswer call(String what, String pathAndQuery, HttpRequest request, Duration wait) {
        if (lockedOut) {
            throw new PortalAnswer(429, MissingNode.getInstance(), Optional.empty()).trouble(what);
        }
        try {
            pacing.await(pathAndQuery.split("\\?", 2)[0]);
            PortalAnswer answer = read(what, within(wait, request));
            lockedOut = answer.status() == 429;
            log.debug(request.method() + " " + pathAndQuery + ": " + answer.status() + ".");
            return answer;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrokerException(Kind.DISCONNECTED, what + ": the task was told to stop while it waited.");
        } catch (TimeoutException e) {
            throw new BrokerException(
                    Kind.SILENT,
                    what + ": the gateway at " + address.origin() + " did not answer within " + wait.toSeconds()
                            + " s. Look at its window; restart it if it hangs.");
        } catch (IOException e) {
            throw broken(what, e);
        }
    }

    /** The client's own timeout ends with the head of an answer; this one covers the body too. */
    private HttpResponse<byte[]> within(Duration wait, HttpRequest request)
            throws IOException, InterruptedException, TimeoutException {
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_BYTES));
        try {
            return answer.get(Math.max(1, wait.toMillis()), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException trouble ? trouble : new IOException(e.getCause());
        } finally {
            answer.cancel(true);
        }
    }

    private static PortalAnswer read(String what, HttpResponse<byte[]> response) throws IOException {
        JsonNode body = MissingNode.getInstance();
        try {
            body = Json.MAPPER.readTree(response.body());
        } catch (JsonProcessingException e) {
            if (response.statusCode() == 200) {
                throw new BrokerException(
                        Kind.GARBLED,
                        what + ": the answer is not JSON. Check IBKR_HOST and IBKR_PORT, and that the gateway is the"
                                + " Client Portal gateway.");
            }
            // Pages of an error are HTML; the status says enough.
        }
        return new PortalAnswer(
                response.statusCode(),
                body,
                response.headers().firstValue("Date").flatMap(PortalLink::instant));
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private BrokerException broken(String what, IOException e) {
        if (e instanceof SSLException) {
            return trust.refused()
                    .map(fingerprint -> untrusted(fingerprint, e))
                    .orElseGet(() -> new BrokerException(
                            Kind.GARBLED,
                            what + ": " + address.origin() + " does not speak TLS as it should (" + e.getMessage()
                                    + "). Check IBKR_PORT, and listenSsl in the gateway's conf.yaml."));
        }
        if (e instanceof ConnectException || (e instanceof HttpTimeoutException && notConnected(e))) {
            return new BrokerException(
                    Kind.UNREACHABLE,
                    what + ": nobody listens at " + address.origin() + ". Start the Client Portal gateway, and check"
                            + " IBKR_HOST and IBKR_PORT.");
        }
        if (String.valueOf(e.getMessage()).contains("exceeds capacity")) {
            return new BrokerException(
                    Kind.GARBLED, what + ": the answer is longer than " + MOST_BYTES + " bytes. Check IBKR_PORT.");
        }
        return new BrokerException(
                Kind.DISCONNECTED,
                what + ": the connection to " + address.origin() + " broke (" + e.getMessage()
                        + "). Look at the gateway's window.");
    }

    private static boolean notConnected(IOException e) {
        return e instanceof java.net.http.HttpConnectTimeoutException;
    }

    private BrokerException untrusted(String fingerprint, IOException e) {
        String sentence = address.certificateSha256()
                .map(pin -> "The gateway at " + address.origin() + " shows the certificate " + fingerprint
                        + ", not the pinned " + GatewayTrust.printed(pin) + "; nothing was sent to it. If you replaced"
                        + " or updated the gateway, compare the fingerprint on its machine and set"
                        + " IBKR_PORTAL_CERTIFICATE_SHA256 to it; if not, find out who answers there.")
                .orElseGet(() -> "Nothing vouches for the certificate that the gateway at " + address.origin()
                        + " shows (" + e.getMessage() + "); nothing was sent to it. Its SHA-256 fingerprint is "
                        + fingerprint + ". Compare it with what \"keytool -printcert -sslserver localhost:"
                        + address.port() + "\" prints on the gateway's machine; if they are equal, set"
                        + " IBKR_PORTAL_CERTIFICATE_SHA256 to it.");
        return new BrokerException(Kind.UNTRUSTED, sentence);
    }

    PortalAddress address() {
        return address;
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
