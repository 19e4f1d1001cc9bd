package dev.signalwright.artifacts.access;

import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Reads {@code Authorization: Bearer}, HTTP Basic (token as password, any user name) or the session cookie. A wrong
 * credential is no identity, so it is refused wherever one is needed: people are sent to the login page, programs get
 * 401 with problem details.
 */
@Singleton
final class TokenMechanism implements HttpAuthenticationMechanism {
    private final AccessTokens tokens;
    private final Sessions sessions;

    TokenMechanism(AccessTokens tokens, Sessions sessions) {
        this.tokens = tokens;
        this.sessions = sessions;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager manager) {
        return roleOf(context.request())
                .<Uni<SecurityIdentity>>map(role -> Uni.createFrom().item(identity(role)))
                .orElseGet(() -> Uni.createFrom().nullItem());
    }

    private Optional<String> roleOf(HttpServerRequest request) {
        String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (authorization != null) {
            return token(authorization).flatMap(tokens::roleOf);
        }
        return Optional.ofNullable(request.getCookie(SignIn.COOKIE))
                .map(Cookie::getValue)
                .flatMap(sessions::roleOf);
    }

    /** The token in an Authorization header, whichever of the two schemes carries it. */
    private static Optional<String> token(String authorization) {
        String[] parts = authorization.strip().split(" +", 2);
        if (parts.length < 2) {
            return Optional.empty();
        }
        return switch (parts[0].toLowerCase(Locale.ROOT)) {
            case "bearer" -> Optional.of(parts[1].strip());
            case "basic" -> password(parts[1].strip());
            default -> Optional.empty();
        };
    }

    private static Optional<String> password(String credentials) {
        try {
            String pair = new String(Base64.getDecoder().decode(credentials), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return colon < 0 ? Optional.empty() : Optional.of(pair.substring(colon + 1));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    private static SecurityIdentity identity(String role) {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal(role))
                .addRoles(Roles.heldBy(role))
                .build();
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom().item(new ChallengeData(401, "WWW-Authenticate", "Bearer realm=\"Signalwright\""));
    }

    @Override
    public Uni<Boolean> sendChallenge(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (isForPeople(request)) {
            String to = URLEncoder.encode(SignIn.localPath(Optional.of(request.uri())), StandardCharsets.UTF_8);
            context.response()
                    .setStatusCode(303)
                    .putHeader(HttpHeaders.LOCATION, "/login?to=" + to)
                    .end();
        } else {
            JsonObject problem = new JsonObject()
                    .put("type", "https://signalwright.dev/problems/not-authenticated")
                    .put("title", "No valid token was sent")
                    .put("status", 401)
                    .put(
                            "detail",
                            "Send a token of this installation: Authorization: Bearer <token>, or HTTP Basic with the"
                                    + " token as password. The tokens lie in $SIGNALWRIGHT_HOME/tokens.");
            context.response()
                    .setStatusCode(401)
                    .putHeader("WWW-Authenticate", "Bearer realm=\"Signalwright\", Basic realm=\"Signalwright\"")
                    .putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json")
                    .end(problem.encode());
        }
        return Uni.createFrom().item(true);
    }

    private static boolean isForPeople(HttpServerRequest request) {
        String accept = request.getHeader(HttpHeaders.ACCEPT);
        boolean reads = Set.of(HttpMethod.GET, HttpMethod.HEAD).contains(request.method());
        return reads
                && accept != null
                && accept.contains("text/html")
                && !request.path().startsWith("/api");
    }
}
