"""Starts parts until they are healthy, stops them until nothing of them is left."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterable, Sequence
from functools import partial

from . import ports
from .airflow_settings import airflow_environment
from .failure import Failure
from .local_http import Unreachable
from .parts import AIRFLOW, AIRFLOW_API, AIRFLOW_SCHEDULER, NAMES, Part, parts_of
from .processes import ProcessBook, last_lines
from .screen import Screen
from .setup import Built, LocalSetup
from .together import together
from .tools import run_logged

_POLL_SECONDS = 0.2
_RUNNING_PATIENCE = 20.0
_STOP_PATIENCE = dict.fromkeys(NAMES, 10.0) | {"artifact-service": 20.0, AIRFLOW_SCHEDULER: 25.0}


class Lifecycle:
    """The parts of one set-up as processes."""

    def __init__(self, setup: LocalSetup, screen: Screen) -> None:
        self._setup = setup
        self._screen = screen
        self.book = ProcessBook(setup.home)

    def start(self, wanted: Sequence[Part], built: Built) -> None:
        """Starts what is not running as it should and waits until all of it is healthy."""
        started = {part.name: time.monotonic() for part in wanted if self._launch(part, built)}
        together([partial(self._bring_up, part, built, started.get(part.name)) for part in wanted])

    def migrate_airflow(self, built: Built) -> bool:
        """Brings Airflow's database to the installed version; tells whether anything was done."""
        database = self._setup.home.airflow / "home" / "airflow.db"
        key = built.airflow.key
        if database.exists() and self._setup.home.state().get("airflow_database") == key:
            return False
        self.stop(AIRFLOW)
        database.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        run_logged(
            "Preparing Airflow's database",
            [str(built.airflow.program("airflow")), "db", "migrate"],
            folder=self._setup.home.airflow,
            environment={**self._setup.environment, **airflow_environment(self._setup)},
            log=self._setup.home.logs / "airflow-database.log",
        )
        self._setup.home.remember({"airflow_database": key})
        return True

    def stop(self, names: Iterable[str]) -> list[str]:
        """Stops parts side by side; returns those that were running."""
        wanted = list(names)
        stopped = together([partial(self._stop_one, name) for name in wanted])
        return [name for name, was in zip(wanted, stopped, strict=True) if was]

    def stop_all(self) -> list[str]:
        """Stops every part of this home, also parts the present settings no longer name."""
        self.end_runs()
        # What starts tasks goes first, so that none runs into parts that are already gone.
        first = [name for name in NAMES if name in AIRFLOW and name != AIRFLOW_API]
        stopped = self.stop(first) + self.stop(name for name in NAMES if name not in first)
        survivors = self.book.survivors()
        if survivors:
            raise Failure(
                f"These processes could not be ended: {', '.join(map(str, survivors))}. Their logs: {self._setup.home.logs}"
            )
        return stopped

    def end_runs(self) -> list[str]:
        """Marks active runs as failed, so that the scheduler does not wait for them and no later one starts them again."""
        if self.book.running(AIRFLOW_SCHEDULER) is None or self.book.running(AIRFLOW_API) is None:
            return []
        ended = []
        with contextlib.suppress(Unreachable, Failure):
            api = self._setup.airflow_api()
            for run in api.runs(self._setup.dag_id, "state=running&state=queued&limit=50"):
                api.fail_run(self._setup.dag_id, run["dag_run_id"], "Stopped by ./signalwright down.")
                ended.append(str(run["dag_run_id"]))
        for run_id in ended:
            self._screen.say(f"  The run {run_id} was under way: it is marked failed.")
        return ended

    def health(self) -> dict[str, str]:
        """Each part of this set-up: healthy, starting (its process lives) or stopped."""
        found = {}
        for part in parts_of(self._setup):
            running = self.book.running(part.name)
            if running is None:
                found[part.name] = "stopped"
            else:
                found[part.name] = "healthy" if part.healthy(running.started) else "not healthy"
        return found

    def _stop_one(self, name: str) -> bool:
        if self.book.running(name) is None:
            return self.book.stop(name, 0.5)
        with self._screen.step(f"stopping {name}"):
            return self.book.stop(name, _STOP_PATIENCE[name])

    def _launch(self, part: Part, built: Built) -> bool:
        command = part.command(built)
        running = self.book.running(part.name)
        if running is not None and running.fingerprint == command.fingerprint:
            return False
        if running is not None:
            self._screen.say(f"  {part.name} runs with other settings or an older build: it is restarted.")
        self._stop_one(part.name)
        ports.refuse_taken(part.ports, ports.holder)
        self.book.start(part.name, command)
        return True

    def _bring_up(self, part: Part, built: Built, launched: float | None) -> None:
        """Waits for a part that was started; one that ran before and does not answer is started anew."""
        if launched is None:
            with self._screen.step(f"checking {part.name}") as step:
                if self._gets_healthy(part, min(part.patience, _RUNNING_PATIENCE)):
                    step.note = "already running"
                    return
                step.note = "does not answer, it is restarted"
            self.book.stop(part.name, _STOP_PATIENCE[part.name])
            launched = time.monotonic()
            self._launch(part, built)
        with self._screen.step(f"starting {part.name}", launched):
            if not self._gets_healthy(part, part.patience):
                ended = self.book.running(part.name) is None
                raise self._unhealthy(part, "ended" if ended else f"did not get healthy within {part.patience:.0f} s")

    def _gets_healthy(self, part: Part, patience: float) -> bool:
        deadline = time.monotonic() + patience
        while (running := self.book.running(part.name)) is not None:
            if part.healthy(running.started):
                return True
            if time.monotonic() > deadline:
                return False
            time.sleep(_POLL_SECONDS)
        return False

    def _unhealthy(self, part: Part, what: str) -> Failure:
        log = self.book.log_file(part.name)
        tail = "\n".join(f"    {line}" for line in last_lines(log, 12))
        return Failure(f"{part.name} {what}. The last lines of {log}:\n{tail}")
