"""What Airflow lists about this package under "Providers"."""

from __future__ import annotations

from typing import Any


def get_provider_info() -> dict[str, Any]:
    """Return the metadata that Airflow's entry point `apache_airflow_provider` asks for."""
    return {
        "package-name": "signalwright-airflow",
        "name": "Signalwright",
        "description": "Runs one Signalwright worker process per task.",
        "extra-links": ["signalwright_airflow.links.ArtifactsLink"],
    }
