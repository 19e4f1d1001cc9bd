package dev.signalwright.worker.simulator.market;

import dev.signalwright.worker.tws.message.Contract;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;

/** One stock as the simulator lists it. Known stocks carry their real contract ids; others a stable made-up one. */
public record Listing(String symbol, int conid, String primaryExchange, String tradingClass, String name) {
    public static final BigDecimal MIN_TICK = new BigDecimal("0.01");

    /** Made-up ids lie above the real ones. */
    private static final int MADE_UP_FROM = 2_000_000_000;

    private static final int MADE_UP_COUNT = 100_000_000;
    private static final Map<String, Listing> KNOWN = known();

    public static Listing of(String symbol) {
        String ticker = symbol.toUpperCase(Locale.ROOT);
        Listing known = KNOWN.get(ticker);
        if (known != null) {
            return known;
        }
        CRC32 hash = new CRC32();
        hash.update(ticker.getBytes(StandardCharsets.UTF_8));
        return new Listing(
                ticker, MADE_UP_FROM + (int) (hash.getValue() % MADE_UP_COUNT), "NASDAQ", "NMS", "SIMULATED " + ticker);
    }

    private static Map<String, Listing> known() {
        Map<String, Listing> known = new TreeMap<>();
        for (String[] cells : Table.ofResource("listings.csv").rows()) {
            known.put(cells[0], new Listing(cells[0], Integer.parseInt(cells[1]), cells[2], cells[3], cells[4]));
        }
        return known;
    }

    public Contract contract(String exchange) {
        return Contract.stock(conid, symbol, exchange, symbol, tradingClass);
    }
}
