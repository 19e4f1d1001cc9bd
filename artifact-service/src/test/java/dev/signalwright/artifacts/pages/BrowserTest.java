package dev.signalwright.artifacts.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.LoadState;
import dev.signalwright.artifacts.access.TokenHome;
import dev.signalwright.artifacts.testing.TestDatabase;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A real browser reads real pages of a real service. */
@QuarkusTest
@WithTestResource(TokenHome.class)
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrowserTest {
    private static final int PHONE = 390;
    private static final int DESK = 1280;

    @TestHTTPResource("/")
    URI service;

    private Chromium chromium;
    private Map<String, String> pages;

    /** What the browser complained about: blocked content, script errors. */
    private final List<String> complaints = new ArrayList<>();

    @BeforeAll
    void seed() {
        pages = new TreeMap<>(new Showcase(service, TokenHome.WORKER, Path.of("../deploy/bars")).fill());
        pages.put("executions", "/executions");
        pages.put("executions_of_old_clients", "/executions?state=unknown");
        pages.put("artifacts", "/artifacts");
        pages.put("artifacts_found", "/artifacts?q=supertrend&type=llm");
        pages.put("artifacts_not_found", "/artifacts?q=zebra%20%3Cb%3E&symbol=AAPL");
        pages.put("artifacts_no_word", "/artifacts?q=the");
        pages.put("not_found", "/artifacts/00000000-0000-0000-0000-000000000000");
        chromium = new Chromium();
    }

    @AfterAll
    void closeBrowser() {
        chromium.close();
    }

    @Test
    void aPersonLogsInAndWalksFromTheRunToItsChart() {
        try (BrowserContext context = context(DESK, ColorScheme.LIGHT)) {
            Page page = context.newPage();
            page.navigate(service.resolve("/artifacts?type=chart").toString());
            assertTrue(page.url().contains("/login?to="), page.url());
            logIn(page);
            assertTrue(page.url().endsWith("/artifacts?type=chart"), page.url());
            page.getByRole(AriaRole.LINK, named("Manual run, session of Thu 20 Sep 2012"))
                    .first()
                    .click();
            page.locator(".thumbs a").first().click();
            Locator chart = page.locator("figure img");
            chart.waitFor();
            page.waitForLoadState(LoadState.LOAD);
            assertEquals(1920, chart.evaluate("image => image.naturalWidth"));
            page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Log out"))
                    .click();
            page.navigate(service.resolve("/executions").toString());
            assertTrue(page.url().contains("/login"), page.url());
        }
        assertEquals(List.of(), complaints);
    }

    @Test
    void everyPageIsAccessibleFitsAPhoneAndKeepsThePolicyInLightAndDark() throws IOException {
        String axe = resource("/axe/axe.min.js");
        List<String> faults = new ArrayList<>();
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            for (int width : new int[] {DESK, PHONE}) {
                try (BrowserContext context = context(width, scheme)) {
                    Page page = context.newPage();
                    page.navigate(service.resolve("/login").toString());
                    logIn(page);
                    pages.forEach((kind, path) -> {
                        page.navigate(service.resolve(path).toString());
                        String where = kind + ", " + scheme + ", " + width + ": ";
                        violations(page, axe).forEach(violation -> faults.add(where + violation));
                        int overflow = (int) page.evaluate(
                                "() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
                        if (overflow > 0) {
                            faults.add(where + "scrolls sideways by " + overflow + " px");
                        }
                    });
                }
            }
        }
        faults.addAll(complaints);
        assertEquals(List.of(), faults);
    }

    /** Axe runs in the debugger's own world, which the page's policy does not bind. */
    @SuppressWarnings("unchecked") // what the script returns
    private static List<String> violations(Page page, String axe) {
        page.evaluate(axe);
        return (List<String>) page.evaluate("""
                () => axe.run().then(result => result.violations.map(
                    violation => violation.id + ": " + violation.nodes.map(node => node.html.slice(0, 160)).join(" | ")))""");
    }

    private BrowserContext context(int width, ColorScheme scheme) {
        BrowserContext context = chromium.browser()
                .newContext(new Browser.NewContextOptions()
                        .setViewportSize(width, 900)
                        .setColorScheme(scheme));
        context.onConsoleMessage(message -> {
            boolean ofThePage = !message.text().contains("404 (Not Found)");
            if (message.type().equals("error") && ofThePage) {
                complaints.add(message.page().url() + ": " + message.text());
            }
        });
        context.onWebError(error -> complaints.add(error.error()));
        return context;
    }

    private static void logIn(Page page) {
        page.getByLabel("Token").fill(TokenHome.VIEWER);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Log in"))
                .click();
        page.waitForURL(url -> !url.contains("/login"));
    }

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name);
    }

    private static String resource(String name) throws IOException {
        try (InputStream file = BrowserTest.class.getResourceAsStream(name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
