"""Loopback ports: chosen once per set-up, remembered, and explained when somebody else took one."""

from __future__ import annotations

import hashlib
import os
import socket
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from .failure import Failure
from .places import Home
from .settings import Settings

_SETTING = {
    "artifact-service": "ARTIFACT_SERVICE_PORT",
    "airflow": "AIRFLOW_PORT",
    "simulator": "SIMULATOR_PORT",
    "simulator-control": "SIMULATOR_CONTROL_PORT",
}
# Below the range from which the kernel picks ports of outgoing connections, so that none is taken by chance.
_FIRST, _BLOCK, _BLOCKS = 20000, 10, 1200


@dataclass(frozen=True)
class Ports:
    """The ports of the local parts."""

    service: int
    airflow: int
    simulator: int
    simulator_control: int


def choose(home: Home, settings: Settings) -> Ports:
    """Ports in force: from the settings, else remembered, else new ones, which are remembered."""
    remembered = home.state().get("ports", {})
    wanted = {use: _fixed(settings, setting) or remembered.get(use) for use, setting in _SETTING.items()}
    missing = [use for use, port in wanted.items() if not port]
    if missing:
        taken = {port for port in wanted.values() if port}
        wanted.update(zip(missing, _new_ports(home.root, len(missing), taken), strict=True))
        home.remember({"ports": wanted})
    return Ports(
        int(wanted["artifact-service"] or 0),
        int(wanted["airflow"] or 0),
        int(wanted["simulator"] or 0),
        int(wanted["simulator-control"] or 0),
    )


def forget(home: Home) -> None:
    home.remember({"ports": {}})


def _fixed(settings: Settings, name: str) -> int | None:
    value = settings.get(name)
    return int(value) if value else None


def _new_ports(home: Path, count: int, taken: Iterable[int]) -> list[int]:
    # The home's path picks the block, so two set-ups that start at the same moment look in different places.
    start = int.from_bytes(hashlib.sha256(str(home).encode()).digest()[:4], "big")
    for step in range(_BLOCKS):
        base = _FIRST + (start + step) % _BLOCKS * _BLOCK
        block = [port for port in range(base, base + _BLOCK) if port not in taken]
        free = [port for port in block[: count + 2] if is_free(port)]
        if len(free) >= count:
            return free[:count]
    raise Failure("No free loopback port was found between 20000 and 32000: stop something that listens there.")


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def refuse_taken(needed: Mapping[int, str], find_holder: Callable[[int], str | None]) -> None:
    """Fails with one sentence when a port that a part is about to use belongs to somebody else."""
    for port, use in needed.items():
        if not is_free(port):
            who = find_holder(port) or "another program (of another user, its name is not visible)"
            raise Failure(
                f"Port {port}, remembered for the {use}, is taken by {who}: stop it, or let new ports be chosen with "
                "./signalwright up --new-ports, or write one into settings.env."
            )


def holder(port: int) -> str | None:
    """The process that listens on a port, as far as this user may see it."""
    sockets = set(_listening_inodes(port))
    if not sockets:
        return None
    for process in Path("/proc").iterdir():
        if process.name.isdigit() and _holds(process, sockets):
            command = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()
            return f"process {process.name} ({command[:80]})"
    return None


def _listening_inodes(port: int) -> Iterable[str]:
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        try:
            rows = Path(table).read_text(encoding="ascii").splitlines()[1:]
        except OSError:
            continue
        for row in rows:
            fields = row.split()
            if fields[3] == "0A" and int(fields[1].rsplit(":", 1)[1], 16) == port:
                yield f"socket:[{fields[9]}]"


def _holds(process: Path, sockets: set[str]) -> bool:
    try:
        return any(os.readlink(file) in sockets for file in (process / "fd").iterdir())
    except OSError:
        return False
