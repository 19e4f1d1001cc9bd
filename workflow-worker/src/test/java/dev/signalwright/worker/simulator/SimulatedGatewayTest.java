package dev.signalwright.worker.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signalwright.worker.artifacts.Origin;
import dev.signalwright.worker.broker.BrokerException;
import dev.signalwright.worker.broker.BrokerSession;
import dev.signalwright.worker.market.BarSeries;
import dev.signalwright.worker.market.SessionCalendar;
import dev.signalwright.worker.simulator.market.SyntheticPrices;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulatedGatewayTest {
    @TempDir
    private Path folder;

    @Test
    void answersCommandsWithOneLineEach() throws IOException {
        try (Desk desk = Desk.onHistory()) {
            assertEquals("clock 2012-09-20T09:00:00-04:00", desk.command("clock"));
            assertEquals("clock 2012-09-21T09:00:00-04:00", desk.command("next-session"));
            assertEquals("clock 2012-09-24T09:00:00-04:00", desk.command("next-session"));
            assertEquals("clock 2012-09-24T09:00:00-04:00", desk.command("clock"));
            assertTrue(desk.command("help").contains("next-session"));
            assertTrue(desk.command("fly").startsWith("error "));
        }
    }

    @Test
    void makesUpSeriesAtThePresentForSymbolsThatBeginWithSim() throws IOException {
        SimulatorOptions options = new SimulatorOptions(
                Optional.empty(),
                Optional.empty(),
                0,
                0,
                Optional.empty(),
                "SIM0000001",
                BigDecimal.TEN,
                1,
                BigDecimal.ONE,
                SimulatorOptions.DEFAULT_SERVER_VERSION);
        try (Desk desk = new Desk(options);
                BrokerSession session = desk.connect()) {
            assertEquals(Origin.SIMULATED, session.identity().origin());
            Instant now = session.currentTime();
            BarSeries bars = session.dailyBars(session.instrument("SIMA"), now, 8);
            assertTrue(bars.size() > 1900, "only " + bars.size());
            assertEquals(new SessionCalendar().lastComplete(now), bars.last().date());
            assertThrows(BrokerException.class, () -> session.instrument("AAPL"));
            assertTrue(desk.command("next-session").startsWith("error "));
        }
    }

    @Test
    void makesTheSameSeriesForTheSameSeed() {
        LocalDate last = LocalDate.of(2026, 3, 2);
        SessionCalendar calendar = new SessionCalendar();
        assertEquals(
                new SyntheticPrices(5, calendar).traded("SIMX", last),
                new SyntheticPrices(5, calendar).traded("SIMX", last));
        assertTrue(!new SyntheticPrices(6, calendar)
                .traded("SIMX", last)
                .equals(new SyntheticPrices(5, calendar).traded("SIMX", last)));
    }

    @Test
    void splitsWhatIsHeldWhenTheClockPassesASplit() throws IOException {
        Instant before = Instant.parse("2005-02-24T14:00:00Z");
        try (Desk desk = new Desk(SimulatorOptions.history(Desk.BARS, before, Optional.empty()));
                BrokerSession session = desk.connect()) {
            desk.buyAndPlace(session, 10, "100.00", "before-the-split");
            desk.command("next-session");
            BigDecimal cost =
                    session.account("SIM0000001").positions().getFirst().averageCost();
            desk.command("next-session");
            desk.command("next-session");
            var position = session.account("SIM0000001").positions().getFirst();
            assertEquals(0, BigDecimal.valueOf(20).compareTo(position.quantity()));
            assertEquals(0, cost.compareTo(position.averageCost().multiply(BigDecimal.TWO)));
        }
    }

    @Test
    void refusesAStateThatBelongsToAnotherAccount() throws IOException {
        Desk.keepingStateIn(folder).close();
        SimulatorOptions other = new SimulatorOptions(
                Optional.of(Desk.BARS),
                Optional.of(Desk.MORNING),
                0,
                0,
                Optional.of(folder),
                "SIM2",
                BigDecimal.TEN,
                1,
                BigDecimal.ONE,
                SimulatorOptions.DEFAULT_SERVER_VERSION);
        assertThrows(IOException.class, () -> new Desk(other));
    }

    @Test
    void saysThatABrokenStateFileMustBeDeleted() throws IOException {
        Files.writeString(folder.resolve("simulator-state.json"), "{\"account\":");
        IOException refusal = assertThrows(IOException.class, () -> Desk.keepingStateIn(folder));
        assertTrue(refusal.getMessage().contains("Delete it"), refusal.getMessage());
    }

    @Test
    void closesTheDoorOnStrangersAndGoesOnServing() throws IOException {
        try (Desk desk = Desk.onHistory()) {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), desk.gateway.port())) {
                socket.setSoTimeout((int) Duration.ofSeconds(20).toMillis());
                socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                assertEquals(-1, socket.getInputStream().read());
            }
            try (BrokerSession session = desk.connect()) {
                assertEquals(Desk.MORNING, session.currentTime());
            }
        }
    }
}
