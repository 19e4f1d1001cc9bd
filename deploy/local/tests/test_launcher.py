"""The launcher as a user runs it, on a checkout whose Java parts and Airflow are tiny stand-ins."""

import json
import os
import signal
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from stand_ins import StandIn


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StandIn]:
    """One checkout for all tests of this file: making its Python environment is the slow part."""
    checkout = StandIn.make(tmp_path_factory.mktemp("launcher"))
    made = checkout.run("up")
    assert made.returncode == 0, made.stdout + made.stderr
    checkout.first_screen.append(made.stdout)
    yield checkout
    checkout.run("down")


@pytest.fixture
def running(installed: StandIn) -> StandIn:
    """The checkout with every part running, whatever the test before did."""
    up = installed.run("up", "--no-run")
    assert up.returncode == 0, up.stdout + up.stderr
    return installed


def test_the_first_up_ends_with_the_run_the_signals_and_the_places(installed: StandIn) -> None:
    screen = installed.first_screen[0]

    assert "succeeded" in screen
    assert "preflight                success" in screen
    assert "7 artifacts" in screen
    assert "AAPL: BUY, confidence 0.60 MEDIUM (rule agreement, not a probability), origin replayed" in screen
    assert str(installed.home / "tokens" / "viewer") in screen
    assert "/executions/" in screen


def test_secrets_are_private_and_stand_in_no_argument(running: StandIn) -> None:
    private = [
        running.home / "settings.env",
        *(running.home / "tokens").iterdir(),
        running.home / "airflow/passwords.json",
    ]

    assert [file.stat().st_mode & 0o077 for file in private] == [0] * len(private)
    token = (running.home / "tokens" / "worker").read_text().strip()
    assert len(token) >= 43  # 256 bits
    commands = [Path(f"/proc/{pid}/cmdline").read_bytes() for pid in running.processes()]
    assert commands
    assert not any(token.encode() in command for command in commands)


def test_a_second_up_starts_nothing_twice_and_builds_nothing(running: StandIn) -> None:
    before, builds = sorted(running.processes()), running.builds

    again = running.run("up")

    assert again.returncode == 0
    assert again.stdout.count("already running") == 5
    assert "sources unchanged" in again.stdout
    assert (sorted(running.processes()), running.builds) == (before, builds)


def test_up_restarts_what_was_killed(running: StandIn) -> None:
    record = json.loads((running.home / "run" / "airflow-scheduler.json").read_text())
    os.kill(record["pid"], signal.SIGKILL)

    assert running.run("up", "--no-run").returncode == 0

    assert running.status()["state"] == "up"
    assert json.loads((running.home / "run" / "airflow-scheduler.json").read_text())["pid"] != record["pid"]


def test_a_changed_setting_restarts_the_parts_it_concerns_alone(running: StandIn) -> None:
    def pid(part: str) -> int:
        return int(json.loads((running.home / "run" / f"{part}.json").read_text())["pid"])

    simulator, scheduler = pid("simulator"), pid("airflow-scheduler")

    assert running.run("up", "--no-run", SYMBOLS="IBM").returncode == 0

    assert pid("simulator") == simulator
    assert pid("airflow-scheduler") != scheduler


def test_down_leaves_no_process_and_a_second_down_is_fine(running: StandIn) -> None:
    assert running.processes()

    down = running.run("down")

    assert down.returncode == 0
    assert running.processes() == []
    assert running.status()["state"] == "down"
    assert running.run("down").returncode == 0


def test_down_needs_no_valid_settings(running: StandIn) -> None:
    down = running.run("down", TRADING_MODE="yes please")

    assert down.returncode == 0
    assert running.processes() == []


def test_status_tells_scripts_where_everything_is(running: StandIn) -> None:
    told = running.status()

    assert told["state"] == "up"
    assert told["home"] == str(running.home)
    assert Path(told["artifact_service"]["token_files"]["operator"]).is_file()
    assert told["airflow"]["username"] == "admin"
    assert told["gateway"]["simulated"] is True
    assert told["gateway"]["clock"].startswith("2012-09-")
    with socket.create_connection((told["gateway"]["host"], told["gateway"]["port"]), timeout=5):
        pass


