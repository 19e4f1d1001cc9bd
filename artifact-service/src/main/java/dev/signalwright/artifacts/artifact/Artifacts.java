package dev.signalwright.artifacts.artifact;

import dev.signalwright.artifacts.blob.Blobs;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reading artifacts: the face of this room for pages and for other rooms. */
@ApplicationScoped
public class Artifacts {
    /** A page stops here even when it holds fewer artifacts than asked for: memory stays bounded. */
    static final int PAGE_BYTES = 8 << 20;

    private static final int DEEPEST_LINE = 16;
    private static final int MOST_CHILDREN = 500;
    private static final int MOST_TASK_RESULTS = 5_000;

    private final ArtifactRepository artifacts;
    private final ArtifactListing listing;
    private final Blobs blobs;

    Artifacts(ArtifactRepository artifacts, ArtifactListing listing, Blobs blobs) {
        this.artifacts = artifacts;
        this.listing = listing;
        this.blobs = blobs;
    }

    /** What stands at an id. */
    public sealed interface Found {
        /** The artifact. */
        record Stored(Artifact artifact) implements Found {}

        /** It was here once. */
        record Deleted(UUID id) implements Found {}

        /** It never was here. */
        record Missing(UUID id) implements Found {}
    }

    /**
     * The bytes of a blob.
     *
     * @param bytes not copied
     */
    @SuppressWarnings("ArrayRecordComponent") // identity is not used; copying megabytes would be waste
    public record Content(Artifact.BlobInfo info, byte[] bytes) {}

    @Transactional
    public Found look(UUID id) {
        return artifacts
                .findByIdOptional(id)
                .<Found>map(row -> row.isDeleted() ? new Found.Deleted(id) : new Found.Stored(row.toArtifact()))
                .orElseGet(() -> new Found.Missing(id));
    }

    /** Empty when it never was here or was deleted. */
    public Optional<Artifact> find(UUID id) {
        return look(id) instanceof Found.Stored(Artifact artifact) ? Optional.of(artifact) : Optional.empty();
    }

    @Transactional
    public ArtifactPage page(ArtifactQuery query) {
        List<ArtifactListing.Row> rows = listing.rows(query);
        List<ArtifactListing.Row> taken = taken(query, rows, true);
        return new ArtifactPage(
                load(taken.stream().map(ArtifactListing.Row::id).toList(), true), next(query, rows, taken));
    }

    /** A page as an answer shows it. */
    @Transactional
    Listed listed(ArtifactQuery query, ArtifactFields fields) {
        List<ArtifactListing.Row> rows = listing.rows(query);
        List<ArtifactListing.Row> taken = taken(query, rows, fields.needContent());
        List<UUID> ids = taken.stream().map(ArtifactListing.Row::id).toList();
        List<ListedArtifact> loaded = fields.names().isEmpty()
                ? ArtifactColumns.listed(artifacts.getEntityManager(), ids)
                : ArtifactColumns.load(artifacts.getEntityManager(), ids, fields.needContent()).stream()
                        .map(artifact -> ListedArtifact.of(artifact, fields))
                        .toList();
        Map<UUID, ListedArtifact> byId =
                loaded.stream().collect(Collectors.toMap(ListedArtifact::id, Function.identity()));
        return new Listed(ids.stream().filter(byId::containsKey).map(byId::get).toList(), next(query, rows, taken));
    }

    /** @param next where the next page begins; empty at the end */
    record Listed(List<ListedArtifact> artifacts, Optional<PageCursor> next) {}

    private static List<ArtifactListing.Row> taken(
            ArtifactQuery query, List<ArtifactListing.Row> rows, boolean withContent) {
        List<ArtifactListing.Row> taken = new ArrayList<>();
        long bytes = 0;
        for (ArtifactListing.Row row : rows) {
            bytes += withContent ? row.bytes() : 0;
            if (taken.size() == query.limit() || (bytes > PAGE_BYTES && !taken.isEmpty())) {
                break;
            }
            taken.add(row);
        }
        return taken;
    }

    private static Optional<PageCursor> next(
            ArtifactQuery query, List<ArtifactListing.Row> rows, List<ArtifactListing.Row> taken) {
        return taken.size() < rows.size()
                ? Optional.of(ArtifactListing.after(query, taken.getLast()))
                : Optional.empty();
    }

    /** Everything of one run, oldest first, at most {@link ArtifactQuery#MOST}. */
    @Transactional
    public List<Artifact> ofExecution(UUID executionUuid) {
        return page(new ArtifactQuery(
                        Map.of(ArtifactFilter.EXECUTION_UUID, executionUuid),
                        false,
                        Optional.empty(),
                        ArtifactQuery.MOST))
                .artifacts();
    }

