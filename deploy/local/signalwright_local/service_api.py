"""The few calls the launcher makes to the artifact service, and the addresses of its pages."""

from __future__ import annotations

import uuid
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from .failure import Failure
from .local_http import Unreachable, call

# Fixed in docs/identity.md.
NAMESPACE = uuid.UUID("ef49fb85-bf0c-599e-8524-95db8cb78495")


class ServiceApi:
    """One artifact service, read with the token in a file."""

    def __init__(self, url: str, token_file: Path) -> None:
        self.url = url
        self.token_file = token_file

    def ready(self) -> bool:
        try:
            return call("GET", f"{self.url}/q/health/ready", seconds=3).ok
        except Unreachable:
            return False

    def artifacts(self, run_id: str, artifact_type: str) -> list[dict[str, Any]]:
        """A run's artifacts of one type, newest first."""
        return list(
            self._list(execution_id=run_id, type=artifact_type, limit=500, sort="-created_at").get("artifacts", [])
        )

    def count(self, run_id: str) -> int:
        return int(self._list(execution_id=run_id, limit=1, count="exact").get("total", 0))

    def run_page(self, dag_id: str, run_id: str) -> str:
        return f"{self.url}/executions/{uuid.uuid5(NAMESPACE, f'{dag_id}/{run_id}')}"

    def _list(self, **query: Any) -> dict[str, Any]:
        try:
            token = self.token_file.read_text(encoding="utf-8").strip()
        except OSError as error:
            raise Failure(f"The token file {self.token_file} cannot be read: {error}") from error
        answer = call("GET", f"{self.url}/api/artifacts?{urlencode(query)}", token=token)
        if not answer.ok or not isinstance(answer.body, dict):
            raise Failure(f"The artifact service at {self.url} refused to list artifacts: {answer.detail}")
        return answer.body
