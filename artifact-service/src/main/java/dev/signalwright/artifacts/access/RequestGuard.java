package dev.signalwright.artifacts.access;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Looks at every request before anything else does. Refuses host names that are not ours (a foreign page that made its
 * name point here) and writes that a browser sends from another site; puts the protective headers on every answer.
 */
@Singleton
final class RequestGuard {
    /** Before CORS (300), authentication (200) and authorisation (100). */
    private static final int FIRST = 500;

    private static final Set<HttpMethod> READS = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    private final Set<String> allowedHosts;
    private final String contentSecurityPolicy;

    RequestGuard(AccessConfig config) {
        this.allowedHosts = config.allowedHosts().stream()
                .map(host -> host.strip().toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
        this.contentSecurityPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
                + "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors "
                + String.join(" ", frameAncestors(config));
    }

    private static List<String> frameAncestors(AccessConfig config) {
        List<String> more = config.frameAncestors().orElse(List.of());
        return java.util.stream.Stream.concat(java.util.stream.Stream.of("'self'"), more.stream())
                .toList();
    }

    void register(@Observes Filters filters) {
        filters.register(this::guard, FIRST);
    }

    private void guard(RoutingContext context) {
        HttpServerRequest request = context.request();
        protect(context.response().headers(), request.path());
        if (!isOurs(request)) {
            refuse(
                    context,
                    421,
                    "This service does not answer under that host name. Add the name to"
                            + " SIGNALWRIGHT_ACCESS_ALLOWED_HOSTS if it is yours.");
        } else if (!READS.contains(request.method()) && isFromAnotherSite(request)) {
            refuse(context, 403, "This change was sent from a page of another site and was not made.");
        } else {
            context.next();
        }
    }

    private void protect(MultiMap headers, String path) {
        headers.set("Content-Security-Policy", contentSecurityPolicy)
                .set("X-Content-Type-Options", "nosniff")
                .set("Referrer-Policy", "same-origin")
                .set("Cross-Origin-Opener-Policy", "same-origin")
                .set("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
        if (!path.startsWith("/static/")) {
            headers.set("Cache-Control", "no-store");
        }
    }

    private boolean isOurs(HttpServerRequest request) {
        HostAndPort authority = request.authority();
        return authority != null && allowedHosts.contains(authority.host().toLowerCase(Locale.ROOT));
    }

    /** Programs send neither header; browsers always send at least one of them with a write. */
    private static boolean isFromAnotherSite(HttpServerRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null) {
            return !site.equals("same-origin") && !site.equals("none");
        }
        String origin = request.getHeader("Origin");
        return origin != null && !isSameAuthority(origin, request.authority());
    }

    private static boolean isSameAuthority(String origin, HostAndPort authority) {
        try {
            return authority.toString().equalsIgnoreCase(URI.create(origin).getRawAuthority());
        } catch (IllegalArgumentException garbled) {
            return false;
        }
    }

    private static void refuse(RoutingContext context, int status, String sentence) {
        context.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "text/plain; charset=utf-8")
                .end(sentence + "\n");
    }
}
