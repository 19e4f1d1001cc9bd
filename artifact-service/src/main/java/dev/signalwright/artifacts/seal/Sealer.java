package dev.signalwright.artifacts.seal;

import dev.signalwright.artifacts.artifact.ArtifactAudit;
import dev.signalwright.artifacts.platform.Turn;
import dev.signalwright.artifacts.seal.SealRepository.Place;
import dev.signalwright.artifacts.seal.SealText.Change;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Seals what was committed. Writers do not wait for it: it reads what they left. One replica at a time does it; a change
 * can be sealed once only, whoever tries.
 */
@Singleton
class Sealer {
    private static final Logger LOG = Logger.getLogger(Sealer.class);
    private static final int BATCH = 1_000;
    private static final int MOST_BATCHES = 100;
    private static final Duration HEAD_LOGGED_EVERY = Duration.ofHours(1);

    private final SealRepository seals;
    private final ArtifactAudit artifacts;
    private final Turn turn;
    private final Clock clock;
    private final MeterRegistry meters;

    /** Everything before it is sealed; empty when that must be looked up. */
    private Optional<Place> place = Optional.empty();

    private Instant headLogged = Instant.EPOCH;

    Sealer(SealRepository seals, ArtifactAudit artifacts, Turn turn, Clock clock, MeterRegistry meters) {
        this.seals = seals;
        this.artifacts = artifacts;
        this.turn = turn;
        this.clock = clock;
        this.meters = meters;
    }

    @Scheduled(
            identity = "seals",
            every = "{artifact.seal.every}",
            delayed = "3s",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void scheduled() {
        try {
            seal();
        } catch (RuntimeException failure) {
            // The next turn starts where this one did: nothing is lost, and a database that is away is told of
            // elsewhere.
            LOG.warnf("Changes are not sealed now: %s", failure);
            meters.counter("signalwright.seal.failed").increment();
        }
    }

    /** Seals everything that is committed; returns how many changes it sealed. */
    synchronized int seal() {
        int sealed = 0;
        for (int batch = 0; batch < MOST_BATCHES; batch++) {
            Step step = QuarkusTransaction.requiringNew().call(this::sealBatch);
            // Not before the commit: what a commit that failed would have sealed is looked at again.
            place = step.next();
            sealed += step.changes();
            if (step.changes() < BATCH) {
                break;
            }
        }
        if (sealed > 0) {
            meters.counter("signalwright.seal.changes").increment(sealed);
        }
        return sealed;
    }

    /** How many changes a batch took, and where the next one begins. */
    private record Step(int changes, Optional<Place> next) {}

    private Step sealBatch() {
        if (!turn.take("seals")) {
            return new Step(0, Optional.empty());
        }
        Place from = place.orElseGet(() -> Place.before(seals.floor()));
        Place horizon = Place.before(seals.horizon());
        List<Change> changes = seals.unsealed(from, horizon, BATCH);
        if (changes.isEmpty()) {
            return new Step(0, Optional.of(horizon));
        }
        Map<UUID, ArtifactAudit.Side> sides = artifacts.sides(changes.stream()
                .flatMap(change -> Optional.ofNullable(change.artifactId()).stream())
                .distinct()
                .toList());
        Map<UUID, List<Change>> chains = new LinkedHashMap<>();
        changes.forEach(change -> chains.computeIfAbsent(change.chain(), chain -> new ArrayList<>())
                .add(change));
        append(chains, sides, from.txid());
        return new Step(changes.size(), Optional.of(changes.size() < BATCH ? horizon : Place.of(changes.getLast())));
    }

    private void append(Map<UUID, List<Change>> chains, Map<UUID, ArtifactAudit.Side> sides, String floor) {
        Map<UUID, SealRepository.Row> newest = seals.newestSeals(chains.keySet());
        Optional<SealRepository.Row> last = seals.newest();
        // The finest time that PostgreSQL keeps: the text must be computable from the row.
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        List<SealRepository.Row> rows = new ArrayList<>();
        List<SealRepository.Entry> entries = new ArrayList<>();
        for (Map.Entry<UUID, List<Change>> part : chains.entrySet()) {
            List<String> lines = part.getValue().stream()
                    .map(change -> SealText.line(
                            change, Optional.ofNullable(change.artifactId()).map(sides::get)))
                    .toList();
            Optional<SealRepository.Row> before = Optional.ofNullable(newest.get(part.getKey()));
            SealText.Head head = new SealText.Head(
                    part.getKey(),
                    before.map(row -> row.head().number() + 1).orElse(1),
                    lines.size(),
                    before.map(SealRepository.Row::sha256).orElse(SealText.NOTHING_BEFORE),
                    now);
            String sha256 = SealText.sha256(head, lines);
            String store = SealText.storeSha256(
                    last.map(SealRepository.Row::storeSha256).orElse(SealText.NOTHING_BEFORE), sha256);
            SealRepository.Row row = new SealRepository.Row(
                    last.map(previous -> previous.position() + 1).orElse(1L), head, sha256, store);
            rows.add(row);
            for (int i = 0; i < lines.size(); i++) {
                entries.add(new SealRepository.Entry(
                        row.position(), i + 1, part.getValue().get(i), lines.get(i)));
            }
            last = Optional.of(row);
        }
        seals.insert(rows, entries, floor);
        last.ifPresent(row -> logHead(row.position(), row.storeSha256()));
    }

    /** The log is kept elsewhere than the database: a head in it shows later that a chain was cut or written anew. */
    private void logHead(long position, String store) {
        if (headLogged.plus(HEAD_LOGGED_EVERY).isBefore(clock.instant())) {
            headLogged = clock.instant();
            LOG.infof("Seals reach to %d:%s", position, store);
        }
    }
}
