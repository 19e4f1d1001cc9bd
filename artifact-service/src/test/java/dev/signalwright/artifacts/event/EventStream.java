package dev.signalwright.artifacts.event;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A listener as a program writes one: reads lines, keeps the id of its last event. */
final class EventStream implements AutoCloseable {
    /** @param name empty for a heartbeat */
    record Event(String id, String name, String data) {}

    final int status;
    final String body;
    final String retryAfter;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final InputStream bytes;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

    EventStream(URI address, String token, String lastEventId) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address).header("Authorization", "Bearer " + token);
        if (!lastEventId.isEmpty()) {
            request.header("Last-Event-ID", lastEventId);
        }
        HttpResponse<InputStream> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        status = answer.statusCode();
        retryAfter = answer.headers().firstValue("Retry-After").orElse("");
        bytes = answer.body();
        body = status == 200 ? "" : new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
        if (status == 200) {
            Thread.ofVirtual().start(this::read);
        }
    }

    private void read() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8))) {
            String id = "";
            String name = "";
            StringBuilder data = new StringBuilder();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isEmpty()) {
                    events.add(new Event(id, name, data.toString()));
                    name = "";
                    data.setLength(0);
                } else if (line.startsWith("id:")) {
                    id = line.substring(3).strip();
                } else if (line.startsWith("event:")) {
                    name = line.substring(6).strip();
                } else if (line.startsWith("data:")) {
                    data.append(line.substring(5).strip());
                }
            }
        } catch (IOException closed) {
            // The test closed it, or the service cut it.
        }
        events.add(new Event("", "end", ""));
    }

    /** The next one, heartbeats included. */
    Event next() throws InterruptedException {
        Event event = events.poll(20, TimeUnit.SECONDS);
        if (event == null) {
            throw new AssertionError("nothing came");
        }
        return event;
    }

    /** The next so many that are no heartbeats. */
    List<Event> next(int count) throws InterruptedException {
        List<Event> found = new ArrayList<>();
        while (found.size() < count) {
            Event event = next();
            if (event.name().equals("end")) {
                throw new AssertionError("cut after " + found);
            }
            if (!event.name().isEmpty()) {
                found.add(event);
            }
        }
        return found;
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
