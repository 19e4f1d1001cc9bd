package dev.signalwright.artifacts.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProblemCatalogueTest {
    @Test
    void everyProblemHasItsSectionWithItsStatusAndNoSectionIsLeftOver() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("..", "docs", "problems.md"));
        List<String> headings = lines.stream()
                .filter(line -> line.startsWith("## "))
                .map(line -> line.substring(3))
                .toList();
        assertEquals(Arrays.stream(ProblemType.values()).map(ProblemType::slug).toList(), headings);
        for (ProblemType type : ProblemType.values()) {
            String first = lines.get(lines.indexOf("## " + type.slug()) + 1);
            assertTrue(first.startsWith(Integer.toString(type.status())), type + ": " + first);
        }
    }
}
