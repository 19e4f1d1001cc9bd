package dev.signalwright.artifacts.order;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What one decision may lead to at most once. Its hash names the intent, and its reference the broker's order. */
record Slot(String text) {
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int REFERENCE_LETTERS = 24;
    private static final int BITS_A_LETTER = 5;

    String sha256() {
        return HexFormat.of().formatHex(hash());
    }

    /** {@code sw1-} and the first 24 lower-case base32 letters (RFC 4648) of the hash. */
    String orderRef() {
        StringBuilder reference = new StringBuilder("sw1-");
        byte[] hash = hash();
        for (int letter = 0; letter < REFERENCE_LETTERS; letter++) {
            int first = letter * BITS_A_LETTER;
            int pair = ((hash[first / 8] & 0xff) << 8) | (hash[first / 8 + 1] & 0xff);
            reference.append(ALPHABET.charAt((pair >> (16 - BITS_A_LETTER - first % 8)) & 0x1f));
        }
        return reference.toString();
    }

    private byte[] hash() {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256.", e);
        }
    }
}
