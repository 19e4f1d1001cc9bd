"""A whole Signalwright of its own for the end-to-end tests: real Airflow, real service, real gateway simulator."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

CHECKOUT = Path(__file__).resolve().parents[2]
LAUNCHER = CHECKOUT / "signalwright"

Json = dict[str, Any]


@dataclass
class Answer:
    """What an HTTP address answered."""

    status: int
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)

    def text(self) -> str:
        return self.body.decode("utf-8")


@dataclass
class Installation:
    """One home folder, driven by the launcher's own commands."""

    home: Path
    environment: dict[str, str] = field(default_factory=dict)

    def command(self, *arguments: str, timeout: float = 600) -> subprocess.CompletedProcess[str]:
        """Runs `./signalwright ...` as a person would; the output is kept for the failure message."""
        return subprocess.run(
            [str(LAUNCHER), *arguments],
            cwd=CHECKOUT,
            env={**os.environ, **self.environment, "SIGNALWRIGHT_HOME": str(self.home)},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )

    def must(self, *arguments: str, timeout: float = 600) -> str:
        done = self.command(*arguments, timeout=timeout)
        assert done.returncode == 0, f"{arguments} ended {done.returncode}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def trigger(self, *arguments: str) -> Json:
        """Triggers a run, waits for it, and returns the last line's object whatever state the run ended in."""
        done = self.command("trigger", *arguments, "--wait", "--json", timeout=420)
        lines = done.stdout.strip().splitlines()
        assert lines, f"no output; exit {done.returncode}\n{done.stderr}"
        result: Json = json.loads(lines[-1])
        assert (done.returncode == 0) == (result["state"] == "success"), done.stdout
        return result

    def part_pid(self, part: str) -> int:
        """The process id of a background part, as the launcher wrote it down."""
        record: Json = json.loads((self.home / "run" / f"{part}.json").read_text())
        return int(record["pid"])

    def workers(self) -> list[int]:
        """Process ids of this installation's worker JVMs that live just now."""
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                words = (folder / "cmdline").read_bytes().split(b"\0")
                where = (folder / "cwd").readlink()
            except OSError:
                continue  # gone meanwhile
            if b"@worker.args" in words and where.is_relative_to(self.home):
                found.append(int(folder.name))
        return found

    def status(self) -> Json:
        status: Json = json.loads(self.must("status", "--json"))
        return status

    # --- the artifact service, as a program with the viewer token sees it ---

    def get(self, path: str, token: str = "viewer") -> Answer:
        service = self.status()["artifact_service"]
        secret = Path(service["token_files"][token]).read_text().strip()
        request = urllib.request.Request(service["url"] + path, headers={"Authorization": f"Bearer {secret}"})
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return Answer(answer.status, answer.read())
        except urllib.error.HTTPError as refused:
            return Answer(refused.code, refused.read())

    def artifacts(self, run: Json, **filters: str) -> list[Json]:
        """Every artifact of the run, page by page."""
        found: list[Json] = []
        cursor = ""
        while True:
            query = urllib.parse.urlencode(
                {"dag_id": run["dag_id"], "execution_id": run["run_id"], "limit": "20", "cursor": cursor, **filters}
            )
            page = self.get(f"/api/artifacts?{query}").json()
            found += page["artifacts"]
            cursor = page["next_cursor"] or ""
            if not cursor:
                return found

    # --- Airflow, as a program sees it ---

    def airflow(self, path: str, method: str = "GET", body: Json | None = None) -> Any:
        airflow = self.status()["airflow"]
        password = json.loads(Path(airflow["password_file"]).read_text())[airflow["username"]]
        token = self._airflow_call(
            airflow["url"] + "/auth/token", "POST", {"username": airflow["username"], "password": password}, ""
        )["access_token"]
        return self._airflow_call(airflow["url"] + "/api/v2" + path, method, body, token)

    @staticmethod
    def _airflow_call(url: str, method: str, body: Json | None, token: str) -> Any:
        request = urllib.request.Request(
            url,
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Content-Type": "application/json", "Authorization": f"Bearer {token}"},
        )
        with urllib.request.urlopen(request, timeout=20) as answer:
            return json.loads(answer.read() or b"null")

    def task_state(self, run: Json, task: str) -> str | None:
        quoted = urllib.parse.quote(run["run_id"], safe="")
        state: str | None = self.airflow(f"/dags/{run['dag_id']}/dagRuns/{quoted}/taskInstances/{task}")["state"]
        return state

    def run_state(self, run: Json) -> str:
        quoted = urllib.parse.quote(run["run_id"], safe="")
        return str(self.airflow(f"/dags/{run['dag_id']}/dagRuns/{quoted}")["state"])

    def task_log(self, run: Json, task: str, attempt: int = 1) -> list[Json]:
        quoted = urllib.parse.quote(run["run_id"], safe="")
        path = f"/dags/{run['dag_id']}/dagRuns/{quoted}/taskInstances/{task}/logs/{attempt}"
        return [line for line in self.airflow(path)["content"] if isinstance(line, dict)]


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def by_type(artifacts: list[Json], symbol: str) -> dict[str, list[Json]]:
    """The artifacts of one symbol, grouped by type."""
    grouped: dict[str, list[Json]] = {}
    for artifact in artifacts:
        if artifact.get("symbol") == symbol:
            grouped.setdefault(artifact["type"], []).append(artifact)
    return grouped


def results(artifacts: list[Json]) -> dict[str, Json]:
    """The newest task_result of every task, by task id."""
    newest: dict[str, Json] = {}
    for artifact in artifacts:
        if artifact["type"] == "task_result":
            known = newest.get(artifact["task_id"])
            if known is None or artifact["try_number"] > known["try_number"]:
                newest[artifact["task_id"]] = artifact
    return {task: artifact["data"] for task, artifact in newest.items()}
