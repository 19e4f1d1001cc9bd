package dev.signalwright.worker.spool;

/**
 * When the spool says no.
 *
 * @param mostBytes waiting and quarantined records together
 * @param leastFreeBytes what must stay free on the disk
 */
public record SpoolLimits(long mostBytes, long leastFreeBytes) {
    /** 2 GiB of records, 500 MiB free. */
    public static final SpoolLimits STANDARD = new SpoolLimits(2L << 30, 500L << 20);
}
