package dev.signalwright.worker.task;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalwright.worker.artifacts.Artifact;
import dev.signalwright.worker.platform.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * The file that becomes the task's XCom: {@code task_result.data} plus {@code artifacts:[{id,type,symbol,url}]}, at most
 * {@link #MOST_BYTES}. Whoever reads it sees all of it or nothing: it is written under another name and renamed.
 */
public final class ResultFile {
    /** Airflow keeps XComs in its database; bigger ones do not belong there. */
    public static final int MOST_BYTES = 32 * 1024;

    private static final int SHORT_REASON_CHARS = 120;

    private final Path file;
    private final URI service;

    /** @param service the artifact service's address, for the links */
    public ResultFile(Path file, URI service) {
        this.file = file;
        this.service = service;
    }

    /** Writes the result, leaving out the last artifacts, and then words of the reasons, when there is too much. */
    public void write(ObjectNode data, List<Artifact> artifacts) throws IOException {
        ObjectNode result = data.deepCopy();
        ArrayNode list = result.putArray("artifacts");
        for (Artifact artifact : artifacts) {
            ObjectNode entry = list.addObject()
                    .put("id", artifact.id())
                    .put("type", artifact.type().wire());
            artifact.symbol().ifPresent(symbol -> entry.put("symbol", symbol));
            entry.put("url", link(artifact));
        }
        Path unfinished = file.resolveSibling(file.getFileName() + ".tmp");
        Files.write(unfinished, fitting(result, list));
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private String link(Artifact artifact) {
        String base = service.toString();
        return (base.endsWith("/") ? base : base + "/") + "artifacts/" + artifact.id();
    }

    private static byte[] fitting(ObjectNode result, ArrayNode list) {
        int all = list.size();
        byte[] bytes = bytes(result);
        while (bytes.length > MOST_BYTES && !list.isEmpty()) {
            list.remove(list.size() - 1);
            result.put("artifacts_left_out", all - list.size());
            bytes = bytes(result);
        }
        if (bytes.length > MOST_BYTES) {
            for (JsonNode symbol : result.path("symbols")) {
                shortenReason((ObjectNode) symbol);
            }
            shortenReason(result);
            bytes = bytes(result);
        }
        return bytes;
    }

    private static void shortenReason(ObjectNode holder) {
        String reason = holder.path("reason").asText();
        if (reason.length() > SHORT_REASON_CHARS) {
            holder.put("reason", reason.substring(0, SHORT_REASON_CHARS) + "...");
        }
    }

    private static byte[] bytes(ObjectNode json) {
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** {@code task_result.data} of the contract. */
    static ObjectNode data(TaskReport report, double seconds) {
        ObjectNode data = Json.object()
                .put("outcome", report.outcome().wire())
                .put("reason", report.reason())
                .put("degraded", report.degradedReason().isPresent());
        report.degradedReason().ifPresent(why -> data.put("degraded_reason", why));
        data.put("seconds", seconds);
        ObjectNode symbols = data.putObject("symbols");
        report.symbols()
                .forEach((symbol, outcome) -> symbols.putObject(symbol)
                        .put("outcome", outcome.outcome().wire())
                        .put("reason", outcome.reason()));
        return data;
    }
}
