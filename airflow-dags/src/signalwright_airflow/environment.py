"""What the worker finds in its environment: a whitelist, and nothing else.

Under the local executor the task process inherits the database address and the signing keys of Airflow itself. None of
that is handed on. Pure Python, no Airflow import.
"""

from __future__ import annotations

from collections.abc import Mapping

#: Handed on as they are, because programs in general expect them.
SYSTEM_NAMES = ("PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR", "JAVA_HOME")

#: The worker's settings. `SYMBOLS` is not among them: the operator decides it per run.
#: `ARTIFACT_DB_URL` belongs to the artifact service alone and may hold a password.
SETTING_NAMES = (
    "SIGNALWRIGHT_HOME",
    "WORKFLOW_SCHEDULE",
    "WORKFLOW_TIMEZONE",
    "WORKFLOW_LATE_AFTER",
    "STRATEGY",
    "DAG_ID",
    "ARTIFACT_SERVICE_URL",
    "IBKR_HOST",
    "IBKR_PORT",
    "IBKR_CLIENT_ID",
    "IBKR_CONTRACTS",
    "IBKR_MARKET_DATA",
    "IBKR_RESTART_TIME",
    "IBKR_ADAPTER",
    "IBKR_PORTAL_CERTIFICATE_SHA256",
    "IBKR_PORTAL_CA_FILE",
    "IBKR_PORTAL_TLS",
    "LLM_PROVIDER",
    "LLM_MODEL",
    "LLM_API_BASE_URL",
    "MLFLOW_TRACKING_URI",
    "TRADING_MODE",
    "LIVE_TRADING_ACCOUNT",
    "SPOOL_DIR",
)

#: Secrets: only `NAME_FILE`, the path of a file that holds the value, is handed on.
SECRET_NAMES = ("ARTIFACT_SERVICE_TOKEN", "LLM_API_KEY")


class PlainSecretError(ValueError):
    """A secret stands in the environment as a value."""


def worker_environment(inherited: Mapping[str, str]) -> dict[str, str]:
    """Return the part of the inherited environment that the worker may see.

    :raises PlainSecretError: a secret is given as a value, which every process of this user could read
    """
    for name in SECRET_NAMES:
        if inherited.get(name):
            raise PlainSecretError(
                f"{name} is in the environment as a value, where other programs can read it. "
                f"Write it to a file that only this user can read and set {name}_FILE to the file's path."
            )
    names = (*SYSTEM_NAMES, *SETTING_NAMES, *(f"{name}_FILE" for name in SECRET_NAMES))
    return {name: inherited[name] for name in names if name in inherited}
