package dev.signalwright.artifacts.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signalwright.artifacts.access.TokenHome;
import dev.signalwright.artifacts.testing.TestDatabase;
import io.quarkus.bootstrap.logging.InitialConfigurator;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Arrays;
import java.util.List;
import java.util.logging.Handler;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.handlers.ConsoleHandler;
import org.junit.jupiter.api.Test;

/** What the console of the running service makes of what strangers send. */
@QuarkusTest
@WithTestResource(TokenHome.class)
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
class OneLineTest {
    private static final String FORGED =
            "x\r\n2026-11-26T00:00:00.000Z ERROR all is lost\u2028y\u0085z\u001b[2J\u202eabc\u0000";

    /** The same steps that the log manager takes: filter, then formatter. */
    private static List<String> lines(ExtLogRecord said) {
        Handler console = Arrays.stream(InitialConfigurator.DELAYED_HANDLER.getHandlers())
                .filter(ConsoleHandler.class::isInstance)
                .findFirst()
                .orElseThrow();
        assertTrue(console.getFilter().isLoggable(said));
        return console.getFormatter().format(said).strip().lines().toList();
    }

    private static ExtLogRecord said(String format, Object... values) {
        ExtLogRecord said =
                new ExtLogRecord(Level.WARN, format, ExtLogRecord.FormatStyle.PRINTF, OneLineTest.class.getName());
        said.setLoggerName("test");
        said.setParameters(values);
        return said;
    }

    @Test
    void aNameCannotBeginALineOfItsOwnNorMoveTheTerminal() {
        List<String> lines = lines(said("Token %s was revoked, 100%% gone", FORGED));
        assertEquals(1, lines.size(), lines.toString());
        assertTrue(lines.getFirst().contains("Token x\\r\\n2026-11-26"), lines.toString());
        assertTrue(lines.getFirst().endsWith("100% gone"), lines.toString());
        assertTrue(lines.getFirst().codePoints().noneMatch(Character::isISOControl), lines.toString());
        assertFalse(lines.getFirst().contains("\u202e"), lines.toString());
    }

    @Test
    void theMessagesOfExceptionsCannotEither() {
        Exception thrown = new IllegalStateException(FORGED, new IllegalArgumentException(FORGED));
        thrown.addSuppressed(new UnsupportedOperationException(FORGED));
        ExtLogRecord said = said("Bug %s", 1);
        said.setThrown(thrown);
        List<String> lines = lines(said);
        assertTrue(lines.size() > 5, "the places are still told: " + lines);
        assertTrue(lines.stream().noneMatch(line -> line.startsWith("2026-11-26T00:00:00.000Z")), lines.toString());
        for (String kind : List.of(
                "java.lang.IllegalStateException: x\\r\\n",
                "Caused by: java.lang.IllegalArgumentException: x\\r\\n",
                "Suppressed: java.lang.UnsupportedOperationException: x\\r\\n")) {
            assertTrue(lines.stream().anyMatch(line -> line.contains(kind)), kind + " in " + lines);
        }
    }
}
