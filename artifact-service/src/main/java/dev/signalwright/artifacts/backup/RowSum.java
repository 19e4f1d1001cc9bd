package dev.signalwright.artifacts.backup;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What goes through it: count and SHA-256 of the bytes, count of the rows, and the sum of the rows' SHA-256 modulo
 * 2^256. The sum does not depend on the order of rows, which no database promises. A row ends with a line feed: COPY writes those
 * inside values as two characters. Not for several threads.
 */
final class RowSum extends OutputStream {
    private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(256);

    private final OutputStream out;
    private final MessageDigest whole = sha256();
    private final MessageDigest row = sha256();
    private BigInteger sum = BigInteger.ZERO;
    private long bytes;
    private long rows;

    RowSum(OutputStream out) {
        this.out = out;
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("This Java runtime has no SHA-256.", impossible);
        }
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] buffer, int from, int length) throws IOException {
        out.write(buffer, from, length);
        whole.update(buffer, from, length);
        bytes += length;
        int start = from;
        for (int i = from; i < from + length; i++) {
            if (buffer[i] == '\n') {
                row.update(buffer, start, i + 1 - start);
                sum = sum.add(new BigInteger(1, row.digest())).mod(MODULUS);
                rows++;
                start = i + 1;
            }
        }
        row.update(buffer, start, from + length - start);
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    long bytes() {
        return bytes;
    }

    long rows() {
        return rows;
    }

    /** Ends the count. */
    String sha256Hex() {
        return HexFormat.of().formatHex(whole.digest());
    }

    String rowsSum() {
        return String.format("%064x", sum);
    }
}
