package dev.signalwright.worker.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signalwright.worker.broker.BrokerException;
import dev.signalwright.worker.broker.BrokerSession;
import dev.signalwright.worker.broker.OrderLookup;
import dev.signalwright.worker.broker.OrderSighting;
import dev.signalwright.worker.platform.Sleeper;
import dev.signalwright.worker.simulator.book.BookedOrder;
import dev.signalwright.worker.simulator.fault.FaultReader;
import dev.signalwright.worker.tws.TwsBroker;
import dev.signalwright.worker.tws.TwsSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Our own client against every fault of the table in docs/simulator.md, which is the one source of what must come out. */
class FaultMatrixTest {
    private static final Path DOCUMENT = Path.of("..", "docs", "simulator.md");
    private static final Pattern ROW = Pattern.compile("\\| `(\\{.*})` \\| ([a-z-]+) \\| ([A-Za-z_, ]+) \\|");
    /** Only where the deadline itself is what must be seen: a busy machine is slow. */
    private static final Duration SHORT = Duration.ofMillis(700);

    private static final Set<String> AT_THE_DEADLINE = Set.of("SILENT", "TIMED_OUT", "incomplete");
    private static final String REF = "sw1-fault";

    record Row(String fault, String call, String outcome) {
        @Override
        public String toString() {
            return call + " with " + fault;
        }
    }

    static Stream<Row> rows() throws IOException {
        return Files.readAllLines(DOCUMENT).stream()
                .map(ROW::matcher)
                .filter(Matcher::matches)
                .map(found -> new Row(found.group(1), found.group(2), found.group(3)));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void comesOutAsDocumentedAndInTime(Row row) throws IOException {
        long before = System.nanoTime();
        try (Desk desk = Desk.withFaults(row.fault())) {
            assertEquals(row.outcome(), outcome(desk, row), desk.printed.toString(StandardCharsets.UTF_8));
        }
        Duration took = Duration.ofNanos(System.nanoTime() - before);
        assertTrue(took.compareTo(Duration.ofSeconds(20)) < 0, "it took " + took);
    }

    private static String outcome(Desk desk, Row row) throws IOException {
        try (BrokerSession session = broker(desk, row).connect(connecting(row))) {
            return switch (row.call()) {
                case "connect" -> session.currentTime().equals(Desk.MORNING) ? "recovers" : "another clock";
                case "bars" ->
                    session.dailyBars(session.instrument("AAPL"), Desk.MORNING, 1)
                                            .bars()
                                            .size()
                                    > 240
                            ? "recovers"
                            : "too few bars";
                case "look-up" -> lookedUp(session.findOrders(REF));
                default -> placed(desk, desk.buyAndPlace(session, 10, "690.00", REF));
            };
        } catch (BrokerException e) {
            return e.kind().name();
        }
    }

    private static TwsBroker broker(Desk desk, Row row) {
        Duration answer = AT_THE_DEADLINE.contains(row.outcome()) ? SHORT : Desk.PATIENCE;
        Duration order = row.outcome().startsWith("UNKNOWN") ? SHORT : Desk.PATIENCE;
        TwsSettings settings = new TwsSettings("127.0.0.1", desk.gateway.port(), 100, 4, answer, answer, order);
        return new TwsBroker(settings, System::nanoTime, Sleeper.real(), new SplittableRandom(1), desk.log);
    }

    private static Duration connecting(Row row) {
        boolean never = row.call().equals("connect") && !row.outcome().equals("recovers");
        return never ? Duration.ofSeconds(2) : Desk.PATIENCE;
    }

    private static String lookedUp(OrderLookup found) {
        return found.complete() ? "recovers" : "incomplete";
    }

    /** Whatever was heard, the book has the order or has it not. */
    private static String placed(Desk desk, OrderSighting sighting) {
        List<BookedOrder> open = desk.gateway.book().state().open();
        assertTrue(open.size() <= 1, "at most one order, but the book holds " + open);
        return sighting.state().name() + (open.isEmpty() ? "" : ", found again");
    }

    @Test
    void everyFaultIsInTheTable() throws IOException {
        Set<String> named = new TreeSet<>();
        rows().forEach(row -> named.add(FaultReader.read(row.fault()).name()));
        assertEquals(new TreeSet<>(FaultReader.names()), named);
    }

    @Test
    void saysWhatIsWrongWithAFaultItDoesNotUnderstand() {
        assertTrue(refusal("{\"do\":\"explode\"}").contains("cut-answer"));
        assertTrue(refusal("{\"do\":\"ignore\",\"on\":\"placeOrders\"}").contains("placeOrder"));
        assertTrue(refusal("{\"do\":\"delay\"}").contains("\"ms\" must be a whole number"));
        assertTrue(refusal("{\"do\":\"ignore\",\"ms\":5}").contains("knows nothing of \"ms\""));
        assertTrue(refusal("ignore").contains("a fault is JSON"));
    }

    private static String refusal(String fault) {
        return String.valueOf(assertThrows(IllegalArgumentException.class, () -> FaultReader.read(fault))
                .getMessage());
    }

    @Test
    void theExamplesCanBeRead() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("..", "deploy", "scenarios"))) {
            List<Path> scenarios = files.toList();
            assertTrue(scenarios.size() >= 3, scenarios.toString());
            for (Path scenario : scenarios) {
                assertTrue(!FaultReader.readScenario(scenario).isEmpty(), scenario.toString());
            }
        }
    }
}
