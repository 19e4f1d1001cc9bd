package dev.signalwright.artifacts.access;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
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
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Looks at every request before anything else does. Refuses host names that are not ours (a foreign page that made its
 * name point here), names of persons that did not come from the sign-on proxy, and writes that a browser sends from
 * another site or cannot show to come from a page of ours; gives every body a time to arrive in; puts the protective
 * headers on every answer.
 */
@Singleton
final class RequestGuard {
    /** Before CORS (300), authentication (200) and authorisation (100). */
    private static final int FIRST = 500;

    private static final Set<HttpMethod> READS = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    /** An origin and nothing that could end the directive and begin another. */
    private static final Pattern ORIGIN = Pattern.compile("https?://[A-Za-z0-9.\\-\\[\\]:*]+");

    private final Set<String> allowedHosts;
    private final String contentSecurityPolicy;
    private final long bodyMillis;
    private final SignIn signIn;
    private final ProxySignIn proxy;

    RequestGuard(AccessConfig config, SignIn signIn, ProxySignIn proxy) {
        this.allowedHosts = config.allowedHosts().stream()
                .map(host -> host.strip().toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
        this.contentSecurityPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
                + "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors "
                + String.join(" ", frameAncestors(config));
        this.bodyMillis = config.bodyDeadline().toMillis();
        this.signIn = signIn;
        this.proxy = proxy;
    }

    private static List<String> frameAncestors(AccessConfig config) {
        List<String> more = config.frameAncestors().orElse(List.of()).stream()
                .map(String::strip)
                .toList();
        for (String origin : more) {
            if (!ORIGIN.matcher(origin).matches()) {
                throw new ConfigurationException(
                        "The artifact service does not start: " + origin
                                + " in SIGNALWRIGHT_ACCESS_FRAME_ANCESTORS is no origin. Write it like https://airflow.example.");
            }
        }
        return Stream.concat(Stream.of("'self'"), more.stream()).toList();
    }

    void register(@Observes Filters filters) {
        filters.register(this::guard, FIRST);
    }

    private void guard(RoutingContext context) {
        HttpServerRequest request = context.request();
        protect(context.response().headers(), request.path());
        boolean writes = !READS.contains(request.method());
        if (!isOurs(request)) {
            refuse(
                    context,
                    421,
                    "This service does not answer under that host name. Add the name to"
                            + " SIGNALWRIGHT_ACCESS_ALLOWED_HOSTS if it is yours.");
        } else if (proxy.read(request) instanceof ProxySignIn.Finding.Refused(String sentence)) {
            refuse(context, 403, sentence);
        } else if (writes && isFromAnotherSite(request)) {
            refuse(context, 403, "This change was sent from a page of another site and was not made.");
        } else if (writes && comesByItself(request) && showsNoPage(request)) {
            refuse(
                    context,
                    403,
                    "This change does not say which page sent it and was not made. A program sends a token, not a"
                            + " browser's session.");
        } else {
            if (writes) {
                awaitBody(context);
            }
            context.next();
        }
    }

    /** A body that drips in for ever holds nothing: its connection is closed. */
    private void awaitBody(RoutingContext context) {
        HttpServerRequest request = context.request();
        long timer = context.vertx().setTimer(bodyMillis, late -> {
            if (!request.isEnded()) {
                request.connection().close();
            }
        });
        context.addEndHandler(done -> context.vertx().cancelTimer(timer));
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

    /** Whether the browser adds who asks by itself, whatever page made it ask. */
    private boolean comesByItself(HttpServerRequest request) {
        return request.getHeader(HttpHeaders.AUTHORIZATION) == null
                && (signIn.session(request).isPresent() || proxy.read(request) instanceof ProxySignIn.Finding.Person);
    }

    private static boolean showsNoPage(HttpServerRequest request) {
        return request.getHeader("Sec-Fetch-Site") == null && request.getHeader("Origin") == null;
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
