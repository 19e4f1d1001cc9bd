package dev.signalwright.worker.cli;

import dev.signalwright.worker.log.ProcessLog;
import dev.signalwright.worker.log.TaskLog;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.stream.Stream;
import picocli.CommandLine;

/** Where the process begins. Help and wrong arguments are answered without starting anything. */
@QuarkusMain
public final class WorkerMain {
    private WorkerMain() {}

    public static void main(String... words) {
        Arguments arguments = new Arguments();
        CommandLine line = new CommandLine(arguments);
        TaskLog log = ProcessLog.lines().named("worker");
        try {
            line.parseArgs(words);
        } catch (CommandLine.ParameterException e) {
            log.error(e.getMessage() + ". Usage: worker <task>");
            System.exit(ExitCode.USAGE.code());
        }
        if (line.isUsageHelpRequested() || line.isVersionHelpRequested()) {
            CommandLine.printHelpIfRequested(line.getParseResult());
            System.exit(ExitCode.DONE.code());
        }
        ProcessLog.takeOver();
        LifeLine lifeLine = new LifeLine(log);
        lifeLine.watchSignals();
        if ("stdin".equals(System.getenv("WORKFLOW_LIFELINE"))) {
            lifeLine.watch(System.in);
        }
        Quarkus.run(
                WorkerApplication.class,
                (code, failure) -> {
                    if (failure != null) {
                        log.error("The worker could not start: " + failure, failure);
                    }
                    lifeLine.release();
                    System.exit(failure == null ? code : ExitCode.BUG.code());
                },
                Stream.concat(Stream.of(arguments.task), arguments.then.stream())
                        .toArray(String[]::new));
    }
}
