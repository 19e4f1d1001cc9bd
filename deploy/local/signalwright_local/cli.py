"""The command line: reads what the user asked for, calls it, turns failures into sentences and exit statuses."""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Callable, Sequence
from typing import NoReturn

from . import access, backup, bench, checks, commands, doctor, evidence, log_view, up
from .desk import Desk
from .failure import Failure
from .local_http import Unreachable
from .parts import NAMES
from .screen import Screen
from .tools import end_running_tools

_INTERRUPTED = 130
_OVERVIEW = """\
Signalwright: trading signals that can be proved. Everything runs on this machine, on loopback.

first steps
  up           build, install, start everything, make a run, show where to look
  test         run all tests

every day
  status       what runs, and where
  trigger      start a run: ./signalwright trigger --next-session --wait
  logs         what the parts say
  deliver      send artifacts that wait in the spool
  down         stop everything; data is kept

proof and age
  verify       is everything still as it was stored?
  retention    what goes with age: ./signalwright retention --dry-run

keeping it safe
  token        create, list and revoke the tokens of people and programs
  backup       copy everything that is stored into one file
  restore      load such a file into an empty database and verify what arrived

trying things out
  stop, start  one part, to try an outage
  simulator    the gateway simulator alone, in the foreground
  doctor       what is missing or odd on this machine; --gateway: at the gateway
  bench        how fast it is here, against references of the same run
  reset        stop everything and delete its data

Each has --help. Settings: settings.env in SIGNALWRIGHT_HOME (.signalwright in the checkout unless set)."""

Command = Callable[[Desk, argparse.Namespace], int]


def main(argv: Sequence[str]) -> int:
    parser = _parser()
    if not argv or argv[0] == "help":
        print(_OVERVIEW)
        return 0
    if argv[0] == "simulator":
        help_wanted = argv[1:] in (["--help"], ["-h"], ["help"])
        act = commands.simulator_help if help_wanted else commands.simulator
        return _guarded(lambda: act(Desk.here(Screen(sys.stderr)), argv[1:]))
    arguments = parser.parse_args(argv)
    # For scripts stdout holds nothing but the JSON.
    screen = Screen(sys.stderr if getattr(arguments, "json", False) else sys.stdout)
    command: Command = arguments.command
    return _guarded(lambda: command(Desk.here(screen), arguments))


def leave(status: int) -> NoReturn:
    """Ends the process.

    After an interruption at once: jobs go on in threads that nobody waits for, and Python's orderly end, which pulls the
    ground from under them, was seen to abort. Nothing is lost: what is said is written out where it is said.
    """
    if status == _INTERRUPTED:
        os._exit(status)
    sys.exit(status)


def _guarded(command: Callable[[], int]) -> int:
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    try:
        return command()
    except (Failure, Unreachable) as failure:
        print(f"signalwright: {failure}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        end_running_tools()
        print(
            "\nsignalwright: interrupted. Parts that were started go on; ./signalwright status shows them, down stops them.",
            file=sys.stderr,
        )
        return _INTERRUPTED
    except BrokenPipeError:
        # The reader of a pipe (head, less) has what it wanted.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _interrupt(number: int, _frame: object) -> None:
    raise KeyboardInterrupt(number)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="signalwright", usage="./signalwright COMMAND [OPTIONS]", description=_OVERVIEW,
        formatter_class=argparse.RawDescriptionHelpFormatter, add_help=True,
    )  # fmt: skip
    commands_of = parser.add_subparsers(dest="name", metavar="COMMAND", help=argparse.SUPPRESS)

    def add(name: str, text: str, command: Command) -> argparse.ArgumentParser:
        one = commands_of.add_parser(name, description=text, prog=f"./signalwright {name}")
        one.set_defaults(command=command)
        return one

    _add_up(add)
    _add_everyday(add)
    _add_safety(add)
    _add_checks(add)
    return parser


_Add = Callable[[str, str, Command], argparse.ArgumentParser]


