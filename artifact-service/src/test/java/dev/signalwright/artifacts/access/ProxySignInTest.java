package dev.signalwright.artifacts.access;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signalwright.artifacts.testing.TestDatabase;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Single sign-on by headers, seen from the proxy's address and from a stranger's. */
@QuarkusTest
@WithTestResource(TokenHome.class)
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
class ProxySignInTest {
    private static final String ALICE = "X-Forwarded-User: alice@example";

    @TestHTTPResource("/")
    URI service;

    private int status(String from, String method, String... headers) throws IOException {
        return new RawHttp(service, from)
                .ask(method, "/api/artifacts/" + Endpoints.ANY_ID, headers)
                .status();
    }

    @Test
    void aPersonWhomTheProxyNamesMayWhatTheRolesFileSays() throws IOException {
        assertEquals(404, status(TokenHome.PROXY, "GET", ALICE));
        String ours = "Origin: http://localhost:" + service.getPort();
        assertEquals(403, status(TokenHome.PROXY, "DELETE", ALICE, ours));
        assertEquals(404, status(TokenHome.PROXY, "DELETE", "X-Forwarded-User: root@example", ours));
        assertEquals(403, status(TokenHome.PROXY, "DELETE", ALICE, "X-Forwarded-Groups: desk, others", ours));
    }

    @Test
    void theSameHeaderFromAnywhereElseIsRefused() throws IOException {
        assertEquals(403, status("127.0.0.1", "GET", ALICE));
        assertEquals(403, status("127.0.0.8", "GET", "x-forwarded-user: root@example"));
        assertEquals(403, status("127.0.0.1", "GET", "X-Forwarded-Groups: operator"));
        // What it claims about its own address changes nothing.
        assertEquals(403, status("127.0.0.1", "GET", ALICE, "X-Forwarded-For: " + TokenHome.PROXY));
        assertEquals(403, status("127.0.0.1", "GET", ALICE, "Forwarded: for=" + TokenHome.PROXY));
        assertEquals(403, status("127.0.0.1", "GET", ALICE, RawHttp.bearer(TokenHome.OPERATOR)));
    }

    @Test
    void aProxyThatPassesOnWhatCameFromOutsideIsNotBelieved() throws IOException {
        assertEquals(403, status(TokenHome.PROXY, "GET", ALICE, "X-Forwarded-User: root@example"));
        assertEquals(403, status(TokenHome.PROXY, "GET", "X-Forwarded-User: alice, root@example"));
        assertEquals(403, status(TokenHome.PROXY, "GET", "X-Forwarded-User: <script>"));
    }

    @Test
    void whomTheProxyDoesNotNameIsNobody() throws IOException {
        assertEquals(401, status(TokenHome.PROXY, "GET"));
        assertEquals(401, status(TokenHome.PROXY, "GET", "X-Forwarded-User: "));
    }

    @Test
    void aChangeThroughTheProxyMustShowThatItComesFromAPageOfOurs() throws IOException {
        assertEquals(403, status(TokenHome.PROXY, "DELETE", "X-Forwarded-User: root@example"));
        assertEquals(
                403, status(TokenHome.PROXY, "DELETE", "X-Forwarded-User: root@example", "Sec-Fetch-Site: cross-site"));
    }

    @Test
    void wrongTokensAreCountedForTheAddressBehindTheProxy() throws IOException {
        String form = "token=wrong";
        String type = "Content-Type: application/x-www-form-urlencoded";
        String length = "Content-Length: " + form.length();
        for (int i = 0; i < 11; i++) {
            // What stands before the last address, the sender may have made up.
            String path = "X-Forwarded-For: 203.0.113." + i + ", 198.51.100.1";
            int status = new RawHttp(service, TokenHome.PROXY)
                    .send("POST", "/login", form, type, length, path)
                    .status();
            assertEquals(i < 10 ? 403 : 429, status);
        }
        String other = "X-Forwarded-For: 198.51.100.2";
        assertEquals(
                403,
                new RawHttp(service, TokenHome.PROXY)
                        .send("POST", "/login", form, type, length, other)
                        .status());
    }

    @Test
    void theProxysPageShowsThePerson() throws IOException {
        String page = new RawHttp(service, TokenHome.PROXY)
                .ask("GET", "/executions", ALICE, "Accept: text/html")
                .body();
        assertTrue(page.contains("sso:alice@example"), page);
    }

    @Test
    void networksAreReadAsTheyAreWritten() {
        for (String wrong : List.of("10.0.0.0/33", "proxy.example", "10.0.0.0/x", "")) {
            AccessConfig config = new ProxyConfig(List.of(wrong), Optional.empty());
            assertThrows(ConfigurationException.class, () -> new TrustedProxies(config), wrong);
        }
        AccessConfig nobody = new ProxyConfig(List.of(), Optional.of("X-Forwarded-User"));
        assertThrows(ConfigurationException.class, () -> new ProxySignIn(nobody, new TrustedProxies(nobody)));
    }

    /** Settings of the proxies alone. */
    private record ProxyConfig(List<String> proxies, Optional<String> user, FixedAccessConfig rest)
            implements AccessConfig {
        ProxyConfig(List<String> proxies, Optional<String> user) {
            this(proxies, user, new FixedAccessConfig(Path.of("none")));
        }

        @Override
        public Optional<List<String>> trustedProxies() {
            return Optional.of(proxies);
        }

        @Override
        public Optional<String> proxyUserHeader() {
            return user;
        }

        @Override
        public Path home() {
            return rest.home();
        }

        @Override
        public java.util.Set<String> allowedHosts() {
            return rest.allowedHosts();
        }

        @Override
        public Optional<List<String>> frameAncestors() {
            return rest.frameAncestors();
        }

        @Override
        public java.time.Duration sessionLasts() {
            return rest.sessionLasts();
        }

        @Override
        public int loginAttemptsPerMinute() {
            return rest.loginAttemptsPerMinute();
        }

        @Override
        public java.time.Duration tokenRefresh() {
            return rest.tokenRefresh();
        }

        @Override
        public java.time.Duration bodyDeadline() {
            return rest.bodyDeadline();
        }

        @Override
        public MemorySize bodiesAtOnce() {
            return rest.bodiesAtOnce();
        }

        @Override
        public Rate rate() {
            return rest.rate();
        }

        @Override
        public Optional<String> proxyRolesHeader() {
            return rest.proxyRolesHeader();
        }

        @Override
        public Optional<Path> proxyRolesFile() {
            return rest.proxyRolesFile();
        }
    }
}