def test_trigger_passes_its_options_and_its_last_line_is_the_run(running: StandIn) -> None:
    words = ("trigger", "--symbols", "msft,ibm", "--as-of", "2012-09-20", "--next-session", "--wait", "--json")
    before = running.status()["gateway"]["clock"]

    told = running.run(*words)

    run = json.loads(told.stdout.splitlines()[-1])
    assert set(run) == {"dag_id", "run_id", "state", "tasks", "artifacts", "url"}
    assert (told.returncode, run["state"], run["artifacts"]) == (0, "success", 7)
    stored = json.loads((running.home / "airflow/home/runs.json").read_text())[0]
    assert stored["conf"] == {"symbols": "MSFT,IBM", "as_of": "2012-09-20"}
    assert running.status()["gateway"]["clock"] > before


def test_a_failed_run_has_an_exit_status_and_a_reason(running: StandIn) -> None:
    told = running.run("trigger", "--symbols", "NONE", "--wait")

    assert told.returncode == 1
    assert "FAILED" in told.stdout
    assert "the market is closed" in told.stdout


@pytest.mark.parametrize("words", [("--as-of", "yesterday"), ("--as-of", "2012-09-20T09:00"), ("--symbols", "A B")])
def test_a_bad_option_is_refused_before_a_run_starts(running: StandIn, words: tuple[str, str]) -> None:
    before = (running.home / "airflow/home/runs.json").read_text()

    told = running.run("trigger", *words)

    assert (told.returncode, words[0] in told.stderr) == (1, True)
    assert (running.home / "airflow/home/runs.json").read_text() == before


def test_one_part_can_be_stopped_started_and_its_spool_delivered(running: StandIn) -> None:
    pending = running.home / "spool" / "pending"
    pending.mkdir(parents=True, exist_ok=True)
    (pending / "record.rec").write_text("{}")

    assert running.run("stop", "artifact-service").returncode == 0
    assert running.status()["parts"]["artifact-service"] == "stopped"
    assert "1 records wait" in running.run("start", "service").stdout

    delivered = running.run("deliver", "--json")

    assert json.loads(delivered.stdout) == {"sent": 1, "waiting": 0, "quarantined": 0}
    assert running.status()["state"] == "up"


def test_a_taken_port_is_one_sentence_and_new_ports_can_be_chosen(running: StandIn) -> None:
    running.run("stop", "artifact-service")
    port = int(running.status()["artifact_service"]["url"].rpartition(":")[2])
    with socket.create_server(("127.0.0.1", port)):
        refused = running.run("up", "--no-run")
        chosen = running.run("up", "--no-run", "--new-ports")

    assert refused.returncode == 1
    assert f"Port {port}" in refused.stderr
    assert f"process {os.getpid()}" in refused.stderr
    assert chosen.returncode == 0
    assert running.status()["state"] == "up"


def test_a_part_that_dies_at_its_start_is_told_with_its_last_words(running: StandIn) -> None:
    running.run("stop", "artifact-service")
    running.fault("service-dies").touch()
    try:
        told = running.run("up", "--no-run")
    finally:
        running.fault("service-dies").unlink()

    assert told.returncode == 1
    assert "artifact-service ended" in told.stderr
    assert "the database folder is of another version" in told.stderr
    assert str(running.home / "logs" / "artifact-service.log") in told.stderr


def test_a_changed_source_is_built_and_no_network_is_one_sentence(running: StandIn) -> None:
    builds = running.builds
    (running.root / "pom.xml").write_text(f"<project>{builds}</project>")
    (running.tools / "offline").touch()
    try:
        refused = running.run("up", "--no-run")
    finally:
        (running.tools / "offline").unlink()
    assert refused.returncode == 1
    assert "a Maven repository could not be reached" in refused.stderr

    assert running.run("up", "--no-run").returncode == 0

    assert running.builds == builds + 2
    assert running.status()["state"] == "up"


