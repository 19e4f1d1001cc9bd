package dev.signalwright.worker.tws.host;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which bars were asked for in the last ten minutes: one line each, {@code <milliseconds since 1970> <weight>
 * <contract> <request>}. The rules are those the gateway's maker states for small bars; they are kept for bars of every
 * size, which costs a worker of daily bars nothing and spares it the pauses a gateway imposes.
 */
final class HistoryLedger {
    /** A little longer than the rules (15 s, 2 s): a busy machine delays one request more than the next. */
    static final Duration IDENTICAL = Duration.ofSeconds(16);

    static final Duration SAME_CONTRACT = Duration.ofSeconds(3);

    static final int SAME_CONTRACT_FEWER_THAN = 6;
    static final Duration LONG = Duration.ofMinutes(10);
    static final int MOST_IN_LONG = 60;

    private static final int MOST_BYTES = 64 * 1024;

    private record Entry(long millis, int weight, String contract, String request) {
        static Optional<Entry> read(String line) {
            String[] words = line.split(" ", 4);
            try {
                return words.length < 4
                        ? Optional.empty()
                        : Optional.of(
                                new Entry(Long.parseLong(words[0]), Integer.parseInt(words[1]), words[2], words[3]));
            } catch (NumberFormatException e) {
                // Half a line: its writer was killed while it wrote.
                return Optional.empty();
            }
        }

        String line() {
            return millis + " " + weight + " " + contract + " " + request + "\n";
        }
    }

    private HistoryLedger() {}

    static Wait enter(FileChannel file, HistoryAsk ask, Instant now) throws IOException {
        long millis = now.toEpochMilli();
        List<Entry> entries = new ArrayList<>(read(file).stream()
                .filter(entry -> entry.millis() <= millis && entry.millis() > millis - LONG.toMillis())
                .toList());
        Entry next = new Entry(millis, ask.weight(), ask.contractKey(), ask.requestKey());
        Wait wait = longest(List.of(
                until(
                        entries,
                        millis,
                        IDENTICAL,
                        entry -> entry.request().equals(next.request()),
                        0,
                        "the same bars may not be asked for twice within 15 s"),
                until(
                        entries,
                        millis,
                        SAME_CONTRACT,
                        entry -> entry.contract().equals(next.contract()),
                        SAME_CONTRACT_FEWER_THAN - 1 - next.weight(),
                        "fewer than " + SAME_CONTRACT_FEWER_THAN + " requests for one contract are allowed within "
                                + SAME_CONTRACT.toSeconds() + " s"),
                until(
                        entries,
                        millis,
                        LONG,
                        _ -> true,
                        MOST_IN_LONG - next.weight(),
                        MOST_IN_LONG + " requests for bars are allowed within " + LONG.toMinutes() + " min")));
        if (wait.over()) {
            entries.add(next);
            write(file, entries);
        }
        return wait;
    }

    /** The wait until the entries that match weigh at most {@code most} within the window. */
    private static Wait until(
            List<Entry> entries, long now, Duration window, Predicate<Entry> matches, int most, String why) {
        int weight = 0;
        for (int i = entries.size() - 1; i >= 0; i--) {
            Entry entry = entries.get(i);
            long age = now - entry.millis();
            if (age >= window.toMillis()) {
                break;
            }
            weight += matches.test(entry) ? entry.weight() : 0;
            if (weight > most) {
                return new Wait(Duration.ofMillis(window.toMillis() - age), why);
            }
        }
        return Wait.NONE;
    }

    private static Wait longest(List<Wait> waits) {
        return waits.stream()
                .reduce((one, other) -> one.time().compareTo(other.time()) >= 0 ? one : other)
                .orElse(Wait.NONE);
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
