"""The child process, with real processes, pipes and signals."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from signalwright_airflow.process import MAX_LINE_BYTES, ChildProcess

PATIENCE_SECONDS = 10.0


class Child:
    """A child that runs a Python program, and the lines it wrote."""

    def __init__(self, program: str, folder: Path) -> None:
        self.lines: list[bytes] = []
        self.on_line: Callable[[bytes], None] = lambda _: None
        self.process = ChildProcess([sys.executable, "-c", program], folder, {"PATH": os.environ["PATH"]})

    def run(self) -> int:
        return self.process.run(self._line)

    def _line(self, line: bytes) -> None:
        self.lines.append(line)
        self.on_line(line)


@pytest.fixture
def child(tmp_path: Path) -> Callable[[str], Child]:
    return lambda program: Child(program, tmp_path)


@pytest.fixture
def on_sigterm() -> Iterator[Callable[[Callable[[], None]], None]]:
    """Install what Airflow installs: a SIGTERM handler that calls on_kill and returns."""
    before = signal.getsignal(signal.SIGTERM)

    def install(action: Callable[[], None]) -> None:
        signal.signal(signal.SIGTERM, lambda _number, _frame: action())

    yield install
    signal.signal(signal.SIGTERM, before)


def ends(pidfd: int) -> bool:
    """Wait until the process behind the descriptor has ended."""
    ready, _, _ = select.select([pidfd], [], [], PATIENCE_SECONDS)
    os.close(pidfd)
    return bool(ready)


def test_hands_on_each_line_while_the_child_still_runs(child: Callable[[str], Child], tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "go-on")
    talker = child(
        "import os, select, sys; print('waiting', flush=True); pipe = os.open('go-on', os.O_RDONLY | os.O_NONBLOCK);"
        f"sys.exit(0 if select.select([pipe], [], [], {PATIENCE_SECONDS})[0] and os.read(pipe, 1) else 3)"
    )

    def answer(_: bytes) -> None:
        with (tmp_path / "go-on").open("wb") as pipe:
            pipe.write(b"x")
            pipe.flush()

    talker.on_line = answer

    assert talker.run() == 0
    assert talker.lines == [b"waiting"]


def test_keeps_the_order_of_both_outputs(child: Callable[[str], Child]) -> None:
    talker = child("import os\nfor n in range(4): os.write(1 + n % 2, b'%d\\r\\n' % n)")

    talker.run()

    assert talker.lines == [b"0", b"1", b"2", b"3"]


def test_reads_long_lines_whole_and_cuts_endless_ones(child: Callable[[str], Child]) -> None:
    talker = child(f"print('a' * 100_000); print('b' * {3 * MAX_LINE_BYTES}); print('short')")

    assert talker.run() == 0
    assert [len(line) for line in talker.lines] == [100_000, MAX_LINE_BYTES, 5]


def test_hands_on_a_last_line_without_line_break(child: Callable[[str], Child]) -> None:
    talker = child("print('first'); print('last', end='')")

    talker.run()

    assert talker.lines == [b"first", b"last"]


@pytest.mark.parametrize("status", [0, 99, 65, 75, 2, 1, 143])
def test_returns_the_exit_code(child: Callable[[str], Child], status: int) -> None:
    assert child(f"import sys; sys.exit({status})").run() == status


def test_returns_a_signal_as_negative_number(child: Callable[[str], Child]) -> None:
    assert child("import os; os.kill(os.getpid(), 9)").run() == -signal.SIGKILL


def test_says_what_cannot_be_started(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as error:
        ChildProcess([str(tmp_path / "no-java")], tmp_path, {}).run(lambda _: None)

    assert error.value.filename == str(tmp_path / "no-java")


def test_lets_a_stopped_child_say_goodbye(
    child: Callable[[str], Child], on_sigterm: Callable[[Callable[[], None]], None]
) -> None:
    polite = child(
        "import os, signal\n"
        "def bye(*_): os.write(1, b'bye'); os._exit(143)\n"
        "signal.signal(signal.SIGTERM, bye)\n"
        "print('ready', flush=True)\n"
        "while True: signal.pause()"
    )
    on_sigterm(polite.process.stop)
    polite.on_line = lambda line: os.kill(os.getpid(), signal.SIGTERM) if line == b"ready" else None

    assert polite.run() == 143
    assert polite.lines == [b"ready", b"bye"]
    assert polite.process.stop_requested


def test_kills_a_child_that_ignores_the_request_in_under_four_seconds(
    child: Callable[[str], Child], on_sigterm: Callable[[Callable[[], None]], None]
) -> None:
    deaf = child(
        "import signal\n"
        "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        "print('ready', flush=True)\n"
        "while True: signal.pause()"
    )
    took: list[float] = []

    def stop_and_measure() -> None:
        started = time.monotonic()
        deaf.process.stop()
        took.append(time.monotonic() - started)

    on_sigterm(stop_and_measure)
    deaf.on_line = lambda _: os.kill(os.getpid(), signal.SIGTERM)

    assert deaf.run() == -signal.SIGKILL
    assert 3 <= took[0] < 4


def test_stops_a_child_that_was_unwanted_before_it_started(child: Callable[[str], Child]) -> None:
    unwanted = child("import signal\nwhile True: signal.pause()")
    unwanted.process.stop()

    assert unwanted.run() == -signal.SIGTERM


def test_leaves_no_grandchild_and_does_not_wait_for_its_output(child: Callable[[str], Child]) -> None:
    parent = child(
        "import subprocess, sys\n"
        "grandchild = subprocess.Popen([sys.executable, '-c', 'import signal\\nwhile True: signal.pause()'])\n"
        "print(grandchild.pid, flush=True)"
    )
    grandchildren: list[int] = []
    parent.on_line = lambda line: grandchildren.append(os.pidfd_open(int(line)))

    assert parent.run() == 0
    assert ends(grandchildren[0])


def test_leaves_no_child_when_a_timeout_is_raised_while_reading(child: Callable[[str], Child]) -> None:
    class Timeout(BaseException):
        pass

    slow = child("import os, signal\nprint(os.getpid(), flush=True)\nwhile True: signal.pause()")
    seen: list[int] = []

    def time_is_over(line: bytes) -> None:
        seen.append(os.pidfd_open(int(line)))
        raise Timeout

    slow.on_line = time_is_over

    with pytest.raises(Timeout):
        slow.run()
    assert ends(seen[0])


def test_tells_the_child_of_our_death_through_its_stdin(tmp_path: Path) -> None:
    (tmp_path / "child.py").write_text(
        "import os, select, sys\n"
        "if select.select([0], [], [], 0)[0]: sys.exit('stdin has ended although the parent lives')\n"
        "print(os.getpid(), flush=True)\n"
        "sys.stdin.buffer.read()\n"
        "open('saw-the-end', 'w').close()\n"
    )
    source = Path(__file__).parents[1] / "src"
    parent = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys\nfrom pathlib import Path\nfrom signalwright_airflow.process import ChildProcess\n"
            "ChildProcess([sys.executable, 'child.py'], Path.cwd(), {}).run(lambda l: print(l.decode(), flush=True))",
        ],
        cwd=tmp_path,
        env={"PYTHONPATH": str(source)},
        stdout=subprocess.PIPE,
    )
    with parent:
        assert parent.stdout is not None
        child_end = os.pidfd_open(int(parent.stdout.readline()))
        parent.kill()

    assert ends(child_end)
    assert (tmp_path / "saw-the-end").exists()


def test_stops_the_child_when_our_own_parent_dies(tmp_path: Path) -> None:
    (tmp_path / "task.py").write_text(
        "import sys\nfrom pathlib import Path\nfrom signalwright_airflow.process import ChildProcess\n"
        "program = 'import os, signal\\nprint(os.getpid(), flush=True)\\nwhile True: signal.pause()'\n"
        "child = ChildProcess([sys.executable, '-c', program], Path.cwd(), {})\n"
        "child.run(lambda line: print(line.decode(), flush=True))"
    )
    supervisor = subprocess.Popen(
        [sys.executable, "-c", "import subprocess, sys\nsubprocess.run([sys.executable, 'task.py'])"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(Path(__file__).parents[1] / "src")},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    with supervisor:
        assert supervisor.stdout is not None
        child_end = os.pidfd_open(int(supervisor.stdout.readline()))
        supervisor.kill()
        assert ends(child_end)
