package dev.signalwright.worker.cli;

import dev.signalwright.worker.task.Outcome;

/** How the process ends; the same table as {@code docs/exit-codes.csv}, which the operator reads. */
enum ExitCode {
    /** The work is done, perhaps degraded. */
    DONE(0),
    /** A bug. */
    BUG(1),
    /** Wrong arguments or environment. */
    USAGE(2),
    /** It cannot be done, now or later. */
    REFUSED(65),
    /** Another try may succeed. */
    TRY_AGAIN(75),
    /** There was nothing to do. */
    SKIPPED(99);

    /** Ended from outside; what a shell reports for SIGTERM. */
    static final int TERMINATED = 143;

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    static ExitCode of(Outcome outcome) {
        return switch (outcome) {
            case DONE -> DONE;
            case SKIPPED -> SKIPPED;
            case REFUSED -> REFUSED;
            case TRY_AGAIN -> TRY_AGAIN;
            case FAILED -> BUG;
        };
    }
}
