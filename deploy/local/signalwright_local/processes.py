"""Background processes: started in a session of their own, recognised later, stopped with everything they started.

A process is recognised by its id together with its start time and the machine's boot, so an id that the
system gave to somebody else is never signalled. Everything a part starts inherits ``SIGNALWRIGHT_PART`` unless
it drops or overwrites its environment; children are therefore also followed by parentage while the part is
stopped, and by the part's session when the part itself was killed before them.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from .places import Home, write_private

_LOG_LIMIT_BYTES = 8 * 1024 * 1024
_POLL_SECONDS = 0.05


@dataclass(frozen=True)
class Identity:
    """A process that cannot be mistaken for a later one with the same id."""

    pid: int
    start_ticks: int
    boot: str

    def alive(self) -> bool:
        return self.boot == _boot() and _start_ticks(self.pid) == self.start_ticks


@dataclass(frozen=True)
class Command:
    """How a part is started. fingerprint: changes when a running part has to be restarted."""

    argv: tuple[str, ...]
    folder: Path
    environment: Mapping[str, str]
    fingerprint: str


@dataclass(frozen=True)
class Running:
    """A part's process as its file remembers it."""

    identity: Identity
    fingerprint: str
    started: float


class ProcessBook:
    """The process files and logs of one home."""

    def __init__(self, home: Home) -> None:
        self._home = home

    def log_file(self, part: str) -> Path:
        return self._home.logs / f"{part}.log"

    def running(self, part: str) -> Running | None:
        running = self._remembered(part)
        return running if running is not None and running.identity.alive() else None

    def _remembered(self, part: str) -> Running | None:
        try:
            record = json.loads(self._file(part).read_text(encoding="utf-8"))
            identity = Identity(record["pid"], record["start_ticks"], record["boot"])
            return Running(identity, record["fingerprint"], record["started"])
        except (FileNotFoundError, ValueError, KeyError):
            return None

    def start(self, part: str, command: Command) -> Running:
        if self.running(part) is None:
            _end(self._orphans(part))  # else nobody would remember their session any more
        log = self.log_file(part)
        bound_log(log)
        environment = {
            **command.environment,
            "SIGNALWRIGHT_PART": part,
            "SIGNALWRIGHT_HOME": str(self._home.root),
        }
        with open(log, "ab") as out:
            out.write(f"--- started {time.strftime('%Y-%m-%dT%H:%M:%S%z')}\n".encode())
            out.flush()
            process = subprocess.Popen(
                command.argv,
                cwd=command.folder,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                umask=0o077,
            )
        identity = Identity(process.pid, _start_ticks(process.pid) or 0, _boot())
        running = Running(identity, command.fingerprint, time.time())
        record = {**asdict(identity), "fingerprint": running.fingerprint, "started": running.started}
        write_private(self._file(part), json.dumps(record) + "\n")
        return running

    def stop(self, part: str, patience_seconds: float) -> bool:
        """Stops a part and all it started; tells whether anything was running."""
        running = self.running(part)
        leader = [running.identity] if running is not None else []
        family = _with_descendants(leader + self._marked(part) + self._orphans(part))
        found = bool(family)
        _signal(leader or family, signal.SIGTERM)
        family = _wait(leader or family, family, patience_seconds)
        # What the leader left behind is told once more, then ended.
        _end(_with_descendants(family + self._marked(part) + self._orphans(part)))
        self._file(part).unlink(missing_ok=True)
        return found

    def survivors(self) -> list[int]:
        """Processes of this home's parts that are alive."""
        return [identity.pid for identity in self._marked(None)]

    def _marked(self, part: str | None) -> list[Identity]:
        home = f"SIGNALWRIGHT_HOME={self._home.root}".encode()
        found = []
        for pid in _pids():
            marks = _environment(pid)
            named = any(mark.startswith(b"SIGNALWRIGHT_PART=") for mark in marks)
            wanted = named if part is None else f"SIGNALWRIGHT_PART={part}".encode() in marks
            if wanted and home in marks and pid != os.getpid():
                found += _identify([pid])
        return found

    def _orphans(self, part: str) -> list[Identity]:
        """What is left of the session of a part whose own process is gone, whatever its environment says now."""
        remembered = self._remembered(part)
        if remembered is None or remembered.identity.boot != _boot():
            return []
        leader = remembered.identity
        if _start_ticks(leader.pid) is not None:
            return []  # alive, so its children are found by parentage; or the id is somebody else's by now
        return [
            one
            for one in _identify(_pids())
            if one.start_ticks >= leader.start_ticks
            and _session(one.pid) == leader.pid
            and _owner(one.pid) == os.getuid()
        ]

    def _file(self, part: str) -> Path:
        return self._home.processes / f"{part}.json"


