"""The button "Artifacts" on a task in Airflow's UI."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from airflow.sdk import BaseOperatorLink

from signalwright_airflow.identity import execution_id

if TYPE_CHECKING:
    from airflow.sdk import BaseOperator
    from airflow.sdk.types import TaskInstanceKey


def artifact_service_url() -> str:
    """Return the artifact service's address without a slash at its end, empty when it is not set."""
    return os.environ.get("ARTIFACT_SERVICE_URL", "").strip().rstrip("/")


class ArtifactsLink(BaseOperatorLink):
    """Opens the run's page in the artifact service. Airflow asks for it in the task process when a try has ended."""

    @property
    def name(self) -> str:
        """The button's text."""
        return "Artifacts"

    def get_link(self, operator: BaseOperator, *, ti_key: TaskInstanceKey) -> str:  # noqa: ARG002 - Airflow's signature
        """Return the address of the run's page; empty, and so no button, when the service's address is not set."""
        service = artifact_service_url()
        return f"{service}/executions/{execution_id(ti_key.dag_id, ti_key.run_id)}" if service else ""
