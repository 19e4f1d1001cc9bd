"""Where things are: the checkout with the sources, and the home with everything a user's set-up keeps."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .failure import Failure


@dataclass(frozen=True)
class Checkout:
    """The source tree this launcher belongs to."""

    root: Path

    @property
    def worker_folder(self) -> Path:
        return self.root / "workflow-worker" / "target" / "quarkus-app"

    @property
    def service_folder(self) -> Path:
        return self.root / "artifact-service" / "target" / "quarkus-app"

    @property
    def airflow_dags(self) -> Path:
        return self.root / "airflow-dags"

    @property
    def bars(self) -> Path:
        return self.root / "deploy" / "bars"


@dataclass(frozen=True)
class Home:
    """``SIGNALWRIGHT_HOME``: settings, secrets, data, logs and process files of one local set-up."""

    root: Path

    @property
    def settings_file(self) -> Path:
        return self.root / "settings.env"

    @property
    def tokens(self) -> Path:
        return self.root / "tokens"

    @property
    def secrets(self) -> Path:
        return self.root / "secrets"

    @property
    def logs(self) -> Path:
        return self.root / "logs"

    @property
    def processes(self) -> Path:
        return self.root / "run"

    @property
    def parts(self) -> Path:
        return self.root / "parts"

    @property
    def airflow(self) -> Path:
        return self.root / "airflow"

    @property
    def simulator(self) -> Path:
        return self.root / "simulator"

    @property
    def spool(self) -> Path:
        return self.root / "spool"

    @property
    def _state_file(self) -> Path:
        return self.root / "state.json"

    def exists(self) -> bool:
        """True once a first ``up`` has made it."""
        return self._state_file.is_file()

    def create(self) -> None:
        for folder in (self.root, self.tokens, self.secrets, self.logs, self.processes, self.airflow):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not self._state_file.exists():
            write_private(self._state_file, "{}\n")

    def state(self) -> dict[str, Any]:
        """What is remembered between commands: ports, keys of what is installed."""
        try:
            value = json.loads(self._state_file.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        except ValueError as error:
            raise Failure(
                f"{self._state_file} is not readable ({error}): delete it and run ./signalwright up; "
                "it only remembers ports and what is installed."
            ) from error
        return value if isinstance(value, dict) else {}

    def remember(self, values: Mapping[str, Any]) -> None:
        write_private(self._state_file, json.dumps({**self.state(), **values}, indent=2, sort_keys=True) + "\n")

    @contextmanager
    def alone(self, waiting: Callable[[str], None]) -> Iterator[None]:
        """Holds the home's lock, so that two commands never start or stop parts at the same time."""
        self.root.mkdir(parents=True, exist_ok=True, mode=0o700)
        with exclusive(self.root / "lock", waiting):
            yield


@contextmanager
def exclusive(lock_file: Path, waiting: Callable[[str], None]) -> Iterator[None]:
    """Holds an advisory lock on a file; says once whom it waits for."""
    with open(lock_file, "a+", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            waiting(
                f"Another signalwright command (process {lock.read().strip() or '?'}) is at work here; waiting for it."
            )
            fcntl.flock(lock, fcntl.LOCK_EX)
        lock.truncate(0)
        lock.write(f"{os.getpid()}\n")
        lock.flush()
        yield


def write_private(file: Path, text: str) -> None:
    """Replaces a file in one step; only its owner can read it."""
    temporary = file.with_name(f".{file.name}.{os.getpid()}")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    os.replace(temporary, file)
