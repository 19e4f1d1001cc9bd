"""One child process: started without a shell, read line by line, and never left behind.

Pure Python, no Airflow import. In: argv, folder, environment. Out: raw lines while it runs, the exit status at the
end. The child leads its own process group; its stdin is a pipe that stays open as long as this process lives, so a
child that watches stdin learns of our death even when we are killed with SIGKILL.
"""

from __future__ import annotations

import os
import select
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

#: Airflow kills the task process 5 s after it asked it to stop, so asking nicely may take 3.
STOP_GRACE_SECONDS = 3.0
#: Longest line kept in memory; what follows up to the next line break is dropped.
MAX_LINE_BYTES = 256 * 1024

_READ_BYTES = 64 * 1024
_POLL_SECONDS = 0.5
_STOP_POLL_SECONDS = 0.02


class ParentLostError(RuntimeError):
    """The process that watches over this one has died, so nobody will ever stop the child or hear of its end."""


class LineSplitter:
    """Cuts a stream of byte chunks into lines of bounded length.

    A line that is longer than the bound is handed on cut off at the bound, once.
    """

    def __init__(self, max_bytes: int = MAX_LINE_BYTES) -> None:
        self._max_bytes = max_bytes
        self._pending = bytearray()

    def feed(self, chunk: bytes) -> Iterator[bytes]:
        """Yield the lines that the chunk completes, without their line breaks."""
        *complete, rest = chunk.split(b"\n")
        for part in complete:
            self._keep(part)
            yield self._take()
        self._keep(rest)

    def rest(self) -> Iterator[bytes]:
        """Yield the last line when the stream ended without a line break."""
        if self._pending:
            yield self._take()

    def _keep(self, part: bytes) -> None:
        self._pending += part[: self._max_bytes - len(self._pending)]

    def _take(self) -> bytes:
        line = bytes(self._pending).rstrip(b"\r")
        self._pending.clear()
        return line


class ChildProcess:
    """A process and everything it starts. Use once: `run`, and `stop` from a signal handler at any moment."""

    def __init__(self, argv: Sequence[str], cwd: Path, env: Mapping[str, str]) -> None:
        self._argv = list(argv)
        self._cwd = cwd
        self._env = dict(env)
        self._parent = os.getppid()
        self._process: subprocess.Popen[bytes] | None = None
        self._group_gone = False
        self.stop_requested = False

    def run(self, on_line: Callable[[bytes], None]) -> int:
        """Run the child to its end and return its exit status, negative for a signal, as subprocess does.

        Whatever is raised meanwhile (a timeout, a broken log), the child and its group are gone afterwards.

        :raises OSError: the executable or the folder cannot be used
        :raises ParentLostError: our own parent died meanwhile
        """
        # The whole environment is given, and a new session is a new process group: the group can be killed.
        with subprocess.Popen(
            self._argv,
            cwd=self._cwd,
            env=self._env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            bufsize=0,
            start_new_session=True,
        ) as process:
            self._process = process
            try:
                if self.stop_requested:  # asked to stop while the child was being started
                    self.stop()
                self._read(process, on_line)
                while not self._exited(process):
                    self._require_parent()
                    time.sleep(_STOP_POLL_SECONDS)  # it closed its output but goes on
            finally:
                self._end_group(process)
            return process.wait()

    def stop(self) -> None:
        """Ask the group to stop, and kill it when it does not within 3 s. Harmless when it is gone already.

        Callable from a signal handler: takes no lock and does not reap, so that the group's number stays ours until
        the last signal is sent.
        """
        self.stop_requested = True
        if self._process is not None:
            self._end_group(self._process)

    def _end_group(self, process: subprocess.Popen[bytes]) -> None:
        if self._group_gone:
            return
        if not self._exited(process):
            self._signal_group(process, signal.SIGTERM)
            give_up_at = time.monotonic() + STOP_GRACE_SECONDS
            while not self._exited(process) and time.monotonic() < give_up_at:
                time.sleep(_STOP_POLL_SECONDS)
        # Also after a clean exit: a grandchild may have stayed in the group.
        self._signal_group(process, signal.SIGKILL)
        self._group_gone = True

    def _read(self, process: subprocess.Popen[bytes], on_line: Callable[[bytes], None]) -> None:
        """Hand on lines until the output ends, or until the child is gone and nothing more is waiting.

        The second condition matters when a grandchild inherited the output and keeps it open.
        """
        if process.stdout is None:
            raise AssertionError("the child's output is a pipe")
        output = process.stdout.fileno()
        lines = LineSplitter()
        while True:
            self._require_parent()
            exited = self._exited(process)
            ready, _, _ = select.select([output], [], [], 0 if exited else _POLL_SECONDS)
            if ready:
                chunk = os.read(output, _READ_BYTES)
                if not chunk:
                    break
                for line in lines.feed(chunk):
                    on_line(line)
            elif exited:
                break
        for line in lines.rest():
            on_line(line)

    def _require_parent(self) -> None:
        if os.getppid() != self._parent:  # an orphan is handed to another parent at once
            raise ParentLostError("The supervisor of this task has died; the worker is stopped.")

    @staticmethod
    def _exited(process: subprocess.Popen[bytes]) -> bool:
        """Tell whether the child has ended, without reaping it."""
        if process.returncode is not None:
            return True
        try:
            return os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None
        except ChildProcessError:  # reaped by somebody else, as a process with a SIGCHLD handler may do
            return True

    @staticmethod
    def _signal_group(process: subprocess.Popen[bytes], number: int) -> None:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, number)
