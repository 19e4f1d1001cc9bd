package dev.signalwright.artifacts.artifact;

import dev.signalwright.artifacts.artifact.ArtifactJudge.StoredRow;
import dev.signalwright.artifacts.platform.FreshPlan;
import dev.signalwright.artifacts.problem.ProblemDetails;
import dev.signalwright.artifacts.problem.ProblemException;
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
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * Writes several new artifacts in one transaction: one to four round trips and one commit, however many they are. Each is
 * judged alone ({@link ArtifactJudge}); only a failure of the database itself ends all of them.
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
            ArtifactJudge.Judged judged = ArtifactJudge.judge(wishes, looking ? look(wishes) : new HashMap<>(), now());
            return isOneStatement(judged.fresh()) ? writeAtOnce(wishes, judged) : write(wishes, looking);
        } catch (LostRace known) {
            // A blob or a run is not as it was known: they are judged against the store.
            return write(wishes, true);
        } catch (SQLException failure) {
            throw new IllegalStateException("The artifacts could not be stored.", failure);
        }
    }

    /** A child whose parent comes with it may not be stored when the parent's key turns out to be taken by another. */
    private boolean isOneStatement(List<Wish> fresh) {
        return ArtifactInsert.atOnce(fresh)
                && !areRelated(fresh)
                && changes(fresh).stream().allMatch(runs::isRowOnly);
    }

    private static List<ArtifactChanged> changes(List<Wish> fresh) {
        return fresh.stream().flatMap(wish -> wish.sent().change().stream()).toList();
    }

    /** One round trip: the statement is its own transaction. */
    private List<Outcome> writeAtOnce(List<Wish> wishes, ArtifactJudge.Judged judged) throws SQLException {
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

    private List<Outcome> write(List<Wish> wishes, boolean looking) {
        return QuarkusTransaction.requiringNew().call(() -> {
            try (Connection connection = database.getConnection()) {
                return writeIn(connection, wishes, looking ? look(connection, wishes) : new HashMap<>());
            }
        });
    }

    private List<Outcome> writeIn(Connection connection, List<Wish> wishes, Map<UUID, StoredRow> known)
            throws SQLException {
        ArtifactJudge.Judged judged = ArtifactJudge.judge(wishes, known, now());
        if (!judged.fresh().isEmpty()) {
            insert(connection, judged.fresh(), judged.now());
        }
        return judged.outcomes();
    }

    private Map<UUID, StoredRow> look(List<Wish> wishes) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return look(connection, wishes);
        }
    }

    private static Map<UUID, StoredRow> look(Connection connection, List<Wish> wishes) throws SQLException {
        UUID[] ids = wishes.stream()
                .map(Wish::sent)
                .flatMap(sent -> Stream.concat(sent.key().map(key -> sent.id()).stream(), sent.parents().stream()))
                .distinct()
                .toArray(UUID[]::new);
        Map<UUID, StoredRow> known = new HashMap<>();
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
                            new StoredRow(
                                    rows.getString(2),
                                    Origin.ofWire(rows.getString(3)).orElseThrow(),
                                    rows.getBoolean(4)));
                }
            }
        }
        return known;
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
        return areRelated(fresh)
                ? fresh
                : fresh.stream()
                        .sorted(Comparator.comparing(wish -> wish.sent().id()))
                        .toList();
    }

    /** Whether one of them is made from another. */
    private static boolean areRelated(List<Wish> fresh) {
        Set<UUID> ids = fresh.stream().map(wish -> wish.sent().id()).collect(Collectors.toSet());
        return fresh.stream().flatMap(wish -> wish.sent().parents().stream()).anyMatch(ids::contains);
    }
}
