package dev.signalwright.artifacts.artifact;

import dev.signalwright.artifacts.platform.FreshPlan;
import dev.signalwright.artifacts.problem.ProblemDetails;
import dev.signalwright.artifacts.problem.ProblemException;
import dev.signalwright.artifacts.problem.ProblemType;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * Writes several new artifacts in one transaction: one to four round trips and one commit, however many they are. Each is
 * judged alone; only a failure of the database itself ends all of them.
 */
@ApplicationScoped
class ArtifactWriter {
    private static final String FOREIGN_KEY = "23503";

    private final DataSource database;
    private final ArtifactInsert insert;
    private final Event<ArtifactsChanged> changes;
    private final RunRows runs;
    private final Clock clock;
    private final WriteRetry retry;

    ArtifactWriter(
            DataSource database, ArtifactInsert insert, Event<ArtifactsChanged> changes, RunRows runs, Clock clock) {
        this.database = database;
        this.insert = insert;
        this.changes = changes;
        this.runs = runs;
        this.clock = clock;
        this.retry = new WriteRetry(clock);
    }

    /** One artifact to store, and who asked. */
    record Wish(NewArtifact sent, String actor) {}

    /** What became of one. */
    sealed interface Outcome {
        /** It is stored, and durably so. */
        record Created(Artifact artifact) implements Outcome {}

        /** The same was stored before. */
        record Known(UUID id) implements Outcome {}

        /** It breaks a rule against what is stored. */
        record Refused(ProblemException why) implements Outcome {}
    }

    /** Somebody else stored the same key between the look and the write: the same call again finds it. */
    static final class LostRace extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** What must be known of a stored artifact to judge a new one. */
    private record Row(String contentSha256, Origin origin, boolean deleted) {}

    /**
     * Returns after the commit.
     *
     * @param wishes in the order in which they came: a child may follow its parent
     * @return what became of each, in the same order
     */
    List<Outcome> write(List<Wish> wishes) {
        // Nearly always they are new: only parents must be looked at first, and those do not change.
        boolean looking =
                wishes.stream().anyMatch(wish -> !wish.sent().parents().isEmpty());
        try {
            Judged judged = judge(wishes, looking ? look(wishes) : new HashMap<>(), now());
            return isOneStatement(judged.fresh()) ? writeAtOnce(wishes, judged) : write(wishes, looking);
        } catch (LostRace known) {
            // A blob or a run is not as it was known: they are judged against the store.
            return write(wishes, true);
        } catch (SQLException failure) {
            throw new IllegalStateException("The artifacts could not be stored.", failure);
        }
    }

    private boolean isOneStatement(List<Wish> fresh) {
        return ArtifactInsert.atOnce(fresh) && changes(fresh).stream().allMatch(runs::isRowOnly);
    }

    private static List<ArtifactChanged> changes(List<Wish> fresh) {
        return fresh.stream().flatMap(wish -> wish.sent().change().stream()).toList();
    }

