package dev.signalwright.worker.tws;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a ticker stands for: either a contract number or a listing.
 *
 * @param conid the gateway's contract number; 0 when it is pinned by its listing
 * @param primaryExchange where it is listed, for example {@code NASDAQ}; empty when pinned by number
 * @param currency ISO code; empty when pinned by number
 */
public record ContractPin(int conid, String primaryExchange, String currency) {
    private static final Pattern PIN = Pattern.compile(
            "(?<symbol>[A-Z][A-Z0-9.\\- ]{0,14})=(?:(?<conid>[1-9]\\d{0,8})|(?<exchange>[A-Z0-9.]{1,16})/(?<currency>[A-Z]{3}))");

    /**
     * Reads {@code AAPL=265598,BMW=IBIS/EUR}.
     *
     * @throws IllegalArgumentException one sentence about the first part that is neither
     */
    public static Map<String, ContractPin> read(String text) {
        Map<String, ContractPin> pins = new TreeMap<>();
        for (String part : text.split(",", -1)) {
            if (part.isBlank()) {
                continue;
            }
            Matcher found = PIN.matcher(part.strip());
            if (!found.matches()) {
                throw new IllegalArgumentException("\"" + part.strip()
                        + "\" is neither SYMBOL=contract number nor SYMBOL=EXCHANGE/CURRENCY, such as AAPL=265598 or"
                        + " BMW=IBIS/EUR");
            }
            String conid = found.group("conid");
            pins.put(
                    found.group("symbol"),
                    conid == null
                            ? new ContractPin(0, found.group("exchange"), found.group("currency"))
                            : new ContractPin(Integer.parseInt(conid), "", ""));
        }
        return pins;
    }
}
