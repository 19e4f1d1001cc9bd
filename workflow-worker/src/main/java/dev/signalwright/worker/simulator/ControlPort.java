package dev.signalwright.worker.simulator;

import dev.signalwright.worker.market.SessionCalendar;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Commands on loopback, one line each, one answer line each: {@code clock}, {@code next-session}, {@code help}. */
final class ControlPort implements AutoCloseable {
    private static final int IDLE_MILLIS = 60_000;
    private static final int BACKLOG = 8;
    private static final int LONGEST_LINE = 200;

    private final ServerSocket door;
    private final SimulatedGateway gateway;
    private final boolean clockStandsStill;

    ControlPort(int port, SimulatedGateway gateway, boolean clockStandsStill) throws IOException {
        this.door = new ServerSocket(port, BACKLOG, InetAddress.getLoopbackAddress());
        this.gateway = gateway;
        this.clockStandsStill = clockStandsStill;
    }

    int port() {
        return door.getLocalPort();
    }

    void start() {
        Thread.ofVirtual().name("simulator-control").start(this::acceptAll);
    }

    private void acceptAll() {
        while (!door.isClosed()) {
            try {
                Socket socket = door.accept();
                Thread.ofVirtual().name("simulator-command").start(() -> serve(socket));
            } catch (IOException e) {
                if (!door.isClosed()) {
                    gateway.log().line("control", "could not accept a command: " + e.getMessage());
                }
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setSoTimeout(IDLE_MILLIS);
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            PrintWriter out = new PrintWriter(socket.getOutputStream(), true, StandardCharsets.US_ASCII);
            for (String line = read(in); line != null; line = read(in)) {
                gateway.log().line("control", line);
                out.println(answer(line.strip()));
            }
        } catch (IOException e) {
            gateway.log().line("control", "lost: " + e.getMessage());
        }
    }

    /** The next line, or null at the end; a line that grows beyond any command ends the connection. */
    private static @Nullable String read(BufferedReader in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0; c = in.read()) {
            if (c == '\n') {
                return line.toString();
            }
            if (line.length() == LONGEST_LINE) {
                throw new IOException("a command is longer than " + LONGEST_LINE + " characters");
            }
            line.append((char) c);
        }
        return line.isEmpty() ? null : line.toString();
    }

    private String answer(String command) {
        return switch (command) {
            case "clock" -> clock();
            case "next-session" -> nextSession();
            case "help" ->
                "clock: where the simulator stands; next-session: moves it to 09:00 of the next session; help: this";
            default -> "error unknown command; try help";
        };
    }

    private String clock() {
        return "clock "
                + DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                        gateway.book().now().atZone(SessionCalendar.ZONE));
    }

    private String nextSession() {
        if (!clockStandsStill) {
            return "error the clock of made-up series is the machine's and cannot be moved";
        }
        gateway.tell(gateway.book().nextSession());
        return clock();
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}
