package dev.signalwright.worker.task;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalwright.worker.artifacts.Artifact;
import dev.signalwright.worker.artifacts.ArtifactDesk;
import dev.signalwright.worker.artifacts.ArtifactType;
import dev.signalwright.worker.artifacts.Origin;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * The moment the run decides for. The first preflight that stores it fixes it; every later task and try reads it here
 * and never computes it again (contract section 3).
 *
 * @param preflightId id of the preflight artifact, a parent of what is made from the broker
 * @param asOf nothing later than this reaches an input
 * @param sessionDate the first session whose close is after {@code asOf}
 * @param origin the gateway's kind of data: live, delayed, replayed or simulated
 */
public record RunMoment(String preflightId, Instant asOf, LocalDate sessionDate, Origin origin) {
    /** Name of the one preflight artifact of a run. */
    public static final String ARTIFACT_NAME = "preflight";

    /** The run's moment, or empty when preflight has fixed none (it never got an answer from the gateway). */
    public static Optional<RunMoment> read(ArtifactDesk desk) {
        return of(desk.newest(ArtifactType.PREFLIGHT, ARTIFACT_NAME, Optional.empty()));
    }

    static Optional<RunMoment> of(Optional<Artifact> preflight) {
        return preflight
                .filter(artifact -> artifact.json().path("data").hasNonNull("as_of"))
                .map(RunMoment::of);
    }

    /**
     * Why nothing ran, for the tasks that run whatever happened before: the finding of the first required check of
     * preflight that failed. Empty when preflight let the run go on.
     */
    public static Optional<String> whyNothingRan(ArtifactDesk desk) {
        Optional<Artifact> preflight = desk.newest(ArtifactType.PREFLIGHT, ARTIFACT_NAME, Optional.empty());
        if (preflight.isEmpty()) {
            return Optional.of("Preflight did not finish, so nothing ran.");
        }
        for (JsonNode check : preflight.get().json().path("data").path("checks")) {
            if (check.path("required").asBoolean() && !check.path("ok").asBoolean()) {
                return Optional.of(check.path("finding").asText());
            }
        }
        return Optional.empty();
    }

    private static RunMoment of(Artifact preflight) {
        JsonNode data = preflight.json().path("data");
        return new RunMoment(
                preflight.id(),
                Instant.parse(data.path("as_of").asText()),
                LocalDate.parse(data.path("session_date").asText()),
                preflight.origin());
    }
}
