package dev.signalwright.artifacts.pages;

import dev.signalwright.artifacts.access.Roles;
import dev.signalwright.artifacts.artifact.Artifact;
import dev.signalwright.artifacts.artifact.ArtifactFilter;
import dev.signalwright.artifacts.artifact.ArtifactQuery;
import dev.signalwright.artifacts.artifact.ArtifactType;
import dev.signalwright.artifacts.artifact.Artifacts;
import dev.signalwright.artifacts.artifact.Artifacts.Found;
import dev.signalwright.artifacts.artifact.Artifacts.OutlinePage;
import dev.signalwright.artifacts.artifact.PageCursor;
import dev.signalwright.artifacts.problem.ProblemException;
import dev.signalwright.artifacts.problem.ProblemType;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriBuilder;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestQuery;

/** The pages of artifacts. */
@Path("/artifacts")
@Produces(MediaType.TEXT_HTML)
public class ArtifactPages {
    /** About three runs of three symbols. */
    private static final int MOST = 90;

    private final Artifacts artifacts;
    private final ArtifactViews views;
    private final Frames frames;

    ArtifactPages(Artifacts artifacts, ArtifactViews views, Frames frames) {
        this.artifacts = artifacts;
        this.views = views;
        this.frames = frames;
    }

    @GET
    @RolesAllowed(Roles.VIEWER)
    public String list(
            @RestQuery Optional<String> type,
            @RestQuery Optional<String> symbol,
            @RestQuery("execution_id") Optional<String> run,
            @RestQuery Optional<String> cursor) {
        Map<ArtifactFilter, Object> filters = new EnumMap<>(ArtifactFilter.class);
        Optional<ArtifactType> chosen = type.flatMap(ArtifactType::ofWire);
        Optional<String> ticker =
                symbol.map(text -> text.strip().toUpperCase(Locale.ROOT)).filter(text -> !text.isEmpty());
        Optional<String> runId = run.filter(text -> !text.isEmpty());
        chosen.ifPresent(wanted -> filters.put(ArtifactFilter.TYPE, wanted.wire()));
        ticker.ifPresent(wanted -> filters.put(ArtifactFilter.SYMBOL, wanted));
        runId.ifPresent(wanted -> filters.put(ArtifactFilter.EXECUTION_ID, wanted));
        Optional<PageCursor> from = cursor.flatMap(PageCursor::ofText);
        OutlinePage page = artifacts.outlinePage(new ArtifactQuery(filters, true, from, MOST));
        UriBuilder address = UriBuilder.fromPath("/artifacts");
        chosen.ifPresent(wanted -> address.queryParam("type", wanted.wire()));
        ticker.ifPresent(wanted -> address.queryParam("symbol", "{symbol}"));
        runId.ifPresent(wanted -> address.queryParam("execution_id", "{run}"));
        Map<String, Object> values = Map.of("symbol", ticker.orElse(""), "run", runId.orElse(""));
        ArtifactsView view = new ArtifactsView(
                types(chosen),
                ticker.orElse(""),
                runId.orElse(""),
                !filters.isEmpty(),
                ArtifactsView.grouped(page.outlines()),
                from.isPresent() ? address.buildFromMap(values).toString() : "",
                page.next()
                        .map(next -> address.clone()
                                .queryParam("cursor", next.text())
                                .buildFromMap(values)
                                .toString())
                        .orElse(""));
        return Templates.artifacts(frames.of("Artifacts", "artifacts"), view).render();
    }

    @GET
    @Path("{id}")
    @RolesAllowed(Roles.VIEWER)
    public String one(@PathParam("id") String id) {
        Artifact artifact = find(id);
        Optional<RunTitle> run = runTitle(artifact);
        ArtifactHead head = ArtifactHead.of(artifact, run);
        boolean belongsToRun = artifact.place().executionUuid().isPresent();
        Frame frame = frames.of(head.title(), belongsToRun ? "executions" : "artifacts");
        boolean decision = artifact.type() == ArtifactType.SIGNAL
                && !artifact.produced().path("signal_data").has("artifact_type");
        return decision
                ? Templates.signal(frame, SignalView.of(artifact, head, run, artifacts))
                        .render()
                : Templates.artifact(frame, views.of(artifact, head)).render();
    }

    private Artifact find(String id) {
        Found found =
                Missing.uuid(id).map(artifacts::look).orElseThrow(() -> Missing.page("No artifact has this address."));
        return switch (found) {
            case Found.Stored(Artifact artifact) -> artifact;
            case Found.Deleted ignored ->
                throw new ProblemException(ProblemType.DELETED, "This artifact was here and has been deleted.");
            case Found.Missing ignored -> throw Missing.page("No artifact has this address.");
        };
    }

    private Optional<RunTitle> runTitle(Artifact artifact) {
        return artifact.place().executionUuid().map(execution -> {
            RunRecord run =
                    RunRecord.of(artifacts.outlinesOf(List.of(execution), EnumSet.of(ArtifactType.PREFLIGHT), 10));
            return RunTitle.of(
                    artifact.place().executionId().orElse("Run"),
                    run.session().or(() -> artifact.asOf().map(Moment::dateInNewYork)));
        });
    }

    /** The address of a type is its word, the note marks the chosen one. */
    private static List<Link> types(Optional<ArtifactType> chosen) {
        List<Link> types = new ArrayList<>();
        for (ArtifactType type : ArtifactType.values()) {
            types.add(new Link(Words.type(type), type.wire(), chosen.equals(Optional.of(type)) ? "chosen" : ""));
        }
        return types;
    }
}
