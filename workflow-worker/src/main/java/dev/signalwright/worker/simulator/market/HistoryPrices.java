package dev.signalwright.worker.simulator.market;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Real history: one file {@code SYMBOL.csv} each with the columns date, open, high, low, close, volume, unadjusted. */
public final class HistoryPrices implements Prices {
    private final Map<String, List<DayBar>> bars;
    private final List<Split> splits;

    private HistoryPrices(Map<String, List<DayBar>> bars, List<Split> splits) {
        this.bars = bars;
        this.splits = splits;
    }

    public static HistoryPrices read(Path folder, List<Split> splits) throws IOException {
        Map<String, List<DayBar>> bars = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".csv")).toList()) {
                String name = file.getFileName().toString();
                bars.put(name.substring(0, name.length() - ".csv".length()), read(file));
            }
        }
        if (bars.isEmpty()) {
            throw new IOException("The folder " + folder + " holds no bars: files SYMBOL.csv are expected there.");
        }
        return new HistoryPrices(bars, splits);
    }

    private static List<DayBar> read(Path file) throws IOException {
        List<DayBar> bars = new ArrayList<>();
        for (String[] cells : Table.ofFile(file).rows()) {
            try {
                bars.add(new DayBar(
                        LocalDate.parse(cells[0]),
                        new BigDecimal(cells[1]),
                        new BigDecimal(cells[2]),
                        new BigDecimal(cells[3]),
                        new BigDecimal(cells[4]),
                        new BigDecimal(cells[5])));
            } catch (DateTimeException | NumberFormatException | ArrayIndexOutOfBoundsException e) {
                throw new IOException("The file " + file + " has a line that is no bar: " + String.join(",", cells), e);
            }
        }
        return List.copyOf(bars);
    }

    @Override
    public String kind() {
        return "history";
    }

    @Override
    public boolean madeUp() {
        return false;
    }

    @Override
    public Set<String> symbols() {
        return bars.keySet();
    }

    @Override
    public boolean knows(String symbol) {
        return bars.containsKey(symbol);
    }

    @Override
    public List<DayBar> traded(String symbol, LocalDate last) {
        return bars.getOrDefault(symbol, List.of()).stream()
                .filter(bar -> !bar.session().isAfter(last))
                .toList();
    }

    @Override
    public List<Split> splits(String symbol) {
        return splits.stream().filter(split -> split.symbol().equals(symbol)).toList();
    }
}
