package dev.signalwright.worker.tws.host;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;

/**
 * When the last messages went out: as many moments as may go out in a second, in microseconds since 1970, in no order.
 * A moment that lies in the future was written before the clock was set back and does not count.
 */
final class MessageLedger {
    /** A gateway takes 50 a second; the rest covers the way from the entry here to the gateway. */
    static final int MESSAGES = 45;
    /** Kept free for orders and cancellations. */
    static final int FOR_ORDERS = 10;

    private static final Duration WINDOW = Duration.ofSeconds(1);

    private MessageLedger() {}

    static Wait enter(FileChannel file, boolean order, Instant now) throws IOException {
        long nowMicros = micros(now);
        long windowMicros = WINDOW.toNanos() / 1000;
        ByteBuffer bytes = ByteBuffer.allocate(MESSAGES * Long.BYTES);
        file.read(bytes, 0);
        long[] sent = new long[MESSAGES];
        bytes.clear().asLongBuffer().get(sent);
        for (int i = 0; i < sent.length; i++) {
            boolean counts = sent[i] <= nowMicros && sent[i] > nowMicros - windowMicros;
            sent[i] = counts ? sent[i] : 0;
        }
        Arrays.sort(sent);
        int most = order ? MESSAGES : MESSAGES - FOR_ORDERS;
        // With the newest at the end, the one that must have left the window first is "most" places before the end.
        long blocking = sent[MESSAGES - most];
        if (blocking > 0) {
            long left = blocking + windowMicros - nowMicros;
            return new Wait(
                    Duration.of(Math.max(1, left), ChronoUnit.MICROS),
                    MESSAGES + " messages a second are shared by all workers of this host");
        }
        sent[0] = nowMicros;
        bytes.clear().asLongBuffer().put(sent);
        file.write(bytes.clear(), 0);
        return Wait.NONE;
    }

    static long micros(Instant moment) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, moment);
    }
}
