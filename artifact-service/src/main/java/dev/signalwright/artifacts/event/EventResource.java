package dev.signalwright.artifacts.event;

import dev.signalwright.artifacts.access.Standing;
import dev.signalwright.artifacts.artifact.QueryParameters;
import dev.signalwright.artifacts.change.Position;
import dev.signalwright.artifacts.change.RecordedChange;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Multi;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Events over HTTP. */
@Path("/api/events")
public class EventResource {
    /** What a browser waits before it comes back. */
    private static final long RECONNECT_MILLIS = 2_000;

    private final EventHub hub;
    private final SecurityIdentity caller;

    EventResource(EventHub hub, SecurityIdentity caller) {
        this.hub = hub;
        this.caller = caller;
    }

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @RolesAllowed({"viewer", "worker", "operator"})
    @Blocking // joining reads the database
    public Multi<OutboundSseEvent> listen(
            @HeaderParam("Last-Event-ID") @Nullable String lastEventId,
            @Context UriInfo address,
            @Context Sse sse,
            @Context RoutingContext exchange) {
        Multi<Happening> stream = hub.listen(
                new Reader(caller.getPrincipal().getName(), Standing.of(caller)),
                EventFilter.of(address.getQueryParameters()),
                Optional.ofNullable(lastEventId).filter(id -> !id.isBlank()).map(EventResource::position));
        // Proxies that collect an answer before they pass it on would collect this one for ever.
        exchange.response().putHeader("X-Accel-Buffering", "no");
        HttpServerRequest request = exchange.request();
        return stream.map(happening -> event(sse, happening))
                .onFailure()
                // Too slow. A clean end would have to wait behind what is not being read: the connection goes.
                .invoke(() -> request.connection().close());
    }

    private static Position position(String id) {
        return Position.ofText(id.strip())
                .orElseThrow(() -> QueryParameters.refused(
                        "Last-Event-ID", "is no id of an event of this service; listen again without it"));
    }

    private static OutboundSseEvent event(Sse sse, Happening happening) {
        OutboundSseEvent.Builder event =
                sse.newEventBuilder().id(happening.position().text());
        Optional<RecordedChange> change = happening.change();
        return change.isPresent()
                ? event.name(change.get().kind()).data(happening.json()).build()
                : event.comment("listening").reconnectDelay(RECONNECT_MILLIS).build();
    }
}
