package dev.signalwright.worker.cli;

import dev.signalwright.worker.log.ProcessLog;
import dev.signalwright.worker.log.TaskLog;
import dev.signalwright.worker.platform.Environment;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.util.stream.Stream;
import picocli.CommandLine;

/** Where the process begins. Help and wrong arguments are answered without starting anything. */
@QuarkusMain
public final class WorkerMain {
    private WorkerMain() {}

    public static void main(String... words) {
        TaskLog log = ProcessLog.lines().named("worker");
        String[] tasks = isTaskName(words) ? words : parsed(words, log);
        ProcessLog.takeOver();
        LifeLine lifeLine = LifeLine.begin(new Environment(System.getenv()), log);
        Quarkus.run(
                WorkerApplication.class,
                (code, failure) -> {
                    if (failure != null) {
                        log.error("The worker could not start: " + failure, failure);
                    }
                    lifeLine.release();
                    System.exit(failure == null ? code : ExitCode.BUG.code());
                },
                tasks);
    }

    /**
     * Whether the line is what Airflow sends: one word that is no option. It needs no parser, and picocli's classes are
     * too old a format for the AOT cache, so that each of them would be loaded the slow way.
     */
    private static boolean isTaskName(String[] words) {
        return words.length == 1 && !words[0].startsWith("-") && !words[0].startsWith("@");
    }

    private static String[] parsed(String[] words, TaskLog log) {
        Arguments arguments = new Arguments();
        CommandLine line = new CommandLine(arguments);
        try {
            line.parseArgs(words);
        } catch (CommandLine.ParameterException e) {
            log.error(e.getMessage() + ". Usage: worker <task>");
            System.exit(ExitCode.USAGE.code());
        }
        if (CommandLine.printHelpIfRequested(line.getParseResult())) {
            System.exit(ExitCode.DONE.code());
        }
        return Stream.concat(Stream.of(arguments.task), arguments.then.stream()).toArray(String[]::new);
    }
}
