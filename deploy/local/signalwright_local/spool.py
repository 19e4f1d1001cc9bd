"""The worker's spool as the launcher sees it: how many records wait, and how to have them sent."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
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
    reasons: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        return f"{self.sent} sent, {self.waiting} waiting, {self.quarantined} set aside"


def waiting_records(spool: Path) -> int:
    return _records(spool / "pending")


def quarantined_records(spool: Path) -> int:
    return _records(spool / "quarantine")


def deliver(setup: LocalSetup, built: Built) -> Delivery:
    """Runs the worker's own delivery and reads its answer, the last line it prints."""
    try:
        run = subprocess.run(
            [str(built.jdk.java), "@worker.args", "deliver"],
            cwd=built.worker_folder,
            env={**setup.environment, **setup.worker_environment(built)},
            stdin=subprocess.DEVNULL,
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
    for line in reversed(run.stdout.splitlines()):
        try:
            answer = json.loads(line)
            return Delivery(
                int(answer["sent"]),
                int(answer["waiting"]),
                int(answer["quarantined"]),
                run.returncode,
                tuple(_warnings(run.stdout)),
            )
        except (ValueError, KeyError, TypeError):
            continue
    raise Failure(f"The delivery failed (exit status {run.returncode}):\n{run.stdout[-2000:]}")


def _warnings(log: str) -> Iterator[str]:
    """What the worker warned of, one sentence each."""
    for line in log.splitlines():
        try:
            entry = json.loads(line)
        except ValueError:
            continue
        if isinstance(entry, dict) and entry.get("level") in ("warning", "error") and "msg" in entry:
            yield str(entry["msg"])


def _records(folder: Path) -> int:
    # Beside the records lie unfinished files and the reasons of refusals; docs/spool.md has the layout.
    return sum(1 for _ in folder.glob("*.rec"))
