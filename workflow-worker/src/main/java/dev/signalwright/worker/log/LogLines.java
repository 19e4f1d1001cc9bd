package dev.signalwright.worker.log;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalwright.worker.platform.Json;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Writes one JSON object a line: {@code {"ts","level","logger","msg",...,"error"?:{type,message,stack}}}. A line never
 * exceeds {@link #MOST_BYTES}; what is cut says so. Control characters are escaped by JSON, so a message cannot start a
 * line of its own. Thread-safe: lines never mix.
 */
public final class LogLines {
    /** Longest line in bytes, line feed included. */
    public static final int MOST_BYTES = 16 * 1024;

    private static final int MOST_STACK_CHARS = 8 * 1024;
    private static final int MOST_MESSAGE_CHARS = 2 * 1024;
    private static final int SHORTEST_SECRET = 8;
    private static final String BLOT = "[secret]";

    private final PrintStream out;
    private final Clock clock;
    private final CopyOnWriteArrayList<String> secrets = new CopyOnWriteArrayList<>();

    /** @param out where lines go; every line is flushed */
    public LogLines(PrintStream out, Clock clock) {
        this.out = out;
        this.clock = clock;
    }

    /** From now on these values are replaced wherever they would appear. Very short ones are not worth hiding. */
    public void hide(Collection<String> values) {
        values.stream().filter(value -> value.length() >= SHORTEST_SECRET).forEach(secrets::addIfAbsent);
    }

    /** Prints one line that is a command's result, not a log line. */
    public void result(ObjectNode json) {
        emit(encode(json));
    }

    /** The log of one logger. */
    public TaskLog named(String logger) {
        return new JsonTaskLog(this, logger, Map.of());
    }

    void write(LogLevel level, String logger, String message, Map<String, ?> fields, Optional<Throwable> cause) {
        ObjectNode line = Json.object()
                .put("ts", clock.instant().truncatedTo(ChronoUnit.MILLIS).toString())
                .put("level", level.wire())
                .put("logger", logger)
                .put("msg", cut(message, MOST_MESSAGE_CHARS));
        fields.forEach((name, value) -> {
            if (!line.has(name)) {
                line.set(name, Json.MAPPER.valueToTree(value));
            }
        });
        cause.ifPresent(error -> line.set("error", describe(error)));
        print(line);
    }

    private void print(ObjectNode line) {
        byte[] bytes = encode(line);
        if (bytes.length > MOST_BYTES) {
            bytes = encode(essentials(line));
        }
        emit(bytes);
    }

    private void emit(byte[] bytes) {
        synchronized (out) {
            out.write(bytes, 0, bytes.length);
            out.flush();
        }
    }

    private static ObjectNode essentials(ObjectNode line) {
        ObjectNode shorter = Json.object();
        for (String name : new String[] {"ts", "level", "logger", "msg"}) {
            shorter.set(name, line.get(name));
        }
        return shorter.put("cut", true);
    }

    private byte[] encode(ObjectNode line) {
        try {
            String text = Json.MAPPER.writeValueAsString(line);
            for (String secret : secrets) {
                text = text.replace(secret, BLOT);
            }
            return (text + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A log line could not be written as JSON.", e);
        }
    }

    private static ObjectNode describe(Throwable error) {
        StringWriter stack = new StringWriter();
        error.printStackTrace(new PrintWriter(stack));
        return Json.object()
                .put("type", error.getClass().getName())
                .put("message", cut(String.valueOf(error.getMessage()), MOST_MESSAGE_CHARS))
                .put("stack", cut(stack.toString(), MOST_STACK_CHARS));
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most) + "... (cut)";
    }
}