def _add_up(add: _Add) -> None:
    one = add(
        "up",
        "Builds what changed, installs Airflow into its own environment, starts every part that does not run, and makes a first run. "
        "Repeat it at any time: it restarts what died and leaves alone what is well.",
        lambda desk, given: up.up(desk, up.Wish(given.run, given.new_ports, given.timeout)),
    )
    one.add_argument(
        "--run",
        dest="run",
        action="store_true",
        default=None,
        help="make a run even if one has succeeded before",
    )
    one.add_argument("--no-run", dest="run", action="store_false", help="only start the parts")
    one.add_argument("--new-ports", action="store_true", help="forget the remembered ports and choose free ones")
    one.add_argument("--timeout", type=float, default=900, metavar="SECONDS", help="how long to wait for the run (900)")


def _add_everyday(add: _Add) -> None:
    add(
        "down",
        "Stops every part and leaves no process behind. Data, settings and ports are kept.",
        lambda desk, _: commands.down(desk),
    )

    one = add("status", "Shows what runs and where.", lambda desk, given: commands.status(desk, given.json))
    one.add_argument("--json", action="store_true", help="one JSON object for scripts")

    one = add(
        "logs",
        "Shows the last lines of one part's log, or of all.",
        lambda d, g: log_view.logs(d, g.part, g.follow, g.lines),
    )
    one.add_argument("part", nargs="?", help=f"{', '.join(NAMES)}; also build, airflow-install")
    one.add_argument("-f", "--follow", action="store_true", help="go on with new lines until interrupted")
    one.add_argument("-n", "--lines", type=int, default=200, help="how many lines (200)")

    one = add(
        "trigger",
        "Starts a run of the workflow.",
        lambda desk, given: commands.trigger(
            desk,
            given.symbols,
            given.as_of,
            given.next_session,
            given.timeout if given.wait else None,
            given.json,
        ),
    )
    one.add_argument("--symbols", metavar="A,B", help="tickers of this run; otherwise SYMBOLS from the settings")
    one.add_argument(
        "--as-of",
        metavar="X",
        help="decide for this instant (2012-09-20T09:00-04:00) or a date's close (2012-09-20)",
    )
    one.add_argument("--next-session", action="store_true", help="move the simulated gateway one session on first")
    one.add_argument("--wait", action="store_true", help="follow the run to its end; exit status 0 only if it succeeds")
    one.add_argument("--timeout", type=float, default=900, metavar="SECONDS", help="how long to wait (900)")
    one.add_argument("--json", action="store_true", help="the run as one JSON object on the last line")

    for name, text, command in (
        ("start", "Starts one part and waits until it is healthy.", commands.start),
        ("stop", "Stops one part, to try an outage.", commands.stop),
    ):
        one = add(name, text, lambda desk, given, act=command: act(desk, given.part))  # type: ignore[misc]
        one.add_argument("part", help=f"{', '.join(NAMES)}, or airflow for its three")

    one = add(
        "deliver",
        "Sends artifacts that wait in the spool to the artifact service. Exit status 0 when none is left.",
        lambda desk, given: commands.deliver_spool(desk, given.json),
    )
    one.add_argument("--json", action="store_true", help="one JSON object for scripts")

    one = add(
        "reset",
        "Stops every part and deletes the set-up's data, after asking.",
        lambda desk, given: commands.reset(desk, given.yes, given.everything),
    )
    one.add_argument("--yes", action="store_true", help="do not ask")
    one.add_argument("--everything", action="store_true", help="also the settings and the Airflow environment")

    one = add(
        "verify",
        "Checks artifacts, blobs and seals. Exit status 0 only when everything is as it was stored.",
        lambda desk, given: evidence.verify(desk, given.execution, given.head, given.json),
    )
    one.add_argument("execution", nargs="?", help="one run, by its id or Airflow's run id; otherwise the whole store")
    one.add_argument("--head", metavar="N:SHA256", help="compare a head that was noted earlier, and nothing else")
    one.add_argument("--json", action="store_true", help="one JSON object for scripts")

    one = add(
        "retention",
        "Takes the content that ARTIFACT_RETENTION lets go.",
        lambda desk, given: evidence.retention(desk, given.dry_run, given.json),
    )
    one.add_argument("--dry-run", action="store_true", help="say what would go, take nothing")
    one.add_argument("--json", action="store_true", help="one JSON object for scripts")

    add(
        "simulator",
        commands.SIMULATOR,
        lambda desk, _: commands.simulator_help(desk, []),
    )


