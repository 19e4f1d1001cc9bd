package dev.signalwright.worker.simulator.book;

import com.fasterxml.jackson.core.JacksonException;
import dev.signalwright.worker.platform.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * {@code simulator-state.json}: written to a neighbour file, forced to disk, then renamed over the old one, so a reader
 * finds the old state or the new one, never half of either.
 */
public final class StateFile {
    private static final String NAME = "simulator-state.json";

    private final Optional<Path> folder;

    /** @param folder empty keeps nothing */
    public StateFile(Optional<Path> folder) {
        this.folder = folder;
    }

    Optional<BookState> read() throws IOException {
        Path file = folder.map(path -> path.resolve(NAME)).orElse(null);
        if (file == null || !Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Json.MAPPER.readValue(Files.readAllBytes(file), BookState.class));
        } catch (JacksonException e) {
            throw new IOException(
                    "The state file " + file + " cannot be read. Delete it to start with an empty account.", e);
        }
    }

    void write(BookState state) {
        if (folder.isEmpty()) {
            return;
        }
        Path file = folder.get().resolve(NAME);
        Path fresh = folder.get().resolve(NAME + ".new");
        try {
            Files.createDirectories(folder.get());
            byte[] json = Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(state);
            try (FileChannel channel = FileChannel.open(
                    fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
                ByteBuffer bytes = ByteBuffer.wrap(json);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            try (FileChannel directory = FileChannel.open(folder.get(), StandardOpenOption.READ)) {
                directory.force(true);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The state could not be saved to " + file + ".", e);
        }
    }
}
