package dev.signalwright.artifacts.artifact;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalwright.artifacts.catalog.Catalog;
import dev.signalwright.artifacts.problem.ProblemException;
import dev.signalwright.artifacts.problem.ProblemType;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;

/** Artifacts over HTTP. Every address answers with and without a slash at its end: old clients send one. */
@Path("/api/artifacts")
@Produces(MediaType.APPLICATION_JSON)
public class ArtifactResource {
    private static final int MOST_BARS = 10_000;
    private static final int USUAL_BARS = 100;

    /** About a millisecond's work. */
    private static final int MOST_BYTES_AT_ONCE = 64 << 10;

    private final Artifacts artifacts;
    private final ArtifactStore store;
    private final Catalog catalog;
    private final SecurityIdentity caller;

    ArtifactResource(Artifacts artifacts, ArtifactStore store, Catalog catalog, SecurityIdentity caller) {
        this.artifacts = artifacts;
        this.store = store;
        this.catalog = catalog;
        this.caller = caller;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({"worker", "operator"})
    public CompletionStage<Response> post(byte[] body) {
        return storeSoon(body, sent -> sent);
    }

    @POST
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @RolesAllowed({"worker", "operator"})
    public CompletionStage<Response> postWithContent(@HeaderParam("Content-Type") String type, byte[] body) {
        return storeWithContent(type, body, sent -> sent);
    }

    @POST
    @Path("/batch")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({"worker", "operator"})
    public ObjectNode postBatch(byte[] body) {
        ArtifactBatch batch = ArtifactBatch.read(body);
        return batch.answer(store.storeAll(batch.right(), actor()));
    }

    @PUT
    @Path("/{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({"worker", "operator"})
    public CompletionStage<Response> put(@PathParam("id") String id, byte[] body) {
        return storeSoon(body, sent -> named(id, sent));
    }

    @PUT
    @Path("/{id}")
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @RolesAllowed({"worker", "operator"})
    public CompletionStage<Response> putWithContent(
            @PathParam("id") String id, @HeaderParam("Content-Type") String type, byte[] body) {
        return storeWithContent(type, body, sent -> named(id, sent));
    }

    @PATCH
    @Path("/{id}")
    @Consumes({MediaType.APPLICATION_JSON, "application/merge-patch+json"})
    @RolesAllowed({"worker", "operator"})
    public ObjectNode patch(@PathParam("id") String id, byte[] body) {
        return ArtifactJson.of(store.patch(uuid(id), ArtifactReader.object(body), actor()));
    }

    @GET
    @RolesAllowed({"viewer", "worker", "operator"})
    public ObjectNode list(@Context UriInfo address) {
        return ArtifactList.answer(artifacts, catalog, ListRequest.of(address.getQueryParameters()));
    }

    @GET
    @Path("/{id}")
    @RolesAllowed({"viewer", "worker", "operator"})
    public ObjectNode get(@PathParam("id") String id) {
        return ArtifactJson.of(stored(id));
    }

    @DELETE
    @Path("/{id}")
    @RolesAllowed("operator")
    public void delete(@PathParam("id") String id) {
        store.delete(uuid(id), actor());
    }

    @GET
    @Path("/{id}/content")
    @Produces(MediaType.WILDCARD)
    @RolesAllowed({"viewer", "worker", "operator"})
    public Response content(@PathParam("id") String id) {
        return ContentAnswer.of(artifacts.content(stored(id).id()).orElseThrow(() -> nothing("no blob")));
    }

    @GET
    @Path("/{id}/download")
    @RolesAllowed({"viewer", "worker", "operator"})
    public Response download(@PathParam("id") String id) {
        return DownloadAnswer.of(stored(id));
    }

    @GET
    @Path("/{id}/market-data")
    @RolesAllowed({"viewer", "worker", "operator"})
    public ObjectNode marketData(@PathParam("id") String id, @Context UriInfo address) {
        int bars = QueryParameters.of(address.getQueryParameters(), Set.of("limit"))
                .number("limit", 1, MOST_BARS)
                .orElse(USUAL_BARS);
        return artifacts
                .marketBars(stored(id).id())
                .orElseThrow(() -> nothing("no bars behind it"))
                .toJson(bars);
    }

    /**
     * A small body is read and checked on the thread that received it: to wake another one takes longer. Plain futures,
     * because each step of a Uni saves and restores its context, which is nothing here.
     */
    private CompletionStage<Response> storeSoon(byte[] body, UnaryOperator<NewArtifact> checked) {
        String actor = actor();
        return body.length > MOST_BYTES_AT_ONCE
                ? CompletableFuture.supplyAsync(() -> read(body, checked), Infrastructure.getDefaultWorkerPool())
                        .thenCompose(sent -> storeSoon(sent, actor))
                : storeSoon(read(body, checked), actor);
    }

    private static NewArtifact read(byte[] body, UnaryOperator<NewArtifact> checked) {
        return checked.apply(ArtifactReader.read(body, Optional.empty()));
    }

    private CompletionStage<Response> storeSoon(NewArtifact sent, String actor) {
        return store.storeSoon(sent, actor).thenApply(ArtifactResource::answer);
    }

    /** No thread is there for a body that is still arriving; one reads and stores it then. */
    private CompletionStage<Response> storeWithContent(String type, byte[] body, UnaryOperator<NewArtifact> checked) {
        String actor = actor();
        return CompletableFuture.supplyAsync(
                () -> answer(store.store(checked.apply(ArtifactForm.read(type, body)), actor)),
                Infrastructure.getDefaultWorkerPool());
    }

    private String actor() {
        return caller.getPrincipal().getName();
    }

    private Artifact stored(String id) {
        return switch (artifacts.look(uuid(id))) {
            case Artifacts.Found.Stored(Artifact artifact) -> artifact;
            case Artifacts.Found.Deleted(UUID gone) -> throw ArtifactStore.deleted(gone);
            case Artifacts.Found.Missing(UUID nowhere) -> throw ArtifactStore.missing(nowhere);
        };
    }

    private static NewArtifact named(String id, NewArtifact sent) {
        if (sent.key().isEmpty()) {
            throw ProblemException.ofField(ProblemType.NOT_VALID, "key", "is missing: PUT needs it; POST does not");
        }
        if (!sent.id().equals(uuid(id))) {
            throw new ProblemException(ProblemType.ID_MISMATCH, "This key has the id " + sent.id() + ".");
        }
        return sent;
    }

    private static UUID uuid(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            throw nothing("no such id: ids are UUIDs");
        }
    }

    private static ProblemException nothing(String what) {
        return new ProblemException(ProblemType.NOT_FOUND, "The artifact has " + what + ".");
    }

    private static Response answer(ArtifactStore.Stored stored) {
        return Response.status(stored.created() ? Response.Status.CREATED : Response.Status.OK)
                // As text: an address is made absolute with the request's, which a committing thread does not have.
                .header(HttpHeaders.LOCATION, "/api/artifacts/" + stored.id())
                .entity(stored.json())
                .build();
    }
}
