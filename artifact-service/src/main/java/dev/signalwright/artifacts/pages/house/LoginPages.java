package dev.signalwright.artifacts.pages.house;

import dev.signalwright.artifacts.access.Roles;
import dev.signalwright.artifacts.access.SignIn;
import dev.signalwright.artifacts.access.SignIn.Result;
import dev.signalwright.artifacts.pages.frame.Frames;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestQuery;

/** Logging in with a token, and out again. */
@Path("/")
@Produces(MediaType.TEXT_HTML)
public class LoginPages {
    private final SignIn signIn;
    private final Frames frames;

    LoginPages(SignIn signIn, Frames frames) {
        this.signIn = signIn;
        this.frames = frames;
    }

    @GET
    @Path("login")
    @PermitAll
    public String form(@RestQuery Optional<String> to) {
        return page(SignIn.localPath(to), "");
    }

    @POST
    @Path("login")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @PermitAll
    public Response enter(
            @RestForm Optional<String> token, @RestForm Optional<String> to, @Context HttpServerRequest request) {
        String target = SignIn.localPath(to);
        return switch (signIn.enter(token.orElse(""), signIn.addressOf(request))) {
            case Result.Entered(String session, Duration lasts) -> {
                // What the browser brought along ends here: nobody can plant a session and wait for it to be used.
                signIn.session(request).ifPresent(signIn::leave);
                yield Response.seeOther(URI.create(target))
                        .cookie(cookie(session, Math.toIntExact(lasts.toSeconds()), signIn.isSecure(request)))
                        .build();
            }
            case Result.Wrong ignored ->
                Response.status(403)
                        .entity(page(target, "This is no token of this installation. Nothing was changed; try again."))
                        .build();
            case Result.TooMany(Duration left) ->
                Response.status(429)
                        .header("Retry-After", left.toSeconds() + 1)
                        .entity(page(
                                target,
                                "Too many wrong tokens. Wait " + (left.toSeconds() + 1) + " seconds, then try again."))
                        .build();
        };
    }

    @POST
    @Path("logout")
    @RolesAllowed(Roles.VIEWER)
    public Response leave(@Context HttpServerRequest request) {
        signIn.session(request).ifPresent(signIn::leave);
        return Response.seeOther(URI.create("/login"))
                .cookie(cookie("", 0, signIn.isSecure(request)))
                .build();
    }

    private String page(String to, String refusal) {
        return Templates.login(frames.of("Log in", ""), to, refusal).render();
    }

    private static NewCookie cookie(String value, int seconds, boolean secure) {
        return new NewCookie.Builder(secure ? SignIn.SECURE_COOKIE : SignIn.COOKIE)
                .value(value)
                .path("/")
                .maxAge(seconds)
                .httpOnly(true)
                .secure(secure)
                .sameSite(NewCookie.SameSite.STRICT)
                .build();
    }
}
