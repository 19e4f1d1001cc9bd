package dev.signalwright.worker.clientportal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.signalwright.worker.broker.BrokerException;
import dev.signalwright.worker.broker.BrokerException.Kind;
import dev.signalwright.worker.broker.GatewayIdentity.AccountKind;
import dev.signalwright.worker.platform.Deadline;
import dev.signalwright.worker.platform.Json;
import dev.signalwright.worker.platform.Sleeper;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The beginning of a session. A person has logged in at the gateway by browser; on top of that login stands the
 * brokerage session, of which there is one per user name over all of Interactive Brokers' programs. It is opened once
 * when it is not there, never by pushing another one aside, and waited for, at most 30 s and never beyond the deadline.
 *
 * @param accounts as reported, at least one
 * @param selected the account that the gateway's order calls are about; empty when it does not say
 */
record PortalLogin(List<String> accounts, AccountKind kind, Optional<String> selected) {
    private static final String WHAT = "The session could not be opened";
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    static PortalLogin perform(PortalLink link, Deadline until, Sleeper sleeper) {
        new Opening(link, until, sleeper).perform();
        PortalAnswer answer = link.get(
                WHAT, "/iserver/accounts", until.atMost(link.address().answer()).left());
        return identify(link, answer.good(WHAT));
    }

    /** Looks at the state until it is good, opening the brokerage session at most once. */
    private static final class Opening {
        private final PortalLink link;
        private final Deadline until;
        private final Sleeper sleeper;
        private boolean get;
        private boolean opened;

        Opening(PortalLink link, Deadline until, Sleeper sleeper) {
            this.link = link;
            this.until = until.atMost(LONGEST_WAIT);
            this.sleeper = sleeper;
        }

        void perform() {
            for (JsonNode status = status(); !open(status); status = status()) {
                if (until.left().compareTo(BETWEEN_LOOKS) <= 0) {
                    throw tooLate(status);
                }
                if (!opened) {
                    opened = true;
                    wake(status.path("connected").asBoolean());
                }
                pause();
            }
        }

        /** Newer gateways want POST, some only GET. */
        private JsonNode status() {
            String path = "/iserver/auth/status";
            PortalAnswer answer = get ? link.get(WHAT, path, patience()) : post(path, "{}");
            if (!get && (answer.status() == 404 || answer.status() == 405)) {
                get = true;
                answer = link.get(WHAT, path, patience());
            }
            JsonNode status = answer.good(WHAT);
            if (!status.path("authenticated").isBoolean()) {
                throw Cells.missing("authenticated");
            }
            return status;
        }

        private static boolean open(JsonNode status) {
            if (status.path("competing").asBoolean()) {
                throw new BrokerException(
                        Kind.COMPETING_SESSION,
                        WHAT + ": the same user name is logged in to TWS, IB Gateway, the mobile app or another"
                                + " portal, and there is one session per user name. Log out there, or give this"
                                + " program a user name of its own; nobody is pushed aside from here.");
            }
            return status.path("authenticated").asBoolean()
                    && status.path("connected").asBoolean(true)
                    && status.path("established").asBoolean(true);
        }

        /** Without a connection to Interactive Brokers a tickle wakes the gateway; with one the session is opened. */
        private void wake(boolean connected) {
            PortalAnswer answer = connected
                    ? post("/iserver/auth/ssodh/init", "{\"publish\":true,\"compete\":false}")
                    : post("/tickle", "{}");
            if (!answer.ok() && answer.status() != 500) {
                throw answer.trouble(WHAT); // 500 is said while it is still opening; the next look tells
            }
            opened = connected;
        }

        private PortalAnswer post(String path, String body) {
            try {
                return link.post(WHAT, path, Json.MAPPER.readTree(body), patience());
            } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
                throw new IllegalStateException("Not JSON: " + body, e);
            }
        }

        private Duration patience() {
            return until.atMost(link.address().answer()).left();
        }

        private void pause() {
            try {
                sleeper.sleep(BETWEEN_LOOKS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new BrokerException(Kind.SILENT, "The task was told to stop while it waited.");
            }
        }

        private static BrokerException tooLate(JsonNode status) {
            String says = Cells.text(status, "fail", "message")
                    .map(text -> " The gateway says: " + PortalAnswer.quote(text))
                    .orElse("");
            return status.path("connected").asBoolean()
                    ? new BrokerException(
                            Kind.LOGIN_NEEDED,
                            WHAT + ": the gateway is connected, but nobody is logged in. Open its address in a browser"
                                    + " on its machine and log in; it is needed once a day." + says)
                    : new BrokerException(
                            Kind.DISCONNECTED,
                            WHAT + ": the gateway has no connection to Interactive Brokers. Look at its window; around"
                                    + " midnight their servers restart." + says);
        }
    }

    private static PortalLogin identify(PortalLink link, JsonNode body) {
        List<String> accounts = new ArrayList<>();
        for (JsonNode one : body.path("accounts")) {
            String account = one.asText();
            if (!account.matches("[A-Za-z0-9]{2,32}")) {
                throw Cells.garbled("an account is called '" + PortalAnswer.quote(account) + "'");
            }
            if (!account.equals("All")) { // stands for all accounts of a login together
                accounts.add(account);
            }
        }
        if (accounts.isEmpty()) {
            throw Cells.missing("accounts");
        }
        AccountKind kind = kind(accounts);
        JsonNode paper = body.path("isPaper");
        if (kind == AccountKind.SIMULATED || (paper.isBoolean() && paper.asBoolean() != (kind == AccountKind.PAPER))) {
            throw new BrokerException(
                    Kind.WRONG_GATEWAY,
                    "The gateway at " + link.address().origin() + " contradicts itself: its accounts are " + accounts
                            + " and it says " + (paper.isBoolean() ? "isPaper=" + paper.asBoolean() : "nothing more")
                            + ". Nothing is read from it or ordered there; check IBKR_HOST and IBKR_PORT.");
        }
        return new PortalLogin(List.copyOf(accounts), kind, Cells.text(body, "selectedAccount"));
    }

    /** One live account makes the login a live one. A simulated account has no business behind this gateway. */
    private static AccountKind kind(List<String> accounts) {
        if (accounts.stream().anyMatch(account -> account.startsWith("SIM"))) {
            return AccountKind.SIMULATED;
        }
        return accounts.stream().allMatch(account -> account.startsWith("DU") || account.startsWith("DF"))
                ? AccountKind.PAPER
                : AccountKind.LIVE;
    }
}
