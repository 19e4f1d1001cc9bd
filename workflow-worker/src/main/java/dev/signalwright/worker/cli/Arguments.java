package dev.signalwright.worker.cli;

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What stands on the command line. Everything else comes from the environment. */
@Command(
        name = "worker",
        mixinStandardHelpOptions = true,
        version = "signalwright-worker 0.1.0",
        synopsisHeading = "Usage: ",
        description = {
            "Runs one task of the trading-signal workflow, as the environment says (WORKFLOW_* and the settings).",
            "The log goes to stdout, one JSON object a line. Exit codes: 0 done, 1 bug, 2 usage, 65 refused,"
                    + " 75 try again, 99 skipped."
        })
final class Arguments {
    /** Not a task of the workflow: sends what waits in the spool. */
    static final String DELIVER = "deliver";

    /** Not a task either: tries the gateway step by step and prints one JSON object a finding. */
    static final String DOCTOR_GATEWAY = "doctor-gateway";

    @Parameters(
            index = "0",
            paramLabel = "<task>",
            description = "the task's name, such as fetch_market_data; or \"deliver\" to send what waits in the spool;"
                    + " or \"doctor-gateway\" to try the gateway step by step")
    String task = "";

    @Option(
            names = "--then",
            hidden = true,
            description = "more tasks to run in the same process, which is how the build trains the AOT cache")
    List<String> then = List.of();
}
