package dev.signalwright.worker.analysis;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.openai.models.ResponseFormatJsonObject;
import com.openai.models.chat.completions.ChatCompletionContentPart;
import com.openai.models.chat.completions.ChatCompletionContentPartImage;
import com.openai.models.chat.completions.ChatCompletionContentPartText;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import dev.signalwright.worker.analysis.Exchange.Trouble;
import dev.signalwright.worker.log.TaskLog;
import dev.signalwright.worker.platform.Json;
import dev.signalwright.worker.platform.Sleeper;
import dev.signalwright.worker.settings.Settings.ModelSettings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A model behind an OpenAI-compatible API looks at both charts. One symbol costs at most three attempts that failed in
 * passing, two steps to a weaker form of answer and one request to repair an unreadable answer, all within one deadline.
 */
final class OpenAiAnalyst implements Analyst {
    /** Pinned: a model that changes silently would change the signals. */
    static final String DEFAULT_MODEL = "gpt-5.4-mini-2026-03-17";

    static final Duration DEADLINE = Duration.ofMinutes(2);
    private static final int ATTEMPTS = 3;
    private static final long BASE_MILLIS = 1_000;
    private static final long CAP_MILLIS = 8_000;
    private static final long MAX_OUTPUT_TOKENS = 8_000;
    private static final int MAX_KEPT = 4_000;

    private final ModelServer server;
    private final String model;
    private final Duration deadline;
    private final Clock clock;
    private final Sleeper sleeper;
    private final RandomGenerator random;
    private final TaskLog log;
    private final ChartPrompt prompt = new ChartPrompt();

    OpenAiAnalyst(
            ModelServer server,
            String model,
            Duration deadline,
            Clock clock,
            Sleeper sleeper,
            RandomGenerator random,
            TaskLog log) {
        this.server = server;
        this.model = model;
        this.deadline = deadline;
        this.clock = clock;
        this.sleeper = sleeper;
        this.random = random;
        this.log = log;
    }

    static OpenAiAnalyst connect(
            ModelSettings settings, Clock clock, Sleeper sleeper, RandomGenerator random, TaskLog log) {
        String model = settings.model().orElse(DEFAULT_MODEL);
        return new OpenAiAnalyst(new ModelServer(settings, model), model, DEADLINE, clock, sleeper, random, log);
    }

    @Override
    public String provider() {
        return "openai";
    }

    @Override
    public String confidenceMeaning() {
        return "the model's own estimate, not a measured probability";
    }

    @Override
    public String timeframe() {
        return "daily and weekly";
    }

    @Override
    public Analysis analyse(ChartReading charts) {
        return new Conversation(charts).run();
    }

    @Override
    public void close() {
        server.close();
    }

    /** Everything that one symbol's question remembers. */
    private final class Conversation {
        private final ChartReading charts;
        private final Instant start = clock.instant();
        private final List<ChatCompletionContentPart> question;
        private final String text;
        private Strictness strictness = Strictness.JSON_SCHEMA;
        private int requests;
        private int failures;
        private long inputTokens;
        private long outputTokens;

        Conversation(ChartReading charts) {
            this.charts = charts;
            this.text = prompt.text(charts);
            this.question = List.of(
                    ChatCompletionContentPart.ofText(
                            ChatCompletionContentPartText.builder().text(text).build()),
                    picture(charts.daily()),
                    picture(charts.weekly()));
        }

        Analysis run() {
            return switch (exchange(Optional.empty())) {
                case Exchange.Answer answer -> read(answer);
                case Trouble trouble -> failed(trouble);
            };
        }

        private Analysis read(Exchange.Answer answer) {
            Optional<String> unread = notToBeRead(answer);
            if (unread.isPresent()) {
                return answered(
                        text,
                        answer,
                        new Reading.Abstained(unread.get(), false),
                        metadata(answer).put("not_read", unread.get()));
            }
            Reading reading = ReplyReader.read(answer.content(), charts.symbol());
            if (reading instanceof Reading.Abstained abstained && abstained.repairable()) {
                return repair(answer, abstained);
            }
            return answered(text, answer, reading, metadata(answer));
        }

        /** One more request that names what was wrong; if that fails too, the first answer's reason stands. */
        private Analysis repair(Exchange.Answer first, Reading.Abstained unreadable) {
            log.warn("The model's answer could not be used (" + unreadable.reason() + "); it is asked once more.");
            String request = "Your answer could not be used: " + unreadable.reason()
                    + ". Answer again with exactly one JSON object with the fields named above and nothing around it.";
            ObjectNode note = Json.object().put("unreadable_answer", cut(PlainText.storable(first.content())));
            String whole = text + "\n\n[The first answer was unreadable. Then:]\n\n" + request;
            return switch (exchange(Optional.of(new Repair(first.content(), request)))) {
                case Exchange.Answer second -> {
                    Optional<String> unread = notToBeRead(second);
                    Reading reading = unread.<Reading>map(why -> new Reading.Abstained(why, false))
                            .orElseGet(() -> ReplyReader.read(second.content(), charts.symbol()));
                    ObjectNode metadata = metadata(second).setAll(note);
                    unread.ifPresent(why -> metadata.put("not_read", why));
                    yield answered(whole, second, reading, metadata);
                }
                case Trouble trouble ->
                    answered(text, first, unreadable, metadata(first).put("repair_failed", trouble.sentence()));
            };
        }

