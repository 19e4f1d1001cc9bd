package dev.signalwright.worker.tws.host;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which addresses of a web gateway were asked lately: one line each, {@code <milliseconds since 1970> <path>}. A moment that
 * lies in the future was written before the clock was set back and does not count.
 */
final class RequestLedger {
    private static final int MOST_BYTES = 64 * 1024;

    private record Entry(long millis, String path) {
        static Optional<Entry> read(String line) {
            String[] words = line.split(" ", 2);
            try {
                return words.length < 2 ? Optional.empty() : Optional.of(new Entry(Long.parseLong(words[0]), words[1]));
            } catch (NumberFormatException e) {
                // Half a line: its writer was killed while it wrote.
                return Optional.empty();
            }
        }

        String line() {
            return millis + " " + path + "\n";
        }
    }

    private RequestLedger() {}

    static Wait enter(FileChannel file, String path, RequestRule rule, Instant now) throws IOException {
        long millis = now.toEpochMilli();
        long oldest = millis - rule.longest().toMillis();
        List<Entry> entries = new ArrayList<>(read(file).stream()
                .filter(entry -> entry.millis() <= millis && entry.millis() > oldest)
                .toList());
        long free = Math.max(freeOfWindow(entries, rule), freeOfPath(entries, path, rule));
        if (free > millis) {
            return new Wait(
                    Duration.ofMillis(free - millis),
                    "the gateway's limits for " + path + " are shared by all workers of this host");
        }
        entries.add(new Entry(millis, path));
        write(file, entries);
        return Wait.NONE;
    }

    private static long freeOfWindow(List<Entry> entries, RequestRule rule) {
        int first = entries.size() - rule.most();
        return first < 0 ? 0 : entries.get(first).millis() + rule.window().toMillis();
    }

    private static long freeOfPath(List<Entry> entries, String path, RequestRule rule) {
        Duration apart = rule.apart().getOrDefault(path, Duration.ZERO);
        return entries.stream()
                .filter(entry -> entry.path().equals(path))
                .mapToLong(entry -> entry.millis() + apart.toMillis())
                .max()
                .orElse(0);
    }

    private static List<Entry> read(FileChannel file) throws IOException {
        return LedgerLines.read(file, MOST_BYTES).stream()
                .flatMap(line -> Entry.read(line).stream())
                .toList();
    }

    private static void write(FileChannel file, List<Entry> entries) throws IOException {
        LedgerLines.write(file, entries.stream().map(Entry::line).toList());
    }
}
