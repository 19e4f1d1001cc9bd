"""The background parts of a set-up: how each is started, when it counts as healthy, how long it may take to stop."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from . import simulator_control
from .airflow_settings import airflow_environment
from .failure import Failure
from .processes import Command
from .setup import START_CLOCK, Built, LocalSetup

SIMULATOR = "simulator"
SERVICE = "artifact-service"
AIRFLOW_API = "airflow-api-server"
AIRFLOW_SCHEDULER = "airflow-scheduler"
AIRFLOW_DAGS = "airflow-dag-processor"
AIRFLOW = (AIRFLOW_API, AIRFLOW_SCHEDULER, AIRFLOW_DAGS)
NAMES = (SIMULATOR, SERVICE, *AIRFLOW)

_ALIASES = {
    "gateway": (SIMULATOR,),
    "gateway-simulator": (SIMULATOR,),
    "service": (SERVICE,),
    "airflow": AIRFLOW,
    "api-server": (AIRFLOW_API,),
    "scheduler": (AIRFLOW_SCHEDULER,),
    "dag-processor": (AIRFLOW_DAGS,),
}


@dataclass(frozen=True)
class Part:
    """One background part.

    healthy: told when the part was started (seconds since the epoch), says whether it does its work since then.
    patience: seconds to get healthy.
    """

    name: str
    ports: Mapping[int, str]
    command: Callable[[Built], Command]
    healthy: Callable[[float], bool]
    patience: float = 60


def resolve(name: str) -> tuple[str, ...]:
    """The parts a user means by a name."""
    if name in NAMES:
        return (name,)
    if name in _ALIASES:
        return _ALIASES[name]
    raise Failure(f"There is no part {name!r}. Parts: {', '.join(NAMES)}; airflow means its three.")


def parts_of(setup: LocalSetup) -> list[Part]:
    """The parts this set-up runs, in the order in which they start."""
    parts = []
    if setup.simulated:
        parts.append(_simulator(setup))
    if setup.own_service:
        parts.append(_service(setup))
    return [*parts, *_airflow(setup)]


def _simulator(setup: LocalSetup) -> Part:
    ports = setup.ports

    def command(built: Built) -> Command:
        options = {
            "--bars": setup.checkout.bars,
            "--clock": START_CLOCK,
            "--port": ports.simulator,
            "--control-port": ports.simulator_control,
            "--state-dir": setup.home.simulator,
        }
        argv = (
            str(built.jdk.java),
            "@simulator.args",
            *(str(word) for pair in options.items() for word in pair),
        )
        return _command(setup, argv, built.worker_folder, {}, built.key)

    return Part(
        SIMULATOR,
        {ports.simulator: "gateway simulator", ports.simulator_control: "gateway simulator's control"},
        command,
        lambda _since: simulator_control.clock(ports.simulator_control) is not None,
    )


def _service(setup: LocalSetup) -> Part:
    def command(built: Built) -> Command:
        argv = (str(built.jdk.java), "@service.args")
        return _command(setup, argv, built.service_folder, setup.service_environment(), built.key)

    return Part(
        SERVICE,
        {setup.ports.service: "artifact service"},
        command,
        lambda _since: setup.service_api().ready(),
        patience=120,
    )


def _airflow(setup: LocalSetup) -> list[Part]:
    def component(name: str, *argv: str) -> Callable[[Built], Command]:
        def command(built: Built) -> Command:
            environment = airflow_environment(setup)
            if name != AIRFLOW_API:
                environment.update(setup.worker_environment(built))
            program = str(built.airflow.program("airflow"))
            return _command(setup, (program, *argv), setup.home.airflow, environment, built.airflow.key)

        return command

    def reports(section: str, heartbeat: str) -> Callable[[float], bool]:
        def healthy(since: float) -> bool:
            state = (setup.airflow_api().health() or {}).get(section) or {}
            return state.get("status") == "healthy" and _later(state.get(heartbeat), since)

        return healthy

    return [
        Part(
            AIRFLOW_API,
            {setup.ports.airflow: "Airflow web server"},
            component(AIRFLOW_API, "api-server"),
            lambda _since: setup.airflow_api().health() is not None and setup.airflow_api().serves_tasks(),
            patience=120,
        ),
        Part(
            AIRFLOW_SCHEDULER,
            {},
            component(AIRFLOW_SCHEDULER, "scheduler", "--skip-serve-logs"),
            reports("scheduler", "latest_scheduler_heartbeat"),
            patience=120,
        ),
        Part(
            AIRFLOW_DAGS,
            {},
            component(AIRFLOW_DAGS, "dag-processor"),
            reports("dag_processor", "latest_dag_processor_heartbeat"),
            patience=120,
        ),
    ]


def _command(setup: LocalSetup, argv: tuple[str, ...], folder: Path, own: Mapping[str, str], key: str) -> Command:
    # The caller's own environment is left out of the fingerprint: another terminal is no reason to restart a part.
    told = json.dumps([argv, str(folder), sorted(own.items()), key])
    return Command(argv, folder, {**setup.environment, **own}, hashlib.sha256(told.encode()).hexdigest())


def _later(text: str | None, since: float) -> bool:
    """True when a heartbeat is younger than the start: the last process's heartbeat outlives it."""
    try:
        return text is not None and datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp() >= since
    except ValueError:
        return False
