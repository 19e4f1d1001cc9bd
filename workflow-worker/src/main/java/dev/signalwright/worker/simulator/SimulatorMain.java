package dev.signalwright.worker.simulator;

import dev.signalwright.worker.simulator.fault.Fault;
import dev.signalwright.worker.simulator.fault.FaultReader;
import dev.signalwright.worker.simulator.fault.Faults;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.List;
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
            "It prints 'ready port=... control-port=...' when it listens, then one line per message.",
            "Its accounts begin with SIM and it says that it is simulated; nothing here is a real price of today."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ./signalwright simulator --bars deploy/bars --clock 2012-09-20T09:00-04:00",
            "  ./signalwright simulator --synthetic --port 7497 --state-dir /tmp/sim",
            "  ./signalwright simulator --synthetic --scenario deploy/scenarios/lost-answer.json",
            "%nControl port: one command a line, for example with nc 127.0.0.1 PORT. 'help' lists them:",
            "  next-session, clock, fault {\"do\":\"ignore\",\"on\":\"placeOrder\"}, faults, clear-faults,",
            "  say CODE TEXT, drop, restart MILLISECONDS",
            "%nThe faults and what each does: docs/simulator.md"
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

    @Option(
            names = "--participation",
            defaultValue = SimulatorOptions.DEFAULT_PARTICIPATION,
            description = "The part of a day's volume that one order can take; less means partial fills (default:"
                    + " ${DEFAULT-VALUE}).")
    private BigDecimal participation = new BigDecimal(SimulatorOptions.DEFAULT_PARTICIPATION);

    @Option(
            names = "--server-version",
            defaultValue = "" + SimulatorOptions.DEFAULT_SERVER_VERSION,
            description = "The newest version of the protocol it speaks, 157 to 178 (default: ${DEFAULT-VALUE}).")
    private int serverVersion = SimulatorOptions.DEFAULT_SERVER_VERSION;

    @Option(names = "--scenario", paramLabel = "FILE", description = "Faults that are on from the start (JSON).")
    private @Nullable Path scenario;

    @Option(
            names = "--account",
            defaultValue = SimulatorOptions.DEFAULT_ACCOUNT,
            description = "Default: ${DEFAULT-VALUE}.")
    private String account = SimulatorOptions.DEFAULT_ACCOUNT;

    @Option(
            names = "--cash",
            defaultValue = SimulatorOptions.DEFAULT_CASH,
            description = "In USD, default: ${DEFAULT-VALUE}.")
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
            List<Fault> faults = scenario == null ? List.of() : FaultReader.readScenario(scenario);
            Clock clock = Clock.systemUTC();
            gateway = SimulatedGateway.start(options(), new Faults(faults, clock), clock, System.out);
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
                    Optional.ofNullable(clock)
                            .map(text -> OffsetDateTime.parse(text).toInstant()),
                    port,
                    controlPort,
                    Optional.ofNullable(stateDir),
                    account,
                    cash,
                    seed,
                    participation,
                    serverVersion);
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