def bound_log(log: Path) -> None:
    """Sets a large log aside, so that two files of bounded age are kept."""
    if log.exists() and log.stat().st_size > _LOG_LIMIT_BYTES:
        os.replace(log, log.with_name(log.name + ".1"))


def last_lines(file: Path, count: int) -> list[str]:
    try:
        with open(file, "rb") as source:
            source.seek(0, os.SEEK_END)
            source.seek(max(0, source.tell() - 400 * count - 4096))
            return source.read().decode(errors="replace").splitlines()[-count:]
    except FileNotFoundError:
        return []


def _end(family: list[Identity]) -> None:
    """Tells all of them once, then ends who did not listen."""
    _signal(family, signal.SIGTERM)
    family = _wait(family, family, 3)
    _signal(family, signal.SIGKILL)
    _wait(family, family, 5)


def _wait(until_gone: Iterable[Identity], family: list[Identity], seconds: float) -> list[Identity]:
    """Waits for processes to go; returns who of the (growing) family is left."""
    watched = list(until_gone)
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and any(one.alive() for one in watched):
        family = _with_descendants(family)
        time.sleep(_POLL_SECONDS)
    return [one for one in _with_descendants(family) if one.alive()]


def _signal(targets: Iterable[Identity], number: signal.Signals) -> None:
    for target in targets:
        if target.alive():
            try:
                os.kill(target.pid, number)
            except ProcessLookupError:
                continue


def _with_descendants(roots: list[Identity]) -> list[Identity]:
    children: dict[int, list[int]] = {}
    for pid in _pids():
        fields = _stat(pid)
        if fields is not None:
            children.setdefault(int(fields[1]), []).append(pid)
    known = {one.pid: one for one in roots}
    queue = [one.pid for one in roots if one.alive()]
    while queue:
        for identity in _identify(children.get(queue.pop(), [])):
            if identity.pid not in known:
                known[identity.pid] = identity
                queue.append(identity.pid)
    return list(known.values())


def _identify(pids: Iterable[int]) -> list[Identity]:
    boot = _boot()
    ticks = ((pid, _start_ticks(pid)) for pid in pids)
    return [Identity(pid, start, boot) for pid, start in ticks if start is not None]


def _pids() -> list[int]:
    return [int(entry) for entry in os.listdir("/proc") if entry.isdigit()]


def _stat(pid: int) -> list[str] | None:
    """Fields of /proc/PID/stat from the third on: state, parent, ..."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    # The second field is the program's name in brackets and may hold anything.
    return text[text.rindex(")") + 2 :].split()


def _start_ticks(pid: int) -> int | None:
    fields = _stat(pid)
    # A zombie has ended; only its parent has not looked yet.
    return None if fields is None or fields[0] in ("Z", "X") else int(fields[19])


def _session(pid: int) -> int | None:
    fields = _stat(pid)
    return None if fields is None else int(fields[3])


def _owner(pid: int) -> int | None:
    try:
        return Path(f"/proc/{pid}").stat().st_uid
    except OSError:
        return None


def _environment(pid: int) -> list[bytes]:
    try:
        return Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
    except OSError:
        return []


def _boot() -> str:
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except OSError:
        return ""