    /** One round trip: the statement is its own transaction. */
    private List<Outcome> writeAtOnce(List<Wish> wishes, Judged judged) throws SQLException {
        if (judged.fresh().isEmpty()) {
            return judged.outcomes();
        }
        List<ArtifactChanged> told = changes(judged.fresh());
        Set<UUID> stored;
        try (Connection connection = database.getConnection()) {
            stored = insert.all(connection, inLockOrder(judged.fresh()), told, judged.now());
        } catch (SQLException failure) {
            if (FOREIGN_KEY.equals(failure.getSQLState())) {
                throw new LostRace();
            }
            throw failure;
        }
        runs.committed(told);
        if (stored.size() == judged.fresh().size()) {
            return judged.outcomes();
        }
        List<Wish> taken = wishes.stream()
                .filter(wish -> !stored.contains(wish.sent().id()))
                .toList();
        Iterator<Outcome> others = taken(taken).iterator();
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < wishes.size(); i++) {
            boolean isStored = stored.contains(wishes.get(i).sent().id());
            outcomes.add(isStored ? judged.outcomes().get(i) : others.next());
        }
        return outcomes;
    }

    /** Their keys are taken. Whatever becomes of them, those beside them are stored and stay so. */
    private List<Outcome> taken(List<Wish> wishes) {
        try {
            return retry.call(() -> write(wishes, true));
        } catch (RuntimeException failure) {
            Outcome refused = new Outcome.Refused(ProblemDetails.of(failure));
            return wishes.stream().map(wish -> refused).toList();
        }
    }

    /** PostgreSQL keeps microseconds; what is answered must be what is read later. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /** @param fresh those to be stored, each id once */
    private record Judged(Instant now, List<Outcome> outcomes, List<Wish> fresh) {}

    private List<Outcome> write(List<Wish> wishes, boolean looking) {
        return QuarkusTransaction.requiringNew().call(() -> {
            try (Connection connection = database.getConnection()) {
                return writeIn(connection, wishes, looking ? look(connection, wishes) : new HashMap<>());
            }
        });
    }

    private List<Outcome> writeIn(Connection connection, List<Wish> wishes, Map<UUID, Row> known) throws SQLException {
        Judged judged = judge(wishes, known, now());
        if (!judged.fresh().isEmpty()) {
            insert(connection, judged.fresh(), judged.now());
        }
        return judged.outcomes();
    }

    private static Judged judge(List<Wish> wishes, Map<UUID, Row> known, Instant now) {
        List<Outcome> outcomes = new ArrayList<>();
        List<Wish> fresh = new ArrayList<>();
        for (Wish wish : wishes) {
            Outcome outcome = judge(wish.sent(), known, now);
            if (outcome instanceof Outcome.Created) {
                fresh.add(wish);
                known.put(
                        wish.sent().id(),
                        new Row(wish.sent().contentSha256(), wish.sent().origin(), false));
            }
            outcomes.add(outcome);
        }
        return new Judged(now, outcomes, fresh);
    }

    private Map<UUID, Row> look(List<Wish> wishes) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return look(connection, wishes);
        }
    }

    private static Map<UUID, Row> look(Connection connection, List<Wish> wishes) throws SQLException {
        UUID[] ids = wishes.stream()
                .map(Wish::sent)
                .flatMap(sent -> Stream.concat(sent.key().map(key -> sent.id()).stream(), sent.parents().stream()))
                .distinct()
                .toArray(UUID[]::new);
        Map<UUID, Row> known = new HashMap<>();
        if (ids.length == 0) {
            return known;
        }
        try (PreparedStatement select = connection.prepareStatement(
                "select id, content_sha256, origin, deleted_at is not null from artifact where id = any(?)")) {
            FreshPlan.ask(select);
            select.setArray(1, connection.createArrayOf("uuid", ids));
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    known.put(
                            rows.getObject(1, UUID.class),
                            new Row(
                                    rows.getString(2),
                                    Origin.ofWire(rows.getString(3)).orElseThrow(),
                                    rows.getBoolean(4)));
                }
            }
        }
        return known;
    }

    private static Outcome judge(NewArtifact sent, Map<UUID, Row> known, Instant now) {
        Row there = sent.key().isPresent() ? known.get(sent.id()) : null;
        if (there == null) {
            return parentProblem(sent, known)
                    .<Outcome>map(Outcome.Refused::new)
                    .orElseGet(() -> new Outcome.Created(sent.storedAt(now)));
        }
        if (there.deleted()) {
            return new Outcome.Refused(ArtifactStore.deleted(sent.id()));
        }
        return there.contentSha256().equals(sent.contentSha256())
                ? new Outcome.Known(sent.id())
                : new Outcome.Refused(conflict(sent, there));
    }

    private static ProblemException conflict(NewArtifact sent, Row there) {
        return new ProblemException(
                ProblemType.KEY_CONFLICT,
                "Other content is stored under this key and stays as it is. A new try needs a new try_number.",
                Map.of(
                        "artifact_id", sent.id().toString(),
                        "stored_sha256", there.contentSha256(),
                        "sent_sha256", sent.contentSha256()));
    }

    private static Optional<ProblemException> parentProblem(NewArtifact sent, Map<UUID, Row> known) {
        List<String> missing = sent.parents().stream()
                .filter(parent -> !known.containsKey(parent))
                .map(UUID::toString)
                .toList();
        Optional<ProblemException> tooGood = sent.parents().stream()
                .filter(known::containsKey)
                .filter(parent -> sent.origin().isBetterThan(originOf(parent, known)))
                .findFirst()
                .map(parent -> tooGood(sent.origin(), parent, originOf(parent, known)));
        if (tooGood.isPresent() || missing.isEmpty()) {
            return tooGood;
        }
        return Optional.of(new ProblemException(
                ProblemType.PARENT_NOT_STORED,
                "Send the parents first, then this artifact again as it is.",
                Map.of("missing", missing)));
    }

    private static Origin originOf(UUID id, Map<UUID, Row> known) {
        return known.getOrDefault(id, new Row("", Origin.UNKNOWN, true)).origin();
    }

    private static ProblemException tooGood(Origin claimed, UUID parent, Origin worse) {
        return new ProblemException(
                ProblemType.ORIGIN_TOO_GOOD,
                "The artifact claims the origin %s, but its parent %s is %s."
                        .formatted(claimed.wire(), parent, worse.wire()),
                Map.of("origin", claimed.wire(), "parent", parent.toString(), "parent_origin", worse.wire()));
    }

    private void insert(Connection connection, List<Wish> fresh, Instant now) throws SQLException {
        // Their runs are the business of who hears of them.
        if (insert.all(connection, inLockOrder(fresh), List.of(), now).size() < fresh.size()) {
            throw new LostRace();
        }
        List<ArtifactChanged> told = changes(fresh);
        if (!told.isEmpty()) {
            changes.fire(new ArtifactsChanged(fresh.getFirst().actor(), told));
        }
    }

    /**
     * By id, so that two transactions with the same keys never wait for each other in a circle; but no child before a
     * parent that comes with it.
     */
    private static List<Wish> inLockOrder(List<Wish> fresh) {
        boolean related = fresh.stream()
                .anyMatch(child -> fresh.stream()
                        .anyMatch(other ->
                                child.sent().parents().contains(other.sent().id())));
        return related
                ? fresh
                : fresh.stream()
                        .sorted(Comparator.comparing(wish -> wish.sent().id()))
                        .toList();
    }
}