def test_two_ups_at_once_do_not_race(installed: StandIn) -> None:
    installed.run("down")
    words: list[str | Path] = [installed.root / "signalwright", "up", "--no-run"]
    both = [
        subprocess.Popen(
            words, env=installed.environment(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        for _ in range(2)
    ]
    told = [process.communicate(timeout=120)[0] for process in both]

    assert [process.returncode for process in both] == [0, 0], told
    assert sum("already running" in text for text in told) == 1
    assert installed.status()["state"] == "up"


def test_an_interruption_is_clean_and_what_runs_can_be_stopped(running: StandIn) -> None:
    running.run("stop", "artifact-service")
    running.fault("service-never-ready").touch()
    try:
        up = subprocess.Popen(
            # Whoever runs the tests in the background ignores SIGINT, and children inherit that.
            ["env", "--default-signal=INT", running.root / "signalwright", "up", "--no-run"],
            env=running.environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert up.stdout is not None
        next(line for line in up.stdout if "starting artifact-service" in line)
        up.send_signal(signal.SIGINT)
        _, said = up.communicate(timeout=60)
    finally:
        running.fault("service-never-ready").unlink()

    assert up.returncode == 130, said
    assert "interrupted" in said
    assert "Traceback" not in said
    assert running.run("down").returncode == 0
    assert running.processes() == []


def test_logs_show_one_part_or_all(running: StandIn) -> None:
    assert "simulator listens on" in running.run("logs", "simulator").stdout
    assert "simulator         " in running.run("logs").stdout
    assert "There is no part 'nonsense'" in running.run("logs", "nonsense").stderr


def test_doctor_finds_a_healthy_set_up_healthy(running: StandIn) -> None:
    told = running.run("doctor")

    assert told.returncode == 0, told.stdout
    assert "0 missing" in told.stdout


def test_reset_asks_and_deletes_data_but_keeps_settings(installed: StandIn) -> None:
    refused = subprocess.run(
        [installed.root / "signalwright", "reset"],
        env=installed.environment(),
        input="no\n",
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (refused.returncode, (installed.home / "tokens").exists()) == (1, True)

    assert installed.run("reset", "--yes").returncode == 0

    assert installed.processes() == []
    kept = sorted(entry.name for entry in installed.home.iterdir())
    assert kept == ["airflow", "lock", "settings.env"]
    assert [entry.name for entry in (installed.home / "airflow").iterdir()] == ["venv"]


@pytest.mark.parametrize(
    "command",
    [
        "up",
        "down",
        "status",
        "logs",
        "trigger",
        "start",
        "stop",
        "deliver",
        "verify",
        "retention",
        "doctor",
        "reset",
        "simulator",
        "bench",
        "test",
    ],
)
def test_every_command_explains_itself_without_any_tool(installed: StandIn, command: str) -> None:
    told = installed.run(command, "--help", PATH="/usr/bin:/bin", JAVA_HOME="")

    assert told.returncode == 0
    assert f"./signalwright {command}" in told.stdout


def test_without_arguments_the_commands_are_listed(installed: StandIn) -> None:
    told = installed.run()

    assert told.returncode == 0
    assert "every day" in told.stdout


def test_without_a_fitting_python_one_sentence_says_how_to_get_it(installed: StandIn, tmp_path: Path) -> None:
    old = tmp_path / "python3"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    script = (installed.root / "signalwright").read_text().replace("/usr/bin/python3", str(old))
    launcher = tmp_path / "signalwright"
    launcher.write_text(script)
    for tool in ("dirname", "readlink"):
        (tmp_path / tool).symlink_to(f"/usr/bin/{tool}")

    told = subprocess.run(
        ["/bin/sh", launcher], env={"PATH": str(tmp_path)}, capture_output=True, text=True, timeout=30, check=False
    )

    assert told.returncode == 1
    assert "Python 3.10 to 3.13 is missing" in told.stderr
    assert len(told.stderr.splitlines()) == 1
