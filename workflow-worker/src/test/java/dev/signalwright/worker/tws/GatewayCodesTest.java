package dev.signalwright.worker.tws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.signalwright.worker.broker.BrokerException;
import dev.signalwright.worker.broker.BrokerException.Kind;
import dev.signalwright.worker.tws.message.ServerMessage.ErrMsg;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GatewayCodesTest {
    /** As collected from the maker's documentation and from reports of users. */
    private static final String ALL = """
            1100 1101 1102 1300 2110 2103 2105 2157 2104 2106 2158 2107 2108 2119 2100 2101 2109 2102
            2137 2150 2152 2168 2169 2174 2176 326 501 502 503 504 505 506 507 509 100 101 102 386 300 366
            162 165 166 200 203 320 321 322 354 420 430 10089 10090 10091 10167 10168 10186 10182 10225
            10187 10189 10197 10285 10314 10330 10339 103 104 105 106 107 109 163 164 382 383 110 111 113 387
            116 412 460 133 134 135 136 161 10147 10148 201 202 399 404 388 434 435 436 413 414 481 492
            10006 10015 10149 10243 10244 10245 10246 10247 10248 10249 10250 10251 10252 10268 10269 10270
            10289 10290 10293 10341 10311 10329 10331 10333 10349""";

    private final GatewayCodes codes = GatewayCodes.bundled();

    @Test
    void putsAdviceBeforeTheGatewaysWords() {
        BrokerException failure = codes.exception(
                "The bars could not be read", new ErrMsg(1, 162, "No market data permissions for NYSE"));
        assertEquals(BrokerException.Kind.NO_PERMISSION, failure.kind());
        assertEquals(162, failure.code());
        assertTrue(
                failure.getMessage().startsWith("The bars could not be read. The account has no"),
                failure.getMessage());
        assertTrue(failure.getMessage().endsWith("(code 162): No market data permissions for NYSE"));
    }

    @Test
    void takesUnlistedNoticesForInformationAndOtherUnlistedCodesForErrors() {
        assertEquals(
                GatewayCodes.Meaning.INFO, codes.of(new ErrMsg(-1, 2187, "new")).meaning());
        assertEquals(
                GatewayCodes.Meaning.ERROR, codes.of(new ErrMsg(7, 9999, "new")).meaning());
    }

    @Test
    void knowsEveryCodeOfTheGatewaysCatalogue() {
        List<Integer> missing = ALL.lines()
                .flatMap(line -> Arrays.stream(line.strip().split(" ", -1)))
                .map(Integer::valueOf)
                .filter(code -> !codes.listed().contains(code))
                .toList();
        assertEquals(List.of(), missing);
    }

    @Test
    void givesFiveTroublesFiveKindsAndFiveSentences() {
        Map<Kind, String> sentences = new EnumMap<>(Kind.class);
        for (ErrMsg error : List.of(
                new ErrMsg(1, 162, "Historical Market Data Service error message:HMDS query returned no data: AAPL"),
                new ErrMsg(1, 354, "Requested market data is not subscribed."),
                new ErrMsg(
                        1,
                        162,
                        "Historical Market Data Service error message:Historical data request pacing violation"),
                new ErrMsg(1, 10197, "No market data during competing live session"))) {
            BrokerException failure = codes.exception("The bars could not be read", error);
            sentences.put(failure.kind(), codes.of(error).advice());
        }
        assertEquals(Set.of(Kind.NO_DATA, Kind.NO_PERMISSION, Kind.PACING, Kind.COMPETING_SESSION), sentences.keySet());
        assertEquals(4, Set.copyOf(sentences.values()).size(), "two troubles read the same: " + sentences);
        // The fifth, TIMED_OUT, has no code: TwsSessionTest.
    }

    @Test
    void advisesSomethingForEveryTroubleAPersonMayMeet() {
        for (int code : codes.listed()) {
            GatewayCodes.Entry entry = codes.of(new ErrMsg(1, code, ""));
            if (entry.meaning() == GatewayCodes.Meaning.ERROR) {
                assertTrue(entry.advice().endsWith("."), code + " has no advice");
            }
        }
    }

    @Test
    void isDocumentedForTheUser() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "ibkr.md"));
        List<Integer> missing = codes.listed().stream()
                .filter(code -> codes.of(new ErrMsg(1, code, "")).meaning() != GatewayCodes.Meaning.INFO)
                .filter(code -> !page.matches("(?s).*\\b" + code + "\\b.*"))
                .toList();
        assertEquals(List.of(), missing, "codes without a line in docs/ibkr.md");
        for (Kind kind : Kind.values()) {
            assertTrue(page.contains("`" + kind + "`"), kind + " is not in docs/ibkr.md");
        }
    }
}
