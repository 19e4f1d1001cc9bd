package dev.signalwright.worker.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ExitCodeTest {
    @Test
    void isTheSameTableThatTheOperatorReads() throws IOException {
        Map<Integer, String> documented = Files.readAllLines(Path.of("../docs/exit-codes.csv")).stream()
                .skip(1)
                .map(line -> line.split(",", 3))
                .collect(Collectors.toMap(cells -> Integer.valueOf(cells[0]), cells -> cells[1]));
        Map<Integer, String> coded = Arrays.stream(ExitCode.values())
                .collect(Collectors.toMap(ExitCode::code, code -> code.name().toLowerCase(Locale.ROOT)));
        assertEquals(new TreeMap<>(documented), new TreeMap<>(coded));
    }
}
