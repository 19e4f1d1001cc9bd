package dev.signalwright.artifacts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/security.md promises nothing that has no test. */
class SecurityTableTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern NUMBERS = Pattern.compile("^(?:\\| |- )(\\d+(?:, \\d+)*)(?: \\| |, )");
    private static final Pattern TEST = Pattern.compile("`(\\w+Test)\\.(\\w+)`");

    @Test
    void everyTestThatTheTableNamesExistsAndEveryLineNamesOne() throws IOException {
        List<String> lines = Files.readAllLines(ROOT.resolve("docs/security.md")).stream()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| # "))
                .toList();
        assertTrue(lines.size() > 25, "lines: " + lines.size());
        List<String> wrong = new ArrayList<>();
        for (String line : lines) {
            List<MatchResult> tests = TEST.matcher(line).results().toList();
            if (tests.isEmpty()) {
                wrong.add("no test: " + line);
            }
            for (MatchResult test : tests) {
                if (!exists(test.group(1), test.group(2))) {
                    wrong.add("no such test: " + test.group());
                }
            }
        }
        assertEquals(List.of(), wrong);
    }

    @Test
    void everyItemOfTheChecklistHasALineOrIsSaidToBeElsewhere() throws IOException {
        Set<Integer> told = new TreeSet<>();
        for (String line : Files.readAllLines(ROOT.resolve("docs/security.md"))) {
            Matcher numbers = NUMBERS.matcher(line);
            if (numbers.find()) {
                Arrays.stream(numbers.group(1).split(", ", -1))
                        .map(Integer::valueOf)
                        .forEach(told::add);
            }
        }
        assertEquals(IntStream.rangeClosed(1, 40).boxed().collect(Collectors.toSet()), told);
    }

    private static boolean exists(String type, String method) throws IOException {
        for (String module : List.of("artifact-service", "workflow-worker")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/test/java"))) {
                for (Path file :
                        files.filter(path -> path.endsWith(type + ".java")).toList()) {
                    if (Files.readString(file).contains("void " + method + "(")) {
                        return true;
                    }
                }
            }
        }
        return false;
    }
}
