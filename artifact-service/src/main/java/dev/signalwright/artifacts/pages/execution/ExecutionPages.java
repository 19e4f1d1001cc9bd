package dev.signalwright.artifacts.pages.execution;

import dev.signalwright.artifacts.access.Roles;
import dev.signalwright.artifacts.artifact.ArtifactOutline;
import dev.signalwright.artifacts.artifact.ArtifactType;
import dev.signalwright.artifacts.artifact.Artifacts;
import dev.signalwright.artifacts.artifact.PageCursor;
import dev.signalwright.artifacts.execution.Execution;
import dev.signalwright.artifacts.execution.ExecutionPage;
import dev.signalwright.artifacts.execution.ExecutionQuery;
import dev.signalwright.artifacts.execution.ExecutionState;
import dev.signalwright.artifacts.execution.Executions;
import dev.signalwright.artifacts.pages.frame.Frames;
import dev.signalwright.artifacts.pages.frame.Missing;
import dev.signalwright.artifacts.pages.frame.PagesConfig;
import dev.signalwright.artifacts.pages.part.Link;
import dev.signalwright.artifacts.pages.part.State;
import dev.signalwright.artifacts.pages.run.RunRecord;
import dev.signalwright.artifacts.seal.Seals;
import io.quarkus.qute.TemplateInstance;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.RestQuery;

/** The pages of runs. */
@Path("/")
@Produces(MediaType.TEXT_HTML)
public class ExecutionPages {
    private static final int ROWS = 20;
    private static final int MOST_OUTLINES = 4_000;

    /** Enough for a line in the list: session, decisions and times. */
    private static final Set<ArtifactType> LISTED =
            EnumSet.of(ArtifactType.PREFLIGHT, ArtifactType.SIGNAL, ArtifactType.TASK_RESULT, ArtifactType.MARKET_DATA);

    private final Executions executions;
    private final Artifacts artifacts;
    private final Seals seals;
    private final Frames frames;
    private final PagesConfig config;

    ExecutionPages(Executions executions, Artifacts artifacts, Seals seals, Frames frames, PagesConfig config) {
        this.executions = executions;
        this.artifacts = artifacts;
        this.seals = seals;
        this.frames = frames;
        this.config = config;
    }

    @GET
    @RolesAllowed(Roles.VIEWER)
    public Response start() {
        return Response.seeOther(URI.create("/executions")).build();
    }

    @GET
    @Path("executions")
    @RolesAllowed(Roles.VIEWER)
    public String list(@RestQuery Optional<String> state, @RestQuery Optional<String> cursor) {
        Optional<ExecutionState> wanted = state.flatMap(ExecutionState::ofWire);
        Optional<PageCursor> from = cursor.flatMap(PageCursor::ofText);
        ExecutionPage page = executions.page(
                new ExecutionQuery(Optional.empty(), wanted, Optional.empty(), Optional.empty(), from, ROWS));
        Map<UUID, RunRecord> runs =
                runs(page.executions().stream().map(Execution::id).toList(), LISTED);
        List<ExecutionRow> rows = page.executions().stream()
                .map(execution -> ExecutionRow.of(execution, runs.getOrDefault(execution.id(), RunRecord.EMPTY)))
                .toList();
        String base = wanted.map(chosen -> "/executions?state=" + chosen.wire()).orElse("/executions");
        return html(Templates.executions(
                frames.of("Executions", "executions"),
                new ExecutionsView(
                        ExecutionsView.lead(rows),
                        tabs(wanted),
                        wanted.isPresent(),
                        rows,
                        from.isPresent() ? base : "",
                        page.next()
                                .map(next -> base + (wanted.isPresent() ? "&" : "?") + "cursor=" + next.text())
                                .orElse(""))));
    }

    @GET
    @Path("executions/{id}")
    @RolesAllowed(Roles.VIEWER)
    public String one(@PathParam("id") String id) {
        Execution execution =
                Missing.uuid(id).flatMap(executions::find).orElseThrow(() -> Missing.page("No run has this address."));
        RunRecord run = runs(List.of(execution.id()), EnumSet.allOf(ArtifactType.class))
                .getOrDefault(execution.id(), RunRecord.EMPTY);
        ExecutionView view = ExecutionView.of(execution, run, seals.standing(execution.id()), config.airflowUrl());
        return html(Templates.execution(frames.of(view.title().brief(), "executions"), view));
    }

    private Map<UUID, RunRecord> runs(Collection<UUID> ids, Set<ArtifactType> types) {
        return artifacts.outlinesOf(ids, types, MOST_OUTLINES).stream()
                .collect(Collectors.groupingBy(
                        (ArtifactOutline outline) -> outline.executionUuid().orElseThrow(),
                        Collectors.collectingAndThen(Collectors.toList(), RunRecord::of)));
    }

    private static List<Link> tabs(Optional<ExecutionState> chosen) {
        List<Link> tabs = new ArrayList<>(List.of(new Link("All", chosen.isEmpty() ? "" : "/executions")));
        for (ExecutionState state : ExecutionState.values()) {
            boolean here = chosen.equals(Optional.of(state));
            String word = State.ofExecution(state.wire(), false).word();
            tabs.add(new Link(word, here ? "" : "/executions?state=" + state.wire()));
        }
        return tabs;
    }

    private static String html(TemplateInstance template) {
        return template.render();
    }
}
