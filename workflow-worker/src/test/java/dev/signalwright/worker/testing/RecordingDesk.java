package dev.signalwright.worker.testing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalwright.worker.artifacts.Artifact;
import dev.signalwright.worker.artifacts.ArtifactDesk;
import dev.signalwright.worker.artifacts.ArtifactType;
import dev.signalwright.worker.artifacts.Blob;
import dev.signalwright.worker.artifacts.Draft;
import dev.signalwright.worker.artifacts.InputUnavailableException;
import dev.signalwright.worker.artifacts.Origin;
import dev.signalwright.worker.market.MarketData;
import dev.signalwright.worker.platform.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A desk in memory: keeps what was published, in order, and answers reads from it. */
public final class RecordingDesk implements ArtifactDesk {
    private final Map<String, Artifact> artifacts = new LinkedHashMap<>();
    private final Map<String, byte[]> blobs = new LinkedHashMap<>();
    private final List<String> unavailable = new ArrayList<>();
    private int tryNumber = 1;

    /** What is published from now on was made by that try. */
    public RecordingDesk onTry(int number) {
        tryNumber = number;
        return this;
    }

    /** Reading artifacts of that name fails as if the disk had none and the service could not be asked. */
    public RecordingDesk unavailable(String name) {
        unavailable.add(name);
        return this;
    }

    /** Stores the preflight artifact that {@code RunMoment.read} needs. */
    public RecordingDesk withPreflight(Instant asOf, LocalDate sessionDate, Origin origin) {
        ObjectNode produced = Json.object();
        produced.putObject("data")
                .put("as_of", asOf.toString())
                .put("session_date", sessionDate.toString())
                .put("market", "open")
                .putArray("checks");
        publish(draft(ArtifactType.PREFLIGHT, "preflight", Optional.empty(), asOf, origin, List.of(), produced));
        return this;
    }

    /** Stores one symbol's {@code daily_bars}. */
    public Artifact withMarketData(MarketData data, Instant asOf, Origin origin) {
        ObjectNode produced = Json.object();
        produced.set("data", data.toJson());
        Optional<String> symbol = Optional.of(data.bars().symbol());
        return publish(draft(ArtifactType.MARKET_DATA, "daily_bars", symbol, asOf, origin, List.of(), produced));
    }

    /** Everything published, oldest first. */
    public List<Artifact> published() {
        return List.copyOf(artifacts.values());
    }

    public List<Artifact> published(ArtifactType type) {
        return artifacts.values().stream().filter(one -> one.type() == type).toList();
    }

    @Override
    public Artifact publish(Draft draft) {
        String id = UUID.nameUUIDFromBytes(("artifact " + artifacts.size()).getBytes(StandardCharsets.UTF_8))
                .toString();
        Origin origin = draft.parents().stream()
                .map(artifacts::get)
                .map(Artifact::origin)
                .reduce(draft.origin(), Origin::worst);
        ObjectNode json = Json.object()
                .put("id", id)
                .put("name", draft.name())
                .put("type", draft.type().wire())
                .put("try_number", tryNumber)
                .put("origin", origin.wire());
        draft.symbol().ifPresent(symbol -> json.put("symbol", symbol));
        draft.asOf().ifPresent(asOf -> json.put("as_of", asOf.toString()));
        draft.parents().forEach(json.putArray("parents")::add);
        json.setAll(draft.produced());
        json.set("metadata", draft.metadata());
        draft.blob().ifPresent(blob -> keep(id, blob, json));
        String hash = sha256(draft.produced().toString().getBytes(StandardCharsets.UTF_8));
        Artifact artifact = new Artifact(id, draft.type(), draft.name(), draft.symbol(), tryNumber, origin, hash, json);
        artifacts.put(id, artifact);
        return artifact;
    }

    /** Merges like RFC 7396 does one level deep, which is all that tests need. */
    @Override
    public void patch(String id, ObjectNode change) {
        artifacts.get(id).json().setAll(change);
    }

    @Override
    public Optional<Artifact> newest(ArtifactType type, String name, Optional<String> symbol) {
        if (unavailable.contains(name)) {
            throw new InputUnavailableException(
                    "The artifact " + name + " is not on disk and the artifact service could not be asked.",
                    new IllegalStateException("told to fail"));
        }
        return artifacts.values().stream()
                .filter(one -> one.type() == type
                        && one.name().equals(name)
                        && one.symbol().equals(symbol))
                .reduce((older, newer) -> newer);
    }

    @Override
    public byte[] blob(Artifact artifact) {
        return blobs.get(artifact.id()).clone();
    }

    private void keep(String id, Blob blob, ObjectNode json) {
        blobs.put(id, blob.bytes());
        json.putObject("blob")
                .put("sha256", sha256(blob.bytes()))
                .put("media_type", blob.mediaType())
                .put("size", blob.bytes().length);
    }

    private static Draft draft(
            ArtifactType type,
            String name,
            Optional<String> symbol,
            Instant asOf,
            Origin origin,
            List<String> parents,
            ObjectNode produced) {
        return new Draft(
                type, name, symbol, Optional.of(asOf), origin, parents, produced, Json.object(), Optional.empty());
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
