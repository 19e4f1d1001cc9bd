package dev.signalwright.worker.order;

import dev.signalwright.worker.settings.Settings.TradingMode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.Locale;

/**
 * One decision slot: at most one order ever belongs to it (contract section 4). No run, no try and no signal is in it,
 * so that whoever decides again for the same session finds the first order.
 *
 * @param account the broker's account number
 * @param mode the trading mode
 * @param strategy {@code STRATEGY}
 * @param conid the broker's contract id
 * @param sessionDate the session the order is for
 */
record Slot(String account, TradingMode mode, String strategy, int conid, LocalDate sessionDate) {
    private static final int NUMBER = 1;
    private static final int REFERENCE_CHARS = 24;
    private static final String BASE32 = "abcdefghijklmnopqrstuvwxyz234567";

    Slot {
        if (account.contains("|") || strategy.contains("|")) {
            throw new IllegalArgumentException("Neither the account nor STRATEGY may contain \"|\".");
        }
    }

    /** The parts joined by {@code |}. */
    String text() {
        return account + "|" + mode.name().toLowerCase(Locale.ROOT) + "|" + strategy + "|" + conid + "|" + sessionDate
                + "|" + NUMBER;
    }

    /** Lower-case hex SHA-256 of {@link #text()}. */
    String sha256() {
        return HexFormat.of().formatHex(hash());
    }

    /** {@code sw1-} and the first 24 characters of the hash in RFC 4648 base32, lower case: 120 bits. */
    String orderRef() {
        byte[] hash = hash();
        StringBuilder reference = new StringBuilder("sw1-");
        for (int i = 0; i < REFERENCE_CHARS; i++) {
            int bit = i * 5;
            int pair = ((hash[bit / 8] & 0xff) << 8) | (hash[bit / 8 + 1] & 0xff);
            reference.append(BASE32.charAt((pair >> (11 - bit % 8)) & 31));
        }
        return reference.toString();
    }

    private byte[] hash() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text().getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every JDK has SHA-256.", impossible);
        }
    }
}
