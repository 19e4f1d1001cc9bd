package dev.signalwright.worker.tws;

import dev.signalwright.worker.tws.wire.FrameReader;
import dev.signalwright.worker.tws.wire.FrameWriter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Says fixed messages: a list per message id of the request, written as transcripts ({@code |} for NUL). The version
 * frame is said first; requests without an entry are not answered.
 */
final class ScriptedGateway implements AutoCloseable {
    private final ServerSocket door;
    private final List<String> hello;
    private final Map<Integer, List<String>> script;
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private volatile boolean silent;

    ScriptedGateway(List<String> hello, Map<Integer, List<String>> script) throws IOException {
        this.hello = hello;
        this.script = script;
        this.door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::serve);
    }

    /** Goes on reading, answers nothing. */
    void fallSilent() {
        silent = true;
    }

    /** The requests so far, as transcripts. */
    List<String> heard() {
        return heard;
    }

    int port() {
        return door.getLocalPort();
    }

    private void serve() {
        try (Socket socket = door.accept()) {
            socket.getInputStream().readNBytes(4);
            FrameReader reader = new FrameReader(socket.getInputStream());
            FrameWriter writer = new FrameWriter(socket.getOutputStream());
            reader.next();
            say(writer, hello);
            for (Optional<byte[]> frame = reader.next(); frame.isPresent(); frame = reader.next()) {
                String request = new String(frame.get(), StandardCharsets.US_ASCII);
                int id = Integer.parseInt(request.substring(0, request.indexOf(0)));
                heard.add(request.replace('\0', '|'));
                if (silent) {
                    continue;
                }
                say(writer, script.getOrDefault(id, List.of()));
            }
        } catch (IOException e) {
            // The client left; the test looks at what the client saw.
            return;
        }
    }

    private static void say(FrameWriter writer, List<String> lines) throws IOException {
        for (String line : lines) {
            writer.write(line.replace('|', '\0').getBytes(StandardCharsets.US_ASCII));
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}
