"""The worker's spool as the launcher sees it: how many records wait, and how to have them sent."""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

from .failure import Failure
from .setup import Built, LocalSetup

_DELIVER_SECONDS = 600


@dataclass(frozen=True)
class Delivery:
    """What one delivery did."""

    sent: int
    waiting: int
    quarantined: int
    exit_status: int

    @property
    def sentence(self) -> str:
        return f"{self.sent} sent, {self.waiting} waiting, {self.quarantined} set aside"


def waiting_records(spool: Path) -> int:
    return _entries(spool / "pending")


def quarantined_records(spool: Path) -> int:
    return _entries(spool / "quarantine")


def deliver(setup: LocalSetup, built: Built) -> Delivery:
    """Runs the worker's own delivery and reads its answer, the last line it prints."""
    # The worker stops when its standard input ends: it is held open for as long as the delivery runs.
    held_by_worker, life_line = os.pipe()
    try:
        run = subprocess.run(
            [str(built.jdk.java), "@worker.args", "deliver"],
            cwd=built.worker_folder,
            env={**setup.environment, **setup.worker_environment(built)},
            stdin=held_by_worker,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            timeout=_DELIVER_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise Failure(
            f"The delivery did not end within {_DELIVER_SECONDS} s: is the artifact service healthy?"
        ) from error
    finally:
        os.close(held_by_worker)
        os.close(life_line)
    for line in reversed(run.stdout.splitlines()):
        try:
            answer = json.loads(line)
            return Delivery(int(answer["sent"]), int(answer["waiting"]), int(answer["quarantined"]), run.returncode)
        except (ValueError, KeyError, TypeError):
            continue
    raise Failure(f"The delivery failed (exit status {run.returncode}):\n{run.stdout[-2000:]}")


def _entries(folder: Path) -> int:
    try:
        return sum(1 for entry in folder.iterdir() if not entry.name.startswith("."))
    except FileNotFoundError:
        return 0
