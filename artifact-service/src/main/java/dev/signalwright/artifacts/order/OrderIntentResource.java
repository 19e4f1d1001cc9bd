package dev.signalwright.artifacts.order;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.signalwright.artifacts.problem.ProblemException;
import dev.signalwright.artifacts.problem.ProblemType;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Order intents over HTTP: store, claim once, report. */
@Path("/api/order-intents/{slot_sha256}")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class OrderIntentResource {
    private static final int LONGEST_TEXT = 2_000;
    private static final Set<IntentState> REPORTS =
            Set.of(IntentState.PLACED, IntentState.REJECTED, IntentState.UNKNOWN);

    private final OrderIntents intents;
    private final ObjectReader json;

    OrderIntentResource(OrderIntents intents, ObjectMapper json) {
        this.intents = intents;
        this.json = json.reader().with(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    }

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Claim(@Nullable String claimant) {}

    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record StateReport(
            @Nullable String state,
            @Nullable Long permId,
            @Nullable String note) {}

    @PUT
    @RolesAllowed({"worker", "operator"})
    public Response put(@PathParam("slot_sha256") String slot, String body) {
        OrderIntents.Stored stored = intents.store(slot, read(body, NewIntent.class));
        return Response.status(stored.created() ? Response.Status.CREATED : Response.Status.OK)
                .entity(stored.intent())
                .build();
    }

    @POST
    @Path("/claim")
    @RolesAllowed({"worker", "operator"})
    public OrderIntent claim(@PathParam("slot_sha256") String slot, String body) {
        return intents.claim(
                hash(slot), text("claimant", read(body, Claim.class).claimant()));
    }

    @POST
    @Path("/state")
    @RolesAllowed({"worker", "operator"})
    public OrderIntent report(@PathParam("slot_sha256") String slot, String body) {
        StateReport sent = read(body, StateReport.class);
        return intents.report(
                hash(slot),
                new OrderIntents.Report(
                        state(sent.state()),
                        Optional.ofNullable(sent.permId()),
                        Optional.ofNullable(sent.note()).map(note -> text("note", note))));
    }

    @GET
    @RolesAllowed({"viewer", "worker", "operator"})
    public OrderIntent get(@PathParam("slot_sha256") String slot) {
        return intents.find(hash(slot)).orElseThrow(() -> OrderIntents.missing(slot));
    }

    /** What is no hash names no intent, whatever else it may be. */
    private static String hash(String slot) {
        if (!slot.matches("[0-9a-f]{64}")) {
            throw OrderIntents.missing("of that name");
        }
        return slot;
    }

    private <T> T read(String body, Class<T> type) {
        try {
            T value = json.forType(type).readValue(body);
            if (value == null) {
                throw new ProblemException(ProblemType.MALFORMED_REQUEST, "The body must be one JSON object.");
            }
            return value;
        } catch (JsonProcessingException e) {
            String what = e.getOriginalMessage().lines().findFirst().orElse("");
            throw new ProblemException(ProblemType.MALFORMED_REQUEST, "The body cannot be read: " + what);
        }
    }

    private static IntentState state(@Nullable String word) {
        return REPORTS.stream()
                .filter(state -> state.wire().equals(word))
                .findFirst()
                .orElseThrow(() -> ProblemException.ofField(
                        ProblemType.NOT_VALID, "state", "must be placed, rejected or unknown"));
    }

    private static String text(String field, @Nullable String text) {
        if (text == null || text.isBlank() || text.length() > LONGEST_TEXT || text.indexOf('\0') >= 0) {
            throw ProblemException.ofField(
                    ProblemType.NOT_VALID, field, "must be text of 1 to " + LONGEST_TEXT + " characters");
        }
        return text;
    }
}
