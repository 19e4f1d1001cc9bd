"""The environment of Airflow's own processes; airflow-dags/README.md says why each value is what it is."""

from __future__ import annotations

import json

from . import credentials
from .airflow_api import USER
from .setup import LocalSetup


def airflow_environment(setup: LocalSetup) -> dict[str, str]:
    """Settings and secrets of Airflow. Only its own processes get them: the operator hands on named variables alone."""
    home = setup.home.airflow / "home"
    port = setup.ports.airflow
    secrets = credentials.airflow_secrets(setup.home)
    bundle = {
        "name": "signalwright",
        "classpath": "airflow.dag_processing.bundles.local.LocalDagBundle",
        "kwargs": {"path": str(setup.checkout.airflow_dags / "dags")},
    }
    return {
        "AIRFLOW_HOME": str(home),
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{home / 'airflow.db'}",
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__CORE__EXECUTOR": "LocalExecutor",
        "AIRFLOW__CORE__PARALLELISM": "8",
        "AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION": "False",
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"http://127.0.0.1:{port}/execution/",
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS": f"{USER}:admin",
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE": str(credentials.airflow_password_file(setup.home)),
        "AIRFLOW__CORE__FERNET_KEY": secrets.fernet_key,
        "AIRFLOW__API__HOST": "127.0.0.1",
        "AIRFLOW__API__PORT": str(port),
        "AIRFLOW__API__BASE_URL": f"http://127.0.0.1:{port}",
        "AIRFLOW__API__SECRET_KEY": secrets.api_secret,
        "AIRFLOW__API_AUTH__JWT_SECRET": secrets.jwt_secret,
        "AIRFLOW__EXECUTION_API__JWT_EXPIRATION_TIME": "86400",
        # One line a request would be most of the log.
        "AIRFLOW__LOGGING__NAMESPACE_LEVELS": "http.access=WARNING",
        "AIRFLOW__WORKERS__MIN_HEARTBEAT_INTERVAL": "1",
        "AIRFLOW__SCHEDULER__SCHEDULER_IDLE_SLEEP_TIME": "0.1",
        "AIRFLOW__DAG_PROCESSOR__REFRESH_INTERVAL": "10",
        "AIRFLOW__DAG_PROCESSOR__DAG_BUNDLE_CONFIG_LIST": json.dumps([bundle]),
        # Compiled code is kept (without it every start and task compiles Airflow again), but not in the checkout.
        "PYTHONPYCACHEPREFIX": str(setup.home.airflow / "pycache"),
    }
