package dev.signalwright.worker.cli;

import dev.signalwright.worker.log.TaskLog;
import dev.signalwright.worker.platform.Environment;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Ends the process when the parent is gone (end of file on stdin) or asks for it (SIGTERM). Nothing needs saving: what
 * was handed over is on disk already, and an order's state is at the artifact service. So it stops at once instead of
 * waiting for calls that may take longer than the operator waits.
 */
final class LifeLine {
    private final TaskLog log;
    private final AtomicBoolean ending = new AtomicBoolean();

    private LifeLine(TaskLog log) {
        this.log = log;
    }

    /**
     * Watches signals, and stdin when {@code WORKFLOW_LIFELINE} is {@code stdin}. Only the operator sets that: the
     * stdin of a worker started by hand may be closed from the beginning.
     */
    static LifeLine begin(Environment environment, TaskLog log) {
        LifeLine lifeLine = new LifeLine(log);
        lifeLine.watchSignals();
        if (environment.get("WORKFLOW_LIFELINE").filter("stdin"::equals).isPresent()) {
            lifeLine.watch(System.in);
        }
        return lifeLine;
    }

    private void watchSignals() {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end("a signal asked for it"), "signal"));
    }

    private void watch(InputStream stdin) {
        Thread thread = new Thread(
                () -> {
                    try {
                        while (stdin.read() >= 0) {
                            // Only its end means something.
                        }
                    } catch (IOException e) {
                        // A broken life line is a lost life line.
                    }
                    end("the process that started it is gone");
                },
                "life-line");
        thread.setDaemon(true);
        thread.start();
    }

    /** The work is over: an exit from now on is the normal one. */
    void release() {
        ending.set(true);
    }

    private void end(String why) {
        if (ending.compareAndSet(false, true)) {
            log.warn("The worker stops: " + why + ". What was handed over is kept.");
            Runtime.getRuntime().halt(ExitCode.TERMINATED);
        }
    }
}
