package dev.signalwright.artifacts.platform;

import io.quarkus.logging.LoggingFilter;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import org.jboss.logmanager.ExtFormatter;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.jspecify.annotations.Nullable;

/**
 * Shows what has no place in a line of a log: line breaks, terminal controls, invisible characters. What strangers send
 * reaches the log in names and in the messages of exceptions, and must not begin a line of its own there. The settings
 * {@code quarkus.log.*.filter} name it.
 */
@LoggingFilter(name = "one-line")
public final class OneLine implements Filter {
    private static final int DEEPEST = 20;

    /** The message with its values, as every handler's formatter would put them together. */
    private static final ExtFormatter SENTENCE = new PatternFormatter("%s");

    @Override
    public boolean isLoggable(LogRecord line) {
        String said = SENTENCE.format(line);
        if (!isPlain(said)) {
            if (line instanceof ExtLogRecord extended) {
                extended.setMessage(shown(said), ExtLogRecord.FormatStyle.NO_FORMAT);
            } else {
                line.setMessage(shown(said));
                line.setParameters(new Object[0]);
            }
        }
        line.setThrown(Told.of(line.getThrown()));
        return true;
    }

    /** The text with every such character spelled out. */
    static String shown(String text) {
        if (isPlain(text)) {
            return text;
        }
        StringBuilder plain = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (isPlain(c)) {
                plain.appendCodePoint(c);
            } else {
                plain.append(
                        switch (c) {
                            case '\n' -> "\\n";
                            case '\r' -> "\\r";
                            case '\t' -> "\\t";
                            default -> "\\u{%x}".formatted(c);
                        });
            }
        });
        return plain.toString();
    }

    private static boolean isPlain(String text) {
        return text.codePoints().allMatch(OneLine::isPlain);
    }

    private static boolean isPlain(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> false;
            default -> true;
        };
    }

    /** An exception as it is told: its own places, its words on one line. */
    private static final class Told extends Throwable {
        private static final long serialVersionUID = 1L;

        private final String words;

        private Told(Throwable original, @Nullable Throwable cause) {
            super(null, cause);
            words = shown(original.toString());
            setStackTrace(original.getStackTrace());
        }

        /** The original when nothing in it or behind it has to be spelled out. */
        static @Nullable Throwable of(@Nullable Throwable original) {
            return isPlain(original, 0) ? original : of(original, 0);
        }

        private static boolean isPlain(@Nullable Throwable thrown, int depth) {
            if (thrown == null) {
                return true;
            }
            if (depth == DEEPEST || !OneLine.isPlain(thrown.toString()) || !isPlain(thrown.getCause(), depth + 1)) {
                return false;
            }
            for (Throwable suppressed : thrown.getSuppressed()) {
                if (!isPlain(suppressed, depth + 1)) {
                    return false;
                }
            }
            return true;
        }

        private static @Nullable Throwable of(@Nullable Throwable original, int depth) {
            if (original == null || depth == DEEPEST) {
                return null;
            }
            Told told = new Told(original, of(original.getCause(), depth + 1));
            for (Throwable suppressed : original.getSuppressed()) {
                Throwable shown = of(suppressed, depth + 1);
                if (shown != null) {
                    told.addSuppressed(shown);
                }
            }
            return told;
        }

        @Override
        @SuppressWarnings("OverrideThrowableToString") // the name of the original's class belongs to it
        public String toString() {
            return words;
        }
    }
}
