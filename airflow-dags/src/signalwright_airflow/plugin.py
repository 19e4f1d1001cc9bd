"""Registers the button and the tabs with Airflow's UI and nothing else."""

from __future__ import annotations

from airflow.plugins_manager import AirflowPlugin

from signalwright_airflow.links import ArtifactsLink, artifact_service_url


def artifact_tabs(service_url: str) -> list[dict[str, str]]:
    """Return the tab "Artifacts" for a run and for a task; none when the service's address is not known.

    Airflow puts the run id in, percent-encoded, and shows the page in a frame: the service must allow that frame.
    """
    if not service_url:
        return []
    return [
        {
            "name": "Artifacts",
            "href": f"{service_url}/artifacts?execution_id={{RUN_ID}}",
            "destination": destination,
            "url_route": f"signalwright-{destination.replace('_', '-')}",
        }
        for destination in ("dag_run", "task_instance")
    ]


class SignalwrightPlugin(AirflowPlugin):
    """Found through the entry point `airflow.plugins`."""

    # Airflow reads these lists from the class.
    name = "signalwright"
    operator_extra_links = [ArtifactsLink()]  # noqa: RUF012
    external_views = artifact_tabs(artifact_service_url())
