package dev.signalwright.worker.tws.message;

import java.nio.charset.StandardCharsets;

/** Messages as readable text: {@code |} stands for the NUL byte that ends a field. */
final class Transcript {
    private Transcript() {}

    static byte[] bytes(String line) {
        return line.replace('|', '\0').getBytes(StandardCharsets.UTF_8);
    }

    static String text(byte[] payload) {
        return new String(payload, StandardCharsets.UTF_8).replace('\0', '|');
    }
}
