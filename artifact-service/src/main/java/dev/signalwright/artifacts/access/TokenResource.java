package dev.signalwright.artifacts.access;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.signalwright.artifacts.problem.ProblemException;
import dev.signalwright.artifacts.problem.ProblemType;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.sql.SQLException;
import java.util.UUID;

/** Tokens over HTTP, for operators. A token's text is in the answer to its creation and never again. */
@Path("/api/tokens")
@Produces(MediaType.APPLICATION_JSON)
public class TokenResource {
    private final AccessTokens tokens;
    private final SecurityIdentity caller;

    TokenResource(AccessTokens tokens, SecurityIdentity caller) {
        this.tokens = tokens;
        this.caller = caller;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed(Roles.OPERATOR)
    public Response create(byte[] body) throws SQLException {
        NewToken wish = NewToken.read(body);
        AccessTokens.Made made = tokens.create(wish.name(), wish.role(), wish.lasts(), name());
        return Response.created(URI.create("/api/tokens/" + made.token().id()))
                .entity(json(made.token()).put("token", made.text()))
                .build();
    }

    @GET
    @RolesAllowed(Roles.OPERATOR)
    public ObjectNode list() throws SQLException {
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode list = answer.putArray("tokens");
        tokens.list().forEach(token -> list.add(json(token)));
        return answer;
    }

    @DELETE
    @Path("/{id}")
    @RolesAllowed(Roles.OPERATOR)
    public void revoke(@PathParam("id") String id) throws SQLException {
        if (!tokens.revoke(uuid(id), name())) {
            throw nothing();
        }
    }

    private String name() {
        return caller.getPrincipal().getName();
    }

    private static UUID uuid(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            throw nothing();
        }
    }

    private static ProblemException nothing() {
        return new ProblemException(ProblemType.NOT_FOUND, "No token that holds has this id.");
    }

    private static ObjectNode json(AccessToken token) {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("id", token.id().toString())
                .put("name", token.name())
                .put("role", token.role())
                .put("created_at", token.createdAt().toString())
                .put("created_by", token.createdBy())
                .put("from_file", token.fromFile());
        token.lastUsedAt().ifPresent(at -> json.put("last_used_at", at.toString()));
        token.expiresAt().ifPresent(at -> json.put("expires_at", at.toString()));
        token.revokedAt().ifPresent(at -> json.put("revoked_at", at.toString()));
        return json;
    }
}
