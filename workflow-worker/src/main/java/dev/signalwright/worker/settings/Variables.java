package dev.signalwright.worker.settings;

import dev.signalwright.worker.platform.Environment;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.stream.Collectors;

/** Typed reading of variables. Collects one sentence per problem and goes on with the default. */
final class Variables {
    private static final String SYMBOL = "[A-Z][A-Z0-9.\\-]{0,14}";
    private static final int MOST_SYMBOLS = 100;
    private static final int MOST_SECRET_BYTES = 16 * 1024;
    private static final int MOST_QUOTED = 60;

    private final Environment environment;
    private final List<String> problems = new ArrayList<>();

    Variables(Environment environment) {
        this.environment = environment;
    }

    List<String> problems() {
        return problems;
    }

    void problem(String sentence) {
        problems.add(sentence);
    }

    Optional<String> text(String name) {
        return environment.get(name);
    }

    String word(String name, String pattern, String fallback) {
        String value = text(name).orElse(fallback);
        if (value.matches(pattern)) {
            return value;
        }
        problem(name + " is " + quoted(value) + ", which does not match " + pattern + ".");
        return fallback;
    }

    Optional<Path> path(String name) {
        return text(name).flatMap(value -> {
            try {
                return Optional.of(Path.of(value).toAbsolutePath().normalize());
            } catch (InvalidPathException e) {
                problem(name + " is not a path: " + e.getReason() + ".");
                return Optional.empty();
            }
        });
    }

    int number(String name, int least, int most, int fallback) {
        Optional<String> value = text(name);
        if (value.isEmpty()) {
            return fallback;
        }
        try {
            int number = Integer.parseInt(value.get());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Told below, in the same words as a number out of range.
        }
        problem(name + " is " + quoted(value.get()) + "; it must be a whole number from " + least + " to " + most
                + ".");
        return fallback;
    }

    ZoneId zone(String name, String fallback) {
        String value = text(name).orElse(fallback);
        try {
            return ZoneId.of(value);
        } catch (DateTimeException e) {
            problem(name + " is " + quoted(value) + ", which is not a time zone. An example is " + fallback + ".");
            return ZoneId.of(fallback);
        }
    }

    Duration duration(String name, String fallback) {
        String value = text(name).orElse(fallback);
        try {
            Duration duration = Duration.parse(value);
            if (!duration.isNegative()) {
                return duration;
            }
        } catch (DateTimeParseException e) {
            // Told below, in the same words as a negative one.
        }
        problem(name + " is " + quoted(value) + "; it must be an ISO 8601 duration such as " + fallback + ".");
        return Duration.parse(fallback);
    }

    Optional<URI> uri(String name) {
        Optional<String> value = text(name);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        try {
            URI uri = new URI(value.get());
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (web && uri.getHost() != null && uri.getUserInfo() == null) {
                return Optional.of(uri);
            }
        } catch (URISyntaxException e) {
            // Told below. The value is not repeated: somebody may have put a password into it.
        }
        problem(name + " must be an http or https address without user and password, such as http://127.0.0.1:8480.");
        return Optional.empty();
    }

    <E extends Enum<E>> E choice(String name, Class<E> type, E fallback) {
        Optional<String> value = text(name);
        if (value.isEmpty()) {
            return fallback;
        }
        for (E candidate : type.getEnumConstants()) {
            if (candidate.name().toLowerCase(Locale.ROOT).equals(value.get())) {
                return candidate;
            }
        }
        String choices = Arrays.stream(type.getEnumConstants())
                .map(choice -> choice.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
        problem(name + " is " + quoted(value.get()) + "; it must be one of " + choices + ".");
        return fallback;
    }

    List<String> symbols(String name, String fallback) {
        SequencedSet<String> symbols = new LinkedHashSet<>();
        for (String part : text(name).orElse(fallback).split(",", -1)) {
            String symbol = part.strip().toUpperCase(Locale.ROOT);
            if (symbol.isEmpty()) {
                continue;
            }
            if (symbol.matches(SYMBOL)) {
                symbols.add(symbol);
            } else {
                problem(name + " names " + quoted(part.strip())
                        + ", which is not a ticker: up to 15 letters, digits, dots and dashes, a letter first.");
            }
        }
        if (symbols.size() > MOST_SYMBOLS) {
            problem(name + " names " + symbols.size() + " symbols; at most " + MOST_SYMBOLS + " are handled in a run.");
        }
        if (symbols.isEmpty() && problems.isEmpty()) {
            problem(name + " names no symbol. Set it to a comma list such as " + fallback + ".");
        }
        return List.copyOf(symbols);
    }

    /** The value of {@code NAME}, or the content of the file that {@code NAME_FILE} names. */
    Optional<Secret> secret(String name) {
        Optional<String> file = text(name + "_FILE");
        if (file.isEmpty()) {
            return text(name).map(Secret::new);
        }
        try {
            Path path = Path.of(file.get());
            if (Files.size(path) > MOST_SECRET_BYTES) {
                problem(name + "_FILE names " + path + ", which is too big to hold one secret.");
                return Optional.empty();
            }
            String content = Files.readString(path).strip();
            if (!content.isEmpty()) {
                return Optional.of(new Secret(content));
            }
            problem(name + "_FILE names " + path + ", which is empty.");
        } catch (IOException | InvalidPathException e) {
            problem(name + "_FILE names " + quoted(file.get()) + ", which cannot be read.");
        }
        return Optional.empty();
    }

    /** Complains about a needed secret, unless its file was already complained about. */
    void missingSecret(String name, String what) {
        if (text(name + "_FILE").isEmpty()) {
            problem(name + " is not set. Set " + name + "_FILE to the path of the file that holds " + what + ".");
        }
    }

    static String quoted(String value) {
        String cut = value.length() > MOST_QUOTED ? value.substring(0, MOST_QUOTED) + "..." : value;
        return "\"" + cut + "\"";
    }
}
