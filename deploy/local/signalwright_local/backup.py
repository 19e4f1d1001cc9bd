"""The commands backup, restore and verify-backup: the service's own Java program, run beside it."""

from __future__ import annotations

import subprocess
from pathlib import Path

from .desk import Desk
from .failure import Failure
from .parts import SERVICE
from .processes import ProcessBook


def backup(desk: Desk, file: str, despite_losses: bool) -> int:
    desk.load_existing()
    return _run(desk, "backup", Path(file).absolute(), *(["--despite-losses"] if despite_losses else []))


def verify(desk: Desk, file: str) -> int:
    desk.load_existing()
    return _run(desk, "verify-backup", Path(file).absolute())


def restore(desk: Desk, file: str) -> int:
    """Into an empty database only, with the service stopped. Exit status 0 only when everything was verified."""
    desk.load_existing()
    with desk.home.alone(desk.screen.say):
        if ProcessBook(desk.home).running(SERVICE):
            raise Failure(f"The artifact service runs: ./signalwright stop {SERVICE} first, then restore again.")
        return _run(desk, "restore", Path(file).absolute())


def _run(desk: Desk, command: str, file: Path, *words: str) -> int:
    setup, built = desk.load_existing(), desk.built()
    if not setup.own_service:
        raise Failure("The artifact service runs elsewhere: make its backups on that machine.")
    argv = [str(built.jdk.java), "@backup.args", command, str(file), *words]
    environment = {**setup.environment, **setup.service_environment()}
    return subprocess.run(argv, cwd=built.service_folder, env=environment, check=False).returncode