    /** A page of outlines: as {@link #page}, without the weight. */
    @Transactional
    public OutlinePage outlinePage(ArtifactQuery query) {
        List<ArtifactListing.Row> rows = listing.rows(query);
        List<ArtifactListing.Row> taken = rows.subList(0, Math.min(rows.size(), query.limit()));
        return new OutlinePage(
                outlines(taken.stream().map(ArtifactListing.Row::id).toList()), next(query, rows, taken));
    }

    /** What these runs hold of these types, oldest first, at most the limit. */
    @Transactional
    public List<ArtifactOutline> outlinesOf(Collection<UUID> executions, Set<ArtifactType> types, int limit) {
        return executions.isEmpty()
                ? List.of()
                : outlines(artifacts.idsOfExecutions(
                        executions, types.stream().map(ArtifactType::wire).toList(), limit));
    }

    private List<ArtifactOutline> outlines(List<UUID> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        Map<UUID, ArtifactOutline> byId = artifacts.outlines(ids).stream()
                .map(ArtifactOutline::of)
                .collect(Collectors.toMap(ArtifactOutline::id, Function.identity()));
        return ids.stream().filter(byId::containsKey).map(byId::get).toList();
    }

    /**
     * A page of outlines.
     *
     * @param outlines in the order asked for
     * @param next where the next page begins; empty at the end
     */
    public record OutlinePage(List<ArtifactOutline> outlines, Optional<PageCursor> next) {}

    /** How many the filters let through, counting no further than the bound. */
    @Transactional
    public long count(ArtifactQuery query, int bound) {
        return listing.count(query, bound);
    }

    /** The task results of some runs, oldest first. */
    @Transactional
    public List<Artifact> taskResults(Collection<UUID> executions) {
        return artifacts.taskResults(executions, MOST_TASK_RESULTS).stream()
                .map(ArtifactEntity::toArtifact)
                .toList();
    }

    /** What each of some runs holds; a run without artifacts is absent. */
    @Transactional
    public Map<UUID, RunContent> contentOf(Collection<UUID> executions) {
        return artifacts.tally(executions).stream()
                .collect(Collectors.groupingBy(
                        ArtifactRepository.Tally::executionUuid,
                        Collectors.collectingAndThen(Collectors.toList(), Artifacts::runContent)));
    }

    private static RunContent runContent(List<ArtifactRepository.Tally> tallies) {
        Map<ArtifactType, Long> counts = new EnumMap<>(ArtifactType.class);
        Set<String> symbols = new TreeSet<>();
        Optional<Instant> newestAt =
                tallies.stream().map(ArtifactRepository.Tally::newestAt).max(Comparator.naturalOrder());
        for (ArtifactRepository.Tally tally : tallies) {
            counts.merge(ArtifactType.ofWire(tally.type()).orElseThrow(), tally.count(), Long::sum);
            if (tally.symbol() != null) {
                symbols.add(tally.symbol());
            }
        }
        return new RunContent(Collections.unmodifiableMap(counts), List.copyOf(symbols), newestAt);
    }

    /**
     * What a run holds.
     *
     * @param counts artifacts by type
     * @param symbols in alphabetical order
     * @param newestAt when the newest of them arrived
     */
    public record RunContent(Map<ArtifactType, Long> counts, List<String> symbols, Optional<Instant> newestAt) {}

    /** The direct parents that still exist, in the artifact's order. */
    @Transactional
    public List<Artifact> parents(Artifact artifact) {
        return load(artifact.parents(), true);
    }

    /** What was made directly from it, oldest first. */
    @Transactional
    public List<Artifact> children(UUID id) {
        return artifacts.children(id, MOST_CHILDREN).stream()
                .map(ArtifactEntity::toArtifact)
                .toList();
    }

    /** Empty when there is no artifact or it has no blob. Bytes that are lost or altered are a problem, not an answer. */
    public Optional<Content> content(UUID id) {
        return QuarkusTransaction.joiningExisting()
                .call(() -> find(id).flatMap(Artifact::blob))
                .map(info -> new Content(info, blobs.read(info.sha256())));
    }

    /** The bars behind an artifact: its own, or those of its nearest market data ancestor. */
    @Transactional
    public Optional<MarketBars> marketBars(UUID id) {
        Optional<Artifact> asked = find(id);
        return asked.flatMap(artifact -> artifacts
                        .nearest(id, ArtifactType.MARKET_DATA, DEEPEST_LINE)
                        .flatMap(this::find)
                        .flatMap(MarketBars::ofMarketData))
                .or(() -> asked.flatMap(MarketBars::ofSnapshot));
    }

    private List<Artifact> load(List<UUID> ids, boolean withContent) {
        Map<UUID, Artifact> byId = ArtifactColumns.load(artifacts.getEntityManager(), ids, withContent).stream()
                .collect(Collectors.toMap(Artifact::id, Function.identity()));
        return ids.stream().filter(byId::containsKey).map(byId::get).toList();
    }
}