        /** Asks until there is an answer, a lasting trouble, too many failures, or no time left. */
        private Exchange exchange(Optional<Repair> repair) {
            while (true) {
                Duration left = left();
                if (left.isNegative() || left.isZero()) {
                    return outOfTime();
                }
                requests++;
                Exchange exchange = server.ask(params(repair), left);
                if (!(exchange instanceof Trouble trouble)) {
                    return exchange;
                }
                switch (trouble.kind()) {
                    case LASTING -> {
                        return trouble;
                    }
                    case FORM_REFUSED -> {
                        Optional<Strictness> weaker = strictness.weaker();
                        if (weaker.isEmpty()) {
                            return trouble;
                        }
                        strictness = weaker.get();
                        log.info("The model's server does not take the form of answer; trying a weaker one: "
                                + strictness + ".");
                    }
                    case PASSING -> {
                        failures++;
                        if (failures >= ATTEMPTS || !waitBefore(trouble)) {
                            return trouble;
                        }
                    }
                }
            }
        }

        /** Full jitter, or as long as the server asked for; false when that would pass the deadline. */
        private boolean waitBefore(Trouble trouble) {
            long ceiling = Math.min(CAP_MILLIS, BASE_MILLIS << (failures - 1));
            Duration jitter = Duration.ofMillis(random.nextLong(ceiling + 1));
            Duration wait = trouble.retryAfter()
                    .filter(asked -> asked.compareTo(jitter) > 0)
                    .orElse(jitter);
            if (wait.compareTo(left()) >= 0) {
                return false;
            }
            log.warn("Attempt " + failures + " of " + ATTEMPTS + " failed: " + trouble.sentence() + ". Next in "
                    + wait.toMillis() + " ms.");
            try {
                sleeper.sleep(wait);
                return true;
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                return false;
            }
        }

        private Duration left() {
            return deadline.minus(Duration.between(start, clock.instant()));
        }

        private Trouble outOfTime() {
            return new Trouble(
                    Trouble.Kind.PASSING,
                    "the model gave no complete answer within " + deadline.toSeconds() + " s",
                    Optional.empty());
        }

        private ChatCompletionCreateParams params(Optional<Repair> repair) {
            ChatCompletionCreateParams.Builder params = ChatCompletionCreateParams.builder()
                    .model(model)
                    .maxCompletionTokens(MAX_OUTPUT_TOKENS)
                    .addUserMessageOfArrayOfContentParts(question);
            repair.ifPresent(again -> params.addAssistantMessage(cut(PlainText.storable(again.answer())))
                    .addUserMessage(again.request()));
            switch (strictness) {
                case JSON_SCHEMA -> params.responseFormat(ReplySchema.format());
                case JSON_OBJECT ->
                    params.responseFormat(ResponseFormatJsonObject.builder().build());
                case PLAIN -> {} // the text asks for JSON by itself
            }
            return params.build();
        }

        private Analysis.Answered answered(String asked, Exchange.Answer answer, Reading reading, ObjectNode metadata) {
            return new Analysis.Answered(asked, answer.content(), answer.model(), reading, metadata);
        }

        private ObjectNode metadata(Exchange.Answer answer) {
            inputTokens += answer.inputTokens();
            outputTokens += answer.outputTokens();
            ObjectNode metadata = Json.object()
                    .put("prompt_version", ChartPrompt.VERSION)
                    .put("asked_model", model)
                    .put("strictness", strictness.name().toLowerCase(java.util.Locale.ROOT))
                    .put("requests", requests)
                    .put("finish_reason", answer.ending())
                    .put("seconds", Duration.between(start, clock.instant()).toMillis() / 1000.0);
            // A server that counts nothing reports 0 and 0: then the number is unknown, not nothing.
            if (inputTokens + outputTokens > 0) {
                metadata.putObject("tokens").put("input", inputTokens).put("output", outputTokens);
            }
            return metadata;
        }
    }

    private record Repair(String answer, String request) {}

    private static Analysis failed(Trouble trouble) {
        return new Analysis.Failed(trouble.sentence(), trouble.kind() == Trouble.Kind.PASSING);
    }

    /** Why the text must not even be looked at, though it may be valid JSON by chance. */
    private static Optional<String> notToBeRead(Exchange.Answer answer) {
        if (answer.refused()) {
            return Optional.of("the model refused to answer");
        }
        return switch (answer.ending()) {
            case "length" -> Optional.of("the model's answer was cut off at its length limit");
            case "content_filter" -> Optional.of("the model's server withheld the answer (content filter)");
            default -> answer.content().isBlank() ? Optional.of("the model gave an empty answer") : Optional.empty();
        };
    }

    private static ChatCompletionContentPart picture(ChartReading.Chart chart) {
        String url = "data:image/png;base64,"
                + Base64.getEncoder().encodeToString(chart.png().get());
        return ChatCompletionContentPart.ofImageUrl(ChatCompletionContentPartImage.builder()
                .imageUrl(ChatCompletionContentPartImage.ImageUrl.builder()
                        .url(url)
                        .detail(ChatCompletionContentPartImage.ImageUrl.Detail.HIGH)
                        .build())
                .build());
    }

    private static String cut(String text) {
        return text.length() > MAX_KEPT ? text.substring(0, MAX_KEPT) : text;
    }
}
