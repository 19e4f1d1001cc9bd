"""Starts a run in Airflow, follows it to its end, and puts together what came out of it."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from .airflow_api import ENDED, AirflowApi
from .failure import Failure
from .local_http import Unreachable
from .service_api import ServiceApi

_POLL_SECONDS = 0.5
_END_STATES = ("success", "failed", "skipped", "upstream_failed", "removed")


@dataclass(frozen=True)
class TaskEnd:
    """One task of a run; seconds is the time of its last try."""

    task_id: str
    state: str
    seconds: float
    ended: str


@dataclass(frozen=True)
class RunReport:
    """A run as Airflow and the artifact service tell it.

    artifacts: stored artifacts of the run. signals: the newest signal artifact of each symbol.
    results: the newest task_result data by task. service_note: why the service's part is missing, if it is.
    """

    dag_id: str
    run_id: str
    state: str
    seconds: float
    tasks: tuple[TaskEnd, ...]
    artifacts: int
    signals: tuple[dict[str, Any], ...]
    results: dict[str, dict[str, Any]]
    url: str
    airflow_url: str
    service_note: str

    @property
    def succeeded(self) -> bool:
        return self.state == "success"

    def as_json(self) -> dict[str, Any]:
        tasks = [
            {"task_id": task.task_id, "state": task.state, "seconds": round(task.seconds, 3)} for task in self.tasks
        ]
        return {
            "dag_id": self.dag_id,
            "run_id": self.run_id,
            "state": self.state,
            "tasks": tasks,
            "artifacts": self.artifacts,
            "url": self.url,
        }


def await_workflow(api: AirflowApi, dag_id: str, seconds: float) -> None:
    """Waits until Airflow has read the workflow file, and lets it run."""
    deadline = time.monotonic() + seconds
    while not api.knows(dag_id):
        errors = api.import_errors()
        if errors:
            raise Failure(f"Airflow cannot read the workflow: {errors[0]}")
        if time.monotonic() > deadline:
            raise Failure(
                f"Airflow has not found the workflow {dag_id}: see ./signalwright logs airflow-dag-processor."
            )
        time.sleep(_POLL_SECONDS)
    errors = api.import_errors()
    if errors:
        raise Failure(f"Airflow cannot read the workflow as it is now: {errors[0]}")
    api.unpause(dag_id)


def follow(api: AirflowApi, dag_id: str, run_id: str, seconds: float, told: Callable[[TaskEnd], None]) -> None:
    """Waits for the end of a run; tells each task once when it has ended."""
    deadline = time.monotonic() + seconds
    known: set[str] = set()
    while True:
        tasks = _tasks(api.tasks(dag_id, run_id))
        for task in tasks:
            if task.ended and task.task_id not in known:
                known.add(task.task_id)
                told(task)
        # The run ends after its last task; asking for both all the time would slow down what is watched.
        if len(known) == len(tasks) and str(api.run(dag_id, run_id).get("state")) in ENDED:
            return
        if time.monotonic() > deadline:
            raise Failure(
                f"The run {run_id} has not ended after {seconds:.0f} s and goes on: {api.run_page(dag_id, run_id)} shows what it waits for."
            )
        time.sleep(_POLL_SECONDS)


def report(api: AirflowApi, service: ServiceApi, dag_id: str, run_id: str) -> RunReport:
    run = api.run(dag_id, run_id)
    artifacts, note = 0, ""
    signals: tuple[dict[str, Any], ...] = ()
    results: dict[str, dict[str, Any]] = {}
    try:
        signals = _newest(service.artifacts(run_id, "signal"), "symbol")
        ends = _newest(service.artifacts(run_id, "task_result"), "task_id")
        results = {one["task_id"]: one.get("data") or {} for one in ends}
        artifacts = service.count(run_id)
    except (Unreachable, Failure) as error:
        note = str(error)
    return RunReport(
        dag_id,
        run_id,
        str(run.get("state")),
        _seconds(run.get("start_date"), run.get("end_date")),
        tuple(_tasks(api.tasks(dag_id, run_id))),
        artifacts,
        signals,
        results,
        service.run_page(dag_id, run_id),
        api.run_page(dag_id, run_id),
        note,
    )


def _tasks(instances: Sequence[dict[str, Any]]) -> list[TaskEnd]:
    tasks = [
        TaskEnd(
            str(one["task_id"]),
            str(one.get("state") or "none"),
            float(one.get("duration") or 0.0),
            str(one.get("end_date") or "") if one.get("state") in _END_STATES else "",
        )
        for one in instances
    ]
    return sorted(tasks, key=lambda task: (task.ended == "", task.ended))


def _newest(artifacts: Sequence[dict[str, Any]], field: str) -> tuple[dict[str, Any], ...]:
    newest: dict[str, dict[str, Any]] = {}
    for artifact in artifacts:
        newest.setdefault(str(artifact.get(field)), artifact)
    return tuple(newest.values())


def _seconds(start: str | None, end: str | None) -> float:
    if not start or not end:
        return 0.0
    return (_instant(end) - _instant(start)).total_seconds()


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text.replace("Z", "+00:00"))
