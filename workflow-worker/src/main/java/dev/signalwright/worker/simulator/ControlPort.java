package dev.signalwright.worker.simulator;

import dev.signalwright.worker.market.SessionCalendar;
import dev.signalwright.worker.simulator.fault.Fault;
import dev.signalwright.worker.simulator.fault.FaultReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.format.DateTimeFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Commands on loopback, one line each, one answer line each; {@code help} lists them. */
final class ControlPort implements AutoCloseable {
    private static final int IDLE_MILLIS = 60_000;
    private static final int BACKLOG = 8;
    private static final Pattern CODE_AND_TEXT = Pattern.compile("(\\d{1,5}) (\\p{Print}+)");
    private static final Pattern MILLIS = Pattern.compile("\\d{1,7}");
    private static final String HELP = "clock: where the simulator stands; next-session: moves it to 09:00 of the next"
            + " session; fault JSON: switches a fault on; faults: which are on; clear-faults; say CODE TEXT: a notice to"
            + " every client; drop: cuts every connection; restart MILLISECONDS: cuts them and stays away; help: this";
    private static final int LONGEST_LINE = 2_000;

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

    private String answer(String command) throws IOException {
        String[] words = command.split(" ", 2);
        String rest = words.length > 1 ? words[1].strip() : "";
        return switch (words[0]) {
            case "clock" -> clock();
            case "next-session" -> nextSession();
            case "fault" -> fault(rest);
            case "faults" -> faults();
            case "clear-faults" -> {
                gateway.faults().clear();
                yield faults();
            }
            case "say" -> say(rest);
            case "drop" -> {
                gateway.drop();
                yield "ok every connection is cut";
            }
            case "restart" -> restart(rest);
            case "help" -> HELP;
            default -> "error unknown command; try help";
        };
    }

    private String fault(String json) {
        try {
            gateway.faults().add(FaultReader.read(json));
            return faults();
        } catch (IllegalArgumentException e) {
            return "error " + e.getMessage();
        }
    }

    private String faults() {
        return "faults "
                + gateway.faults().all().stream().map(Fault::toString).collect(Collectors.joining("; ", "[", "]"));
    }

    private String say(String codeAndText) {
        Matcher found = CODE_AND_TEXT.matcher(codeAndText);
        if (!found.matches()) {
            return "error say needs a code and a text, like: say 1100 Connectivity between IB and TWS has been lost.";
        }
        gateway.announce(Integer.parseInt(found.group(1)), found.group(2));
        return "ok said";
    }

    private String restart(String millis) throws IOException {
        if (!MILLIS.matcher(millis).matches()) {
            return "error restart needs the milliseconds to stay away, like: restart 5000";
        }
        gateway.restart(Duration.ofMillis(Integer.parseInt(millis)));
        return "ok away for " + millis + " ms";
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
