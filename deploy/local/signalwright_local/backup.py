"""The commands backup, restore and verify-backup: the service's own Java program, run beside it."""

from __future__ import annotations

import subprocess
from pathlib import Path

from .desk import Desk
from .failure import Failure
from .parts import SERVICE
from .processes import ProcessBook

_PROGRAM = "dev.signalwright.artifacts.backup.BackupCommand"
_HEAP = "-Xmx256m"


def backup(desk: Desk, file: str) -> int:
    desk.load_existing()
    return _run(desk, "backup", Path(file).absolute())


def verify(desk: Desk, file: str) -> int:
    desk.load_existing()
    return _run(desk, "verify-backup", Path(file).absolute())


def restore(desk: Desk, file: str) -> int:
    """Into an empty database only, with the service stopped."""
    desk.load_existing()
    with desk.home.alone(desk.screen.say):
        if ProcessBook(desk.home).running(SERVICE):
            raise Failure(f"The artifact service runs: ./signalwright stop {SERVICE} first, then restore again.")
        return _run(desk, "restore", Path(file).absolute())


def _run(desk: Desk, command: str, file: Path) -> int:
    setup, built = desk.load_existing(), desk.built()
    if not setup.own_service:
        raise Failure("The artifact service runs elsewhere: make its backups on that machine.")
    argv = [str(built.jdk.java), _HEAP, "-cp", "quarkus-run.jar", _PROGRAM, command, str(file)]
    environment = {**setup.environment, **setup.service_environment()}
    return subprocess.run(argv, cwd=built.service_folder, env=environment, check=False).returncode
