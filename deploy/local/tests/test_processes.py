"""Background processes: recognised later, stopped with all they started, never mistaken for others."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from signalwright_local import processes
from signalwright_local.places import Home
from signalwright_local.processes import Command, ProcessBook

# Starts a child in a session of its own whose environment tells nothing, as a task's worker may be.
WITH_CHILD = """
import subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(300)"], env={}, start_new_session=True)
print(child.pid, flush=True)
time.sleep(300)
"""
# Starts a child in its own session that wipes its environment, as Airflow's executor processes do.
WITH_NAMELESS_CHILD = """
import subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(300)"], env={})
print(child.pid, flush=True)
time.sleep(300)
"""
DEAF = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('deaf', flush=True); time.sleep(300)"


@pytest.fixture
def book(tmp_path: Path) -> Iterator[ProcessBook]:
    home = Home(tmp_path)
    home.create()
    yield ProcessBook(home)
    for pid in ProcessBook(home).survivors():
        os.kill(pid, signal.SIGKILL)


def python(code: str, folder: Path) -> Command:
    return Command((sys.executable, "-c", code), folder, {"PATH": os.environ["PATH"]}, "f1")


def eventually(check: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not check():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def alive(pid: int) -> bool:
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    except FileNotFoundError:
        return False


def first_line(book: ProcessBook, part: str) -> str:
    eventually(lambda: len(processes.last_lines(book.log_file(part), 5)) > 1)
    return processes.last_lines(book.log_file(part), 1)[0]


def test_a_started_part_is_found_again_with_its_fingerprint(book: ProcessBook, tmp_path: Path) -> None:
    book.start("part", python("import time; time.sleep(300)", tmp_path))

    found = book.running("part")

    assert found is not None
    assert found.fingerprint == "f1"
    assert book.survivors() == [found.identity.pid]


def test_stopping_ends_what_a_killed_part_left_behind_without_its_marks(book: ProcessBook, tmp_path: Path) -> None:
    leader = book.start("part", python(WITH_NAMELESS_CHILD, tmp_path)).identity.pid
    child = int(first_line(book, "part"))
    os.kill(leader, signal.SIGKILL)
    os.waitpid(leader, 0)
    assert alive(child)

    assert book.stop("part", 5) is True

    assert not alive(child)


def test_starting_again_ends_what_the_killed_one_left_behind(book: ProcessBook, tmp_path: Path) -> None:
    leader = book.start("part", python(WITH_NAMELESS_CHILD, tmp_path)).identity.pid
    child = int(first_line(book, "part"))
    os.kill(leader, signal.SIGKILL)
    os.waitpid(leader, 0)

    book.start("part", python("import time; time.sleep(300)", tmp_path))

    assert not alive(child)


def test_stopping_ends_children_in_other_sessions_too(book: ProcessBook, tmp_path: Path) -> None:
    book.start("part", python(WITH_CHILD, tmp_path))
    child = int(first_line(book, "part"))
    assert alive(child)

    assert book.stop("part", 5) is True

    assert not alive(child)
    assert book.running("part") is None
    assert book.survivors() == []


def test_a_part_that_ignores_the_request_is_ended_after_its_patience(book: ProcessBook, tmp_path: Path) -> None:
    book.start("part", python(DEAF, tmp_path))
    assert first_line(book, "part") == "deaf"

    book.stop("part", 0.2)

    assert book.survivors() == []


def test_children_of_a_part_that_was_killed_are_ended_by_their_mark(book: ProcessBook, tmp_path: Path) -> None:
    inherits = WITH_CHILD.replace("env={}, ", "")
    running = book.start("part", python(inherits, tmp_path))
    child = int(first_line(book, "part"))
    os.kill(running.identity.pid, signal.SIGKILL)
    eventually(lambda: book.running("part") is None)
    assert alive(child)

    book.stop("part", 0.2)

    assert not alive(child)


def test_a_process_with_a_recycled_id_is_never_touched(book: ProcessBook, tmp_path: Path) -> None:
    stranger = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(300)"])
    try:
        running = book.start("part", python("pass", tmp_path))
        eventually(lambda: not running.identity.alive())
        file = tmp_path / "run" / "part.json"
        # The stranger has the number now; it did not start when the part did.
        recycled = replace(running.identity, pid=stranger.pid, start_ticks=running.identity.start_ticks + 1)
        record = json.loads(file.read_text())
        file.write_text(json.dumps({**record, "pid": recycled.pid, "start_ticks": recycled.start_ticks}))

        assert book.running("part") is None
        book.stop("part", 0.2)

        assert stranger.poll() is None
        assert not recycled.alive()
    finally:
        stranger.kill()
        stranger.wait()


def test_a_large_log_is_set_aside_at_the_start(book: ProcessBook, tmp_path: Path) -> None:
    log = book.log_file("part")
    log.write_bytes(b"x" * (9 * 1024 * 1024))

    book.start("part", python("pass", tmp_path))

    assert log.stat().st_size < 1000
    assert log.with_name("part.log.1").stat().st_size == 9 * 1024 * 1024
