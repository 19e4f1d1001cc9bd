package dev.signalwright.artifacts.pages.artifact;

import dev.signalwright.artifacts.access.Roles;
import dev.signalwright.artifacts.artifact.Artifact;
import dev.signalwright.artifacts.artifact.ArtifactType;
import dev.signalwright.artifacts.artifact.Artifacts;
import dev.signalwright.artifacts.artifact.Artifacts.Found;
import dev.signalwright.artifacts.artifact.Artifacts.OutlinePage;
import dev.signalwright.artifacts.catalog.Catalog;
import dev.signalwright.artifacts.pages.frame.Frame;
import dev.signalwright.artifacts.pages.frame.Frames;
import dev.signalwright.artifacts.pages.frame.Missing;
import dev.signalwright.artifacts.pages.part.Link;
import dev.signalwright.artifacts.pages.part.Moment;
import dev.signalwright.artifacts.pages.part.Words;
import dev.signalwright.artifacts.pages.run.RunRecord;
import dev.signalwright.artifacts.pages.run.RunTitle;
import dev.signalwright.artifacts.problem.ProblemException;
import dev.signalwright.artifacts.problem.ProblemType;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;

/** The pages of artifacts. */
@Path("/artifacts")
@Produces(MediaType.TEXT_HTML)
public class ArtifactPages {
    /** About three runs of three symbols. */
    private static final int MOST = 90;

    private static final String EVERYWHERE =
            "There is no word to search by: such words are in nearly every text. Add one that is not, such as a symbol.";

    private final Artifacts artifacts;
    private final Catalog catalog;
    private final ArtifactViews views;
    private final Frames frames;

    ArtifactPages(Artifacts artifacts, Catalog catalog, ArtifactViews views, Frames frames) {
        this.artifacts = artifacts;
        this.catalog = catalog;
        this.views = views;
        this.frames = frames;
    }

    @GET
    @RolesAllowed(Roles.VIEWER)
    public String list(@Context UriInfo address) {
        ArtifactChoice choice = ArtifactChoice.of(address.getQueryParameters());
        boolean searchable = choice.words().map(catalog::isSearchable).orElse(true);
        OutlinePage page =
                searchable ? artifacts.outlinePage(choice.query(MOST)) : new OutlinePage(List.of(), Optional.empty());
        ArtifactsView view = new ArtifactsView(
                choice.words().orElse(""),
                choice.withoutWords().address(Optional.empty()),
                searchable ? "" : EVERYWHERE,
                types(choice.type()),
                choice.symbol().orElse(""),
                choice.run().orElse(""),
                !choice.isEverything(),
                ArtifactsView.grouped(page.outlines()),
                choice.from().isPresent() ? choice.address(Optional.empty()) : "",
                page.next().map(next -> choice.address(Optional.of(next))).orElse(""));
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
