package dev.signalwright.artifacts.pages;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import dev.signalwright.artifacts.access.TokenHome;
import dev.signalwright.artifacts.testing.TestDatabase;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** Pages that follow what happens, and what they leave alone while they do. */
@QuarkusTest
@WithTestResource(TokenHome.class)
@WithTestResource(value = TestDatabase.class, scope = TestResourceScope.GLOBAL)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class LivePagesTest extends LiveRun {
    @Test
    void aRunPageShowsWhatItsRunDoesWithoutBeingLoadedAgain() throws Exception {
        page.navigate(runPage());
        listening(1);
        mark();
        Locator link = page.locator("main a[href^='/artifacts/']").first();
        String inUse = link.getAttribute("href");
        link.focus();
        page.evaluate("scrollTo(0, 60)");
        assertThat(page.getByText("Bars of 3 symbols")).hasCount(0);
        result("fetch_market_data", "Bars of 3 symbols");
        assertThat(page.getByText("Bars of 3 symbols").first()).isVisible();
        assertNotReloaded();
        assertTrue(((Number) page.evaluate("scrollY")).doubleValue() > 0, "it jumped to its top");
        assertEquals(inUse, page.evaluate("document.activeElement.getAttribute('href')"));
        assertEquals(List.of(), complaints);
    }

    @Test
    void theListOfRunsTakesInANewRunAboveTheOneInUse() throws Exception {
        page.navigate(service.resolve("/executions").toString());
        listening(1);
        mark();
        Locator first = page.locator("tbody a").first();
        String inUse = first.getAttribute("href");
        first.focus();
        run = "manual__2026-11-25T15:00:00+00:00_" + UUID.randomUUID();
        result("preflight", "The gateway answers");
        assertThat(page.locator("tbody a").first()).not().hasAttribute("href", inUse);
        assertTrue(runPage().endsWith(page.locator("tbody a").first().getAttribute("href")));
        assertEquals(inUse, page.evaluate("document.activeElement.getAttribute('href')"));
        assertNotReloaded();
        assertEquals(List.of(), complaints);
    }

    @Test
    void whatDidNotChangeStaysTheSameNodeAndFoldsStayAsThePersonLeftThem() throws Exception {
        page.navigate(runPage());
        Object kept = page.evaluate("""
                () => {
                  const part = html => new DOMParser().parseFromString(html, "text/html").body;
                  const old = part(`<details><summary>More</summary><p>one</p></details><img src="/a"><ul><li><a href="/1">1</a></li></ul>`);
                  const [fold, picture, entry] = ["details", "img", "li"].map(name => old.querySelector(name));
                  fold.open = true;
                  merge(old, part(`<details><summary>More</summary><p>two</p></details><img src="/a"><ul><li><a href="/0">0</a></li><li><a href="/1">one</a></li></ul>`));
                  return [fold.open, fold.textContent, picture === old.querySelector("img"),
                      entry === old.querySelector("li:last-child"), old.querySelector("ul").textContent].join();
                }""");
        assertEquals("true,Moretwo,true,true,0one", kept);
    }

    @Test
    void howeverMuchHappensThePageIsFetchedOnceASecond() throws Exception {
        page.navigate(runPage());
        listening(1);
        String path = URI.create(page.url()).getPath();
        AtomicInteger fetched = new AtomicInteger();
        page.onRequest((Request request) -> {
            if (URI.create(request.url()).getPath().equals(path)) {
                fetched.incrementAndGet();
            }
        });
        long start = System.nanoTime();
        int sent = 0;
        while (Duration.ofNanos(System.nanoTime() - start).toSeconds() < 3) {
            result("task_" + sent++, "Done " + sent);
        }
        assertThat(page.getByRole(AriaRole.LINK, named("All " + (sent + 1)))).isVisible();
        double seconds = (System.nanoTime() - start) / 1e9;
        assertTrue(sent > 20, "sent " + sent);
        assertTrue(fetched.get() >= 2 && fetched.get() <= seconds + 2, fetched + " in " + seconds + " s");
    }

    @Test
    void aPageThatNobodySeesListensToNobodyAndCatchesUpWhenItIsSeen() throws Exception {
        page.navigate(runPage());
        listening(1);
        show(false);
        listening(0);
        result("fetch_market_data", "Bars of 3 symbols");
        assertEquals(0, page.getByText("Bars of 3 symbols").count());
        show(true);
        assertThat(page.getByText("Bars of 3 symbols").first()).isVisible();
        listening(1);
    }

    private void show(boolean visible) {
        page.evaluate("""
                visible => {
                  Object.defineProperty(document, "hidden", { value: !visible, configurable: true });
                  document.dispatchEvent(new Event("visibilitychange"));
                }""", visible);
    }

    @Test
    void aLostConnectionIsSaidAndTheWordsGoWhenItIsBack() throws Exception {
        String events = "**/api/events**";
        page.route(events, route -> route.abort());
        page.navigate(runPage());
        Locator words = page.getByRole(AriaRole.STATUS);
        assertThat(words).containsText("The connection is lost. This is what was known at");
        page.unroute(events);
        assertThat(words).isHidden(new LocatorAssertions.IsHiddenOptions().setTimeout(20_000));
    }

    @Test
    void aPersonWhoseSessionEndsIsToldAndKeepsThePage() throws Exception {
        page.navigate(runPage());
        listening(1);
        context.clearCookies();
        result("fetch_market_data", "Bars of 3 symbols");
        assertThat(page.getByRole(AriaRole.STATUS)).containsText("You are logged out. This is what was known at");
        assertThat(page.getByText("The gateway answers").first()).isVisible();
        listening(0);
    }

    @Test
    void withoutScriptTheRunPageIsWholeAndTheSearchWorks() throws Exception {
        context.close();
        open(new Browser.NewContextOptions().setJavaScriptEnabled(false));
        page.navigate(runPage());
        assertThat(page.getByText("The gateway answers").first()).isVisible();
        assertFalse(page.getByText("connection is lost").isVisible());
        page.navigate(service.resolve("/artifacts").toString());
        page.getByLabel("Words").fill("nothing" + UUID.randomUUID().toString().replaceAll("[^a-f]", ""));
        page.getByLabel("Words").press("Enter");
        assertThat(page.getByRole(AriaRole.STATUS)).containsText("try fewer or other words");
        nobodyListens();
    }

    @Test
    void wordsFindArtifactsByKeyboardAloneAndStayInTheBox() throws Exception {
        String word = "zebra" + UUID.randomUUID().toString().replaceAll("[^a-f]", "");
        String found = post(JSON.createObjectNode()
                        .put("name", "n")
                        .put("type", "llm")
                        .put("symbol", "AAPL")
                        .put("prompt", "A " + word + " crossed <b>up</b>")
                        .put("dag_id", DAG)
                        .put("execution_id", run))
                .path("id")
                .asText();
        String search = "/api/artifacts?q=" + word;
        for (int tries = 0;
                ask(HttpRequest.newBuilder(service.resolve(search)))
                        .path("artifacts")
                        .isEmpty();
                tries++) {
            assertTrue(tries < 1_000, "not found: " + word);
            page.waitForTimeout(10);
        }
        page.navigate(service.resolve("/artifacts").toString());
        page.getByLabel("Words").focus();
        page.keyboard().type(word + " -\"not this\"");
        page.keyboard().press("Enter");
        page.waitForURL(url -> url.contains("q=" + word));
        assertThat(page.getByLabel("Words")).hasValue(word + " -\"not this\"");
        assertThat(page.locator("main a[href='/artifacts/" + found + "']")).hasCount(1);
        assertThat(page.locator("main a[href^='/artifacts/']")).hasCount(1);
        page.getByLabel("Symbol").fill("MSFT");
        page.getByLabel("Symbol").press("Enter");
        assertThat(page.getByRole(AriaRole.STATUS)).containsText("No artifact holds “" + word);
        page.getByRole(AriaRole.LINK, named("leave the words out")).click();
        assertTrue(page.url().endsWith("/artifacts?symbol=MSFT"), page.url());
        page.getByLabel("Symbol").fill("");
        page.getByLabel("Words").fill("the");
        page.getByLabel("Words").press("Enter");
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("no word to search by");
        assertThat(page.getByLabel("Words")).hasValue("the");
        assertEquals(List.of(), complaints);
    }
}
