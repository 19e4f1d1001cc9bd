package dev.signalwright.artifacts.access;

import dev.signalwright.artifacts.problem.ProblemType;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Reads {@code Authorization: Bearer}, HTTP Basic (token as password, any user name), the session cookie, or what a
 * trusted proxy says. The identity has the name of the token or {@code sso:} with the person's. A wrong
 * credential is no identity, so it is refused wherever one is needed: people are sent to the login page, programs get
 * 401 with problem details.
 */
@Singleton
final class TokenMechanism implements HttpAuthenticationMechanism {
    private final TokenBook tokens;
    private final Sessions sessions;
    private final SignIn signIn;
    private final ProxySignIn proxy;

    TokenMechanism(TokenBook tokens, Sessions sessions, SignIn signIn, ProxySignIn proxy) {
        this.tokens = tokens;
        this.sessions = sessions;
        this.signIn = signIn;
        this.proxy = proxy;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager manager) {
        return identityOf(context.request())
                .<Uni<SecurityIdentity>>map(Uni.createFrom()::item)
                .orElseGet(() -> Uni.createFrom().nullItem());
    }

    private Optional<SecurityIdentity> identityOf(HttpServerRequest request) {
        String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (authorization != null) {
            return token(authorization)
                    .flatMap(token -> tokens.find(token)
                            .map(known -> identity(
                                    known.name(),
                                    known.role(),
                                    () -> tokens.find(token).isPresent())));
        }
        return signIn.session(request)
                .flatMap(session -> sessions.tokenOf(session)
                        .map(known -> identity(
                                known.name(),
                                known.role(),
                                () -> sessions.tokenOf(session).isPresent())))
                .or(() -> proxy.read(request) instanceof ProxySignIn.Finding.Person(String name, String role)
                        ? Optional.of(identity(name, role, () -> true))
                        : Optional.empty());
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

    private static SecurityIdentity identity(String name, String role, Standing standing) {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal(name))
                .addRoles(Roles.heldBy(role))
                .addAttribute(Standing.ATTRIBUTE, standing)
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
            context.response()
                    .putHeader("WWW-Authenticate", "Bearer realm=\"Signalwright\", Basic realm=\"Signalwright\"");
            Refusal.send(
                    context,
                    ProblemType.NOT_AUTHENTICATED,
                    "Send a token of this installation: Authorization: Bearer <token>, or HTTP Basic with the"
                            + " token as password. The tokens lie in $SIGNALWRIGHT_HOME/tokens.");
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
