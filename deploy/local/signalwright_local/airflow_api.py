"""The few calls the launcher makes to Airflow's REST API v2."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any
from urllib.parse import quote

from .failure import Failure
from .local_http import Answer, Unreachable, call

USER = "admin"
ENDED = ("success", "failed")


class AirflowApi:
    """One Airflow. Gets its token by itself; the password is read from its file at that moment."""

    def __init__(self, url: str, password_file: Path) -> None:
        self.url = url
        self.password_file = password_file
        self._token: str | None = None

    def health(self) -> dict[str, Any] | None:
        """The health of Airflow's parts; None while the server does not answer."""
        try:
            answer = call("GET", f"{self.url}/api/v2/monitor/health", seconds=3)
        except Unreachable:
            return None
        return answer.body if answer.ok and isinstance(answer.body, dict) else None

    def serves_tasks(self) -> bool:
        """Tells whether tasks can report. The first call makes Airflow build that interface, seconds of work that
        would otherwise fall into the first task of the first run.
        """
        try:
            return call("GET", f"{self.url}/execution/health", seconds=5).ok
        except Unreachable:
            return False

    def knows(self, dag_id: str) -> bool:
        return self._ask("GET", f"/api/v2/dags/{quote(dag_id)}").ok

    def import_errors(self) -> list[str]:
        """Why a workflow file could not be read, the last line of each error."""
        found = self._get("/api/v2/importErrors").get("import_errors", [])
        return [
            str(error.get("stack_trace", "")).strip().splitlines()[-1] for error in found if error.get("stack_trace")
        ]

    def unpause(self, dag_id: str) -> None:
        self._need(self._ask("PATCH", f"/api/v2/dags/{quote(dag_id)}", {"is_paused": False}), "start the workflow")

    def trigger(self, dag_id: str, conf: dict[str, Any]) -> str:
        """Starts a run and returns its id."""
        answer = self._ask("POST", f"/api/v2/dags/{quote(dag_id)}/dagRuns", {"logical_date": None, "conf": conf})
        self._need(answer, "start a run")
        return str(answer.body["dag_run_id"])

    def newest_run(self, dag_id: str) -> dict[str, Any] | None:
        runs = self.runs(dag_id, "limit=1&order_by=-run_after")
        return runs[0] if runs else None

    def runs(self, dag_id: str, query: str) -> list[dict[str, Any]]:
        found = self._get(f"/api/v2/dags/{quote(dag_id)}/dagRuns?{query}").get("dag_runs", [])
        return list(found)

    def run(self, dag_id: str, run_id: str) -> dict[str, Any]:
        return self._get(self._run_path(dag_id, run_id))

    def tasks(self, dag_id: str, run_id: str) -> list[dict[str, Any]]:
        found = self._get(f"{self._run_path(dag_id, run_id)}/taskInstances?limit=200").get("task_instances", [])
        return list(found)

    def fail_run(self, dag_id: str, run_id: str, note: str) -> None:
        body = {"state": "failed", "note": note}
        self._need(self._ask("PATCH", self._run_path(dag_id, run_id), body), "end the run")

    def run_page(self, dag_id: str, run_id: str) -> str:
        return f"{self.url}/dags/{quote(dag_id, safe='')}/runs/{quote(run_id, safe='')}"

    def _run_path(self, dag_id: str, run_id: str) -> str:
        return f"/api/v2/dags/{quote(dag_id, safe='')}/dagRuns/{quote(run_id, safe='')}"

    def _get(self, path: str) -> dict[str, Any]:
        answer = self._need(self._ask("GET", path), f"read {path}")
        return answer.body if isinstance(answer.body, dict) else {}

    def _need(self, answer: Answer, what: str) -> Answer:
        if not answer.ok:
            raise Failure(f"Airflow at {self.url} refused to {what}: {answer.detail}")
        return answer

    def _ask(self, method: str, path: str, body: Any = None) -> Answer:
        for attempt in range(3):
            try:
                answer = call(method, self.url + path, token=self._bearer(), body=body, seconds=30)
            except Unreachable:
                # One busy moment of the server must not end a wait; a write is not repeated.
                if method != "GET" or attempt == 2:
                    raise
                time.sleep(1)
                continue
            if answer.status != 401:
                return answer
            self._token = None
        raise Failure(f"Airflow at {self.url} does not accept the password in {self.password_file}.")

    def _bearer(self) -> str:
        if self._token is None:
            try:
                password = json.loads(self.password_file.read_text(encoding="utf-8"))[USER]
            except (OSError, ValueError, KeyError) as error:
                raise Failure(
                    f"Airflow's password file {self.password_file} cannot be read: run ./signalwright up."
                ) from error
            answer = call("POST", f"{self.url}/auth/token", body={"username": USER, "password": password})
            if not answer.ok:
                raise Failure(
                    f"Airflow at {self.url} does not accept the password in {self.password_file}: {answer.detail}"
                )
            self._token = str(answer.body["access_token"])
        return self._token
