package dev.signalwright.worker.simulator;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Starts the simulator on its own; see {@code --help}. Exit status 2 for wrong options, 1 when it cannot start. */
@Command(
        name = "simulator",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "A simulated IB Gateway on loopback. It speaks the TWS socket protocol (server versions 157 to 178).",
            "On real history:   --bars FOLDER --clock 2012-09-20T09:00-04:00",
            "On made-up series: --synthetic (symbols SIM*, at the present)",
            "It prints 'ready port=... control-port=...' when it listens, then one line per message."
        })
public final class SimulatorMain implements Callable<Integer> {
    @Option(names = "--bars", paramLabel = "FOLDER", description = "Daily bars, unadjusted: one SYMBOL.csv each.")
    private @Nullable Path bars;

    @Option(names = "--clock", paramLabel = "INSTANT", description = "Where it stands, with offset.")
    private @Nullable String clock;

    @Option(names = "--synthetic", description = "Made-up series instead of --bars and --clock.")
    private boolean synthetic;

    @Option(names = "--seed", defaultValue = "1", description = "Of the made-up series (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--port", defaultValue = "4002", description = "0 chooses one (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(names = "--control-port", defaultValue = "0", description = "0 chooses one (default: ${DEFAULT-VALUE}).")
    private int controlPort;

    @Option(names = "--state-dir", paramLabel = "FOLDER", description = "Keeps orders, positions, cash and the clock.")
    private @Nullable Path stateDir;

    @Option(names = "--account", defaultValue = SimulatorOptions.DEFAULT_ACCOUNT, description = "Default: ${DEFAULT-VALUE}.")
    private String account = SimulatorOptions.DEFAULT_ACCOUNT;

    @Option(names = "--cash", defaultValue = SimulatorOptions.DEFAULT_CASH, description = "In USD, default: ${DEFAULT-VALUE}.")
    private BigDecimal cash = new BigDecimal(SimulatorOptions.DEFAULT_CASH);

    @Spec
    private @Nullable CommandSpec spec;

    public static void main(String[] args) {
        System.exit(new CommandLine(new SimulatorMain()).execute(args));
    }

    @Override
    public Integer call() throws InterruptedException {
        SimulatedGateway gateway;
        try {
            gateway = SimulatedGateway.start(options(), FaultPlan.none(), Clock.systemUTC(), System.out);
        } catch (IOException e) {
            System.err.println("The simulator cannot start: " + e.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }
        System.out.println("ready port=" + gateway.port() + " control-port=" + gateway.controlPort());
        new CountDownLatch(1).await();
        return CommandLine.ExitCode.OK;
    }

    private SimulatorOptions options() {
        if (synthetic == (bars != null)) {
            throw usage("Give either --bars with --clock, or --synthetic.");
        }
        try {
            return new SimulatorOptions(
                    Optional.ofNullable(bars),
                    Optional.ofNullable(clock).map(text -> OffsetDateTime.parse(text).toInstant()),
                    port,
                    controlPort,
                    Optional.ofNullable(stateDir),
                    account,
                    cash,
                    seed);
        } catch (DateTimeException e) {
            throw usage("--clock needs an instant with offset, like 2012-09-20T09:00-04:00, not '" + clock + "'.");
        } catch (IllegalArgumentException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
    }

    private ParameterException usage(String sentence) {
        return new ParameterException(spec == null ? new CommandLine(this) : spec.commandLine(), sentence);
    }
}
