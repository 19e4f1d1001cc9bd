"""The worker's environment: what goes through and what never does."""

from __future__ import annotations

import pytest

from signalwright_airflow.environment import SECRET_NAMES, PlainSecretError, worker_environment


def test_hands_on_settings_and_secret_paths() -> None:
    given = {"PATH": "/bin", "TRADING_MODE": "off", "LLM_API_KEY_FILE": "/key", "ARTIFACT_SERVICE_TOKEN_FILE": "/token"}

    assert worker_environment(given) == given


@pytest.mark.parametrize(
    "name",
    [
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN",
        "AIRFLOW__CORE__FERNET_KEY",
        "AIRFLOW__API_AUTH__JWT_SECRET",
        "ARTIFACT_DB_URL",
        "ARTIFACT_DB_PASSWORD",
        "AWS_SECRET_ACCESS_KEY",
        "LD_PRELOAD",
        "JAVA_TOOL_OPTIONS",
        "WORKFLOW_AS_OF",
        "SYMBOLS",
    ],
)
def test_keeps_everything_else_back(name: str) -> None:
    assert worker_environment({name: "value"}) == {}


@pytest.mark.parametrize("name", SECRET_NAMES)
def test_refuses_a_secret_given_as_value_without_repeating_it(name: str) -> None:
    with pytest.raises(PlainSecretError) as error:
        worker_environment({name: "s3cret", f"{name}_FILE": "/file"})

    assert f"set {name}_FILE" in str(error.value)
    assert "s3cret" not in str(error.value)
