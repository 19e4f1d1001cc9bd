package dev.signalwright.worker.analysis;

import com.openai.errors.OpenAIServiceException;
import dev.signalwright.worker.analysis.Exchange.Trouble;
import dev.signalwright.worker.analysis.Exchange.Trouble.Kind;
import dev.signalwright.worker.settings.Secret;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Turns a model server's refusal into a sentence and into what may be done about it. Quota, credit, key and unknown
 * model are never worth another paid call; being slow, busy or broken is.
 */
final class ServerComplaint {
    private static final int MAX_QUOTE = 200;
    private static final Duration MAX_WAIT = Duration.ofHours(1);

    private final Optional<Secret> key;
    private final String model;

    ServerComplaint(Optional<Secret> key, String model) {
        this.key = key;
        this.model = model;
    }

    Trouble of(OpenAIServiceException refused) {
        int status = refused.statusCode();
        String words = String.valueOf(refused.body()) + " " + refused.getMessage();
        String http = " (HTTP " + status + ")";
        return switch (status) {
            case 400, 422 ->
                trouble(
                        namesForm(words) ? Kind.FORM_REFUSED : Kind.LASTING,
                        "the model's server refused the request" + http + ": " + quote(refused));
            case 401 -> trouble(Kind.LASTING, "the model's server refused the key" + http + "; check LLM_API_KEY_FILE");
            case 402 -> trouble(Kind.LASTING, "the account at the model's server has no credit left" + http);
            case 403 -> trouble(Kind.LASTING, "the model's server does not allow this key to use " + model + http);
            case 404 ->
                trouble(
                        Kind.LASTING,
                        "the model's server knows no model " + model + http + "; check LLM_MODEL and LLM_API_BASE_URL");
            case 429 -> throttled(refused, words, http);
            case 408, 409, 425 -> passing(refused, "the model's server was not ready" + http);
            default -> other(refused, status, words, http);
        };
    }

    private Trouble throttled(OpenAIServiceException refused, String words, String http) {
        return contains(words, "insufficient_quota", "billing")
                ? trouble(Kind.LASTING, "the quota at the model's server is used up" + http)
                : passing(refused, "the model's server asks to slow down" + http);
    }

    private Trouble other(OpenAIServiceException refused, int status, String words, String http) {
        if (contains(words, "image input is not supported")) {
            return trouble(Kind.LASTING, "the model " + model + " cannot look at pictures" + http);
        }
        return status >= 500
                ? passing(refused, "the model's server is in trouble" + http)
                : trouble(Kind.LASTING, "the model's server refused the request" + http + ": " + quote(refused));
    }

    /** @param left the time that the request had */
    String ofConnection(Exception broken, Duration left) {
        for (Throwable cause = broken; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConnectException || cause instanceof UnknownHostException) {
                return "the model's server cannot be reached; check LLM_API_BASE_URL and the network";
            }
            if (cause instanceof java.io.InterruptedIOException) {
                return "the model gave no complete answer within " + left.toSeconds() + " s";
            }
        }
        return "the connection to the model's server broke before the answer was complete";
    }

    private static boolean namesForm(String words) {
        return contains(words, "response_format", "json_schema", "json_object", "schema");
    }

    private static boolean contains(String words, String... parts) {
        String lower = words.toLowerCase(Locale.ROOT);
        return List.of(parts).stream().anyMatch(lower::contains);
    }

    private Trouble passing(OpenAIServiceException refused, String sentence) {
        return new Trouble(Kind.PASSING, sentence, retryAfter(refused));
    }

    private static Trouble trouble(Kind kind, String sentence) {
        return new Trouble(kind, sentence, Optional.empty());
    }

    /** Seconds only; the date form is not sent by model servers and is treated as absent. */
    private static Optional<Duration> retryAfter(OpenAIServiceException refused) {
        return refused.headers().values("Retry-After").stream()
                .filter(value -> value.matches("\\d{1,6}"))
                .findFirst()
                .map(value -> Duration.ofSeconds(Long.parseLong(value)))
                .map(wait -> wait.compareTo(MAX_WAIT) > 0 ? MAX_WAIT : wait);
    }

    /** The server's words on one line, short, without our key. */
    private String quote(OpenAIServiceException refused) {
        String words =
                String.valueOf(refused.getMessage()).replaceAll("\\s+", " ").strip();
        if (key.isPresent() && !key.get().reveal().isEmpty()) {
            words = words.replace(key.get().reveal(), "[key]");
        }
        words = PlainText.storable(words);
        return words.length() > MAX_QUOTE ? words.substring(0, MAX_QUOTE) + "..." : words;
    }
}