def _add_safety(add: _Add) -> None:
    one = add(
        "token",
        "Makes, shows and ends tokens of the artifact service.",
        lambda desk, given: given.act(desk, given),
    )
    acts = one.add_subparsers(dest="act_name", metavar="ACTION", required=True)
    act = acts.add_parser("create", description="Makes a token and shows it, this once.")
    act.add_argument("new_name", metavar="NAME", help="who will use it; stands beside every change")
    act.add_argument("--role", required=True, choices=("viewer", "worker", "operator"))
    act.add_argument("--expires", metavar="P90D", help="ISO 8601 duration after which it ends; otherwise it does not")
    act.add_argument("--json", action="store_true", help="one JSON object for scripts")
    act.set_defaults(act=lambda desk, g: access.create(desk, g.new_name, g.role, g.expires, g.json))
    act = acts.add_parser("list", description="Shows all tokens, the newest first; never their text.")
    act.add_argument("--json", action="store_true", help="one JSON object for scripts")
    act.set_defaults(act=lambda desk, g: access.show(desk, g.json))
    act = acts.add_parser("revoke", description="Ends a token and its sessions at once.")
    act.add_argument("old_name", metavar="NAME")
    act.set_defaults(act=lambda desk, g: access.revoke(desk, g.old_name))

    one = add(
        "backup",
        "Copies everything that is stored, blobs too wherever they lie, into one new file, also while the service runs.",
        lambda desk, given: backup.backup(desk, given.file, given.despite_losses),
    )
    one.add_argument("file", metavar="FILE")
    one.add_argument(
        "--despite-losses",
        action="store_true",
        help="blobs and artifacts that were lost or altered before are named in it, instead of ending the backup",
    )
    for name, text, command in (
        (
            "restore",
            "Loads a backup into an empty database, the blobs where ARTIFACT_BLOB_STORE says, then verifies everything "
            "as ./signalwright verify does; the artifact service must be stopped.",
            backup.restore,
        ),
        ("verify-backup", "Reads a backup to its end and compares it with its manifest.", backup.verify),
    ):
        one = add(name, text, lambda desk, given, act=command: act(desk, given.file))  # type: ignore[misc]
        one.add_argument("file", metavar="FILE")


def _add_checks(add: _Add) -> None:
    one = add(
        "doctor",
        "Looks at tools, disk, ports, settings and parts, and says what to do.",
        lambda desk, given: doctor.doctor_gateway(desk) if given.gateway else doctor.doctor(desk),
    )
    one.add_argument(
        "--gateway",
        action="store_true",
        help="try the gateway step by step (port, handshake, accounts, orders, bars, prices, clock); sends no order",
    )
    one = add(
        "test",
        "Runs all tests: Java, Python, and one run end to end in a real Airflow.",
        lambda desk, given: checks.test(desk, given.fast, given.only),
    )
    one.add_argument("--fast", action="store_true", help="without the end-to-end test")
    one.add_argument("--only", choices=checks.GROUPS, help="one group alone")
    one = add(
        "bench",
        "Measures: without a name says which measurements there are. Stop everything else first; some take ten minutes.",
        lambda desk, given: bench.bench(desk, given.bench_name, given.arguments),
    )
    one.add_argument("bench_name", nargs="?", metavar="NAME", help="one of them, or all")
    one.add_argument("arguments", nargs="*", metavar="ARGUMENT", help="what it takes itself; its first lines say what")
