package dev.signalwright.artifacts.seal;

import dev.signalwright.artifacts.artifact.ArtifactAudit;
import dev.signalwright.artifacts.artifact.ArtifactAudit.Looked;
import dev.signalwright.artifacts.artifact.PageCursor;
import dev.signalwright.artifacts.blob.Blobs;
import dev.signalwright.artifacts.seal.Verification.Head;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Checking the store against its seals: the face of this room. Reads only. */
@ApplicationScoped
public class Seals {
    private static final int ARTIFACTS_AT_ONCE = 20;
    private static final int SEALS_A_PAGE = 200;
    private static final int MOST_WAITING = 10_000;
    private static final String AT_ARTIFACTS = "a";

    private final SealRepository seals;
    private final ArtifactAudit artifacts;
    private final Blobs blobs;
    private final MeterRegistry meters;

    Seals(SealRepository seals, ArtifactAudit artifacts, Blobs blobs, MeterRegistry meters) {
        this.seals = seals;
        this.artifacts = artifacts;
        this.blobs = blobs;
        this.meters = meters;
    }

    /**
     * How a run stands, for its page: its chain is checked, its artifacts are not.
     *
     * @param changes sealed
     * @param newestAt when the newest seal was made; empty without any
     * @param waiting changes not sealed yet
     * @param chainHolds whether its seals and its changes agree
     */
    public record Standing(long changes, Optional<Instant> newestAt, long waiting, boolean chainHolds) {}

    public Standing standing(UUID execution) {
        return QuarkusTransaction.joiningExisting().call(() -> {
            Findings findings = new Findings();
            List<SealRepository.Row> rows = checkChain(execution, findings);
            Verification found = findings.report(0, Optional.empty(), Optional.empty());
            return new Standing(
                    found.changes(),
                    rows.isEmpty()
                            ? Optional.empty()
                            : Optional.of(rows.getLast().head().sealedAt()),
                    seals.waiting(execution, MOST_WAITING).size(),
                    found.isSound());
        });
    }

    /** Everything of one run: chain, changes, artifacts and their bytes. */
    public Verification verify(UUID execution) {
        Findings findings = new Findings();
        List<SealRepository.Row> rows = QuarkusTransaction.requiringNew().call(() -> checkChain(execution, findings));
        List<SealText.Change> waiting = QuarkusTransaction.requiringNew().call(() -> checkWaiting(execution, findings));
        Optional<PageCursor> from = Optional.empty();
        do {
            from = checkArtifacts(Optional.of(execution), from, findings);
        } while (from.isPresent());
        Optional<Head> head = rows.isEmpty() ? Optional.empty() : Optional.of(head(rows.getLast()));
        return counted(findings.report(waiting.size(), head, Optional.empty()));
    }

    /**
     * A page of the whole store: first its seals, then its artifacts.
     *
     * @param cursor from the page before; empty: from the beginning
     * @param limit of artifacts on a page
     */
    public Verification verifyPage(Optional<String> cursor, int limit) {
        Findings findings = new Findings();
        String at = cursor.orElse("0");
        Optional<String> next = at.startsWith(AT_ARTIFACTS)
                ? artifactsPage(at, limit, findings)
                : sealsPage(Long.parseLong(at), findings);
        long waiting = QuarkusTransaction.requiringNew().call(seals::waiting);
        Optional<Head> head =
                QuarkusTransaction.requiringNew().call(seals::newest).map(Seals::head);
        return counted(findings.report(waiting, head, next));
    }

    /** The store's hash at a seal, as far as there is one: who noted a head compares it with this. */
    public Optional<Head> headAt(long position) {
        return QuarkusTransaction.requiringNew().call(() -> seals.at(position)).map(Seals::head);
    }

    private Optional<String> sealsPage(long after, Findings findings) {
        return QuarkusTransaction.requiringNew().call(() -> {
            ChainCheck check = new ChainCheck(seals, findings);
            List<SealRepository.Row> rows = seals.after(after, SEALS_A_PAGE);
            rows.forEach(check::check);
            return Optional.of(
                    rows.size() == SEALS_A_PAGE ? Long.toString(rows.getLast().position()) : AT_ARTIFACTS);
        });
    }

    private Optional<String> artifactsPage(String cursor, int limit, Findings findings) {
        Optional<PageCursor> from = PageCursor.ofText(cursor.substring(AT_ARTIFACTS.length()));
        for (int done = 0; done < limit; done += ARTIFACTS_AT_ONCE) {
            from = checkArtifacts(Optional.empty(), from, findings);
            if (from.isEmpty()) {
                return Optional.empty();
            }
        }
        return from.map(place -> AT_ARTIFACTS + place.text());
    }

    private List<SealRepository.Row> checkChain(UUID chain, Findings findings) {
        ChainCheck check = new ChainCheck(seals, findings);
        List<SealRepository.Row> rows = seals.chain(chain);
        rows.forEach(check::check);
        return rows;
    }

    private List<SealText.Change> checkWaiting(UUID chain, Findings findings) {
        List<SealText.Change> waiting = seals.waiting(chain, MOST_WAITING);
        List<UUID> ids = waiting.stream()
                .flatMap(change -> Optional.ofNullable(change.artifactId()).stream())
                .distinct()
                .toList();
        seals.withoutRow(ids).forEach(id -> findings.add(ChainCheck.gone(chain, id, 0)));
        return waiting;
    }

    /** A few at a time and each few in a transaction of its own: memory and locks stay small however long it takes. */
    private Optional<PageCursor> checkArtifacts(Optional<UUID> chain, Optional<PageCursor> from, Findings findings) {
        return QuarkusTransaction.requiringNew().call(() -> {
            List<Looked> looked = artifacts.look(chain, from, ARTIFACTS_AT_ONCE);
            new ArtifactCheck(seals, blobs, findings).check(looked);
            return looked.size() < ARTIFACTS_AT_ONCE
                    ? Optional.empty()
                    : Optional.of(new PageCursor(
                            looked.getLast().createdAt(), looked.getLast().id()));
        });
    }

    private Verification counted(Verification verification) {
        meters.counter("signalwright.verify.artifacts").increment((double) verification.artifacts());
        meters.counter("signalwright.verify.broken")
                .increment((double) verification.broken().size());
        return verification;
    }

    private static Head head(SealRepository.Row row) {
        return new Head(row.position(), row.storeSha256());
    }
}
