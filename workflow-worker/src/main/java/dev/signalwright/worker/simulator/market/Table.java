package dev.signalwright.worker.simulator.market;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** A plain comma-separated table with a head line; no quotes. */
record Table(List<String[]> rows) {
    static Table ofResource(String name) {
        try (InputStream in = Objects.requireNonNull(Table.class.getResourceAsStream(name), name)) {
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("The table " + name + " cannot be read.", e);
        }
    }

    static Table ofFile(Path file) throws IOException {
        return parse(Files.readString(file));
    }

    private static Table parse(String text) {
        return new Table(text.lines()
                .skip(1)
                .filter(line -> !line.isBlank())
                .map(line -> line.split(",", -1))
                .toList());
    }
}
