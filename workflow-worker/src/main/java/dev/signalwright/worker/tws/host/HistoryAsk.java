package dev.signalwright.worker.tws.host;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * One request for bars, as far as the pacing rules look at it.
 *
 * @param contract contract, exchange and kind of price, in any form
 * @param rest what else makes two requests the same
 * @param weight 2 for bid and ask together, else 1
 */
public record HistoryAsk(String contract, String rest, int weight) {
    private static final int KEY_CHARS = 16;

    String contractKey() {
        return key(contract);
    }

    String requestKey() {
        return key(contract + "\n" + rest);
    }

    private static String key(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, KEY_CHARS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }
}
