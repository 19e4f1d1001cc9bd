package dev.signalwright.worker.artifacts;

import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.client.api.ClientMultipartForm;
import org.jspecify.annotations.Nullable;

/** The artifact service's HTTP interface, bare. Only {@link ArtifactClient} uses it. */
@Path("/api")
interface ArtifactApi {
    @PUT
    @Path("/artifacts/{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    Uni<RestResponse<byte[]>> put(
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization, @RestPath String id, String artifact);

    @PUT
    @Path("/artifacts/{id}")
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    Uni<RestResponse<byte[]>> putWithContent(
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            @RestPath String id,
            ClientMultipartForm form);

    @PATCH
    @Path("/artifacts/{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    Uni<RestResponse<byte[]>> patch(
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization, @RestPath String id, String change);

    @GET
    @Path("/artifacts")
    Uni<RestResponse<byte[]>> find(
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            @RestQuery("dag_id") String dagId,
            @RestQuery("execution_id") String executionId,
            @RestQuery String type,
            @RestQuery String name,
            @RestQuery @Nullable String symbol,
            @RestQuery int limit);

    @GET
    @Path("/artifacts/{id}")
    Uni<RestResponse<byte[]>> get(@HeaderParam(HttpHeaders.AUTHORIZATION) String authorization, @RestPath String id);

    @GET
    @Path("/artifacts/{id}/content")
    Uni<RestResponse<byte[]>> content(
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization, @RestPath String id);

    @PUT
    @Path("/order-intents/{slot}")
    @Consumes(MediaType.APPLICATION_JSON)
    Uni<RestResponse<byte[]>> putIntent(
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization, @RestPath String slot, String intent);

    @GET
    @Path("/order-intents/{slot}")
    Uni<RestResponse<byte[]>> intent(
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization, @RestPath String slot);

    @POST
    @Path("/order-intents/{slot}/claim")
    @Consumes(MediaType.APPLICATION_JSON)
    Uni<RestResponse<byte[]>> claimIntent(
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization, @RestPath String slot, String claim);

    @POST
    @Path("/order-intents/{slot}/state")
    @Consumes(MediaType.APPLICATION_JSON)
    Uni<RestResponse<byte[]>> setIntentState(
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization, @RestPath String slot, String state);
}
