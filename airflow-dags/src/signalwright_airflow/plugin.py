"""Registers the link with Airflow's UI and nothing else."""

from __future__ import annotations

from airflow.plugins_manager import AirflowPlugin

from signalwright_airflow.links import ArtifactsLink


class SignalwrightPlugin(AirflowPlugin):
    """Found through the entry point `airflow.plugins`."""

    name = "signalwright"
    operator_extra_links = [ArtifactsLink()]  # noqa: RUF012 - Airflow reads the list from the class
