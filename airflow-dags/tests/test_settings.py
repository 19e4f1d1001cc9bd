"""Settings as the DAG file reads them: accepted values, and the sentence for each refused one."""

from __future__ import annotations

import re

import pytest

from signalwright_airflow.settings import AS_OF_PATTERN, SYMBOLS_PATTERN, WorkflowSettings, parse_schedule

REQUIRED = {"WORKFLOW_JAVA": "/opt/jdk/bin/java", "WORKFLOW_WORKER_HOME": "/opt/worker"}


def test_has_a_default_for_everything_but_the_two_paths() -> None:
    settings = WorkflowSettings.from_environment({**REQUIRED, "SYMBOLS": " "})

    assert settings.dag_id == "ibkr_trading_signal_workflow"
    assert settings.schedule == "0 9 * * 1-5"
    assert settings.timezone == "America/New_York"
    assert settings.symbols == ("AAPL", "MSFT", "IBM")


def test_reads_symbols_in_order_without_doubles() -> None:
    settings = WorkflowSettings.from_environment({**REQUIRED, "SYMBOLS": "ibm, BRK.B ,IBM,sim-1"})

    assert settings.symbols == ("IBM", "BRK.B", "SIM-1")


@pytest.mark.parametrize(
    ("text", "cron"),
    [
        ("35 9 * * 1-5", "35 9 * * 1-5"),
        ("*/10 9-16 * * mon-fri", "*/10 9-16 * * mon-fri"),
        ("@daily", "0 0 * * *"),
        ("@Quarterly", "0 0 1 */3 *"),
        ("0 0 29 2 *", "0 0 29 2 *"),
        ("none", None),
        ("None", None),
    ],
)
def test_accepts_a_schedule(text: str, cron: str | None) -> None:
    assert parse_schedule(text) == cron


@pytest.mark.parametrize(
    "text",
    [
        "61 9 * * *",
        "0 9 * *",
        "0 0 9 * * *",
        "0 9 * * 1-5 2026",
        "0 0 30 2 *",
        "@sometimes",
        "@once",
        "daily",
        "* * * * x",
    ],
)
def test_refuses_what_is_no_schedule(text: str) -> None:
    with pytest.raises(ValueError, match=rf"^WORKFLOW_SCHEDULE '{re.escape(text)}' .* five cron fields such as"):
        parse_schedule(text)


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("WORKFLOW_TIMEZONE", "Mars/Olympus", "is not a time zone"),
        ("WORKFLOW_TIMEZONE", "../../etc/passwd", "is not a time zone"),
        ("WORKFLOW_TIMEZONE", "America", "is not a time zone"),
        ("DAG_ID", "a b", "cannot be used"),
        ("DAG_ID", "x" * 201, "cannot be used"),
        ("SYMBOLS", "AAPL,;rm -rf", "not a ticker"),
        ("SYMBOLS", "AAPL,,IBM", "not a ticker"),
        ("SYMBOLS", "$(id)", "not a ticker"),
        ("SYMBOLS", "ABCDEFGHIJKLMNOP", "not a ticker"),
        ("SYMBOLS", ",".join(f"S{n}" for n in range(51)), "at most 50"),
        ("WORKFLOW_JAVA", "", "is not set"),
        ("WORKFLOW_JAVA", "java", "is not absolute"),
        ("WORKFLOW_WORKER_HOME", "target/quarkus-app", "is not absolute"),
    ],
)
def test_refuses_a_bad_value_by_name(name: str, value: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=rf"^{name} .*{sentence}"):
        WorkflowSettings.from_environment({**REQUIRED, name: value})


@pytest.mark.parametrize("text", ["", "AAPL", "aapl, BRK.B ,SIM-1 "])
def test_trigger_form_takes_symbols(text: str) -> None:
    assert re.search(SYMBOLS_PATTERN, text)


@pytest.mark.parametrize("text", ["; rm", "$(x)", "A\nB", "../A", "A,,B", "A" * 16, "1A"])
def test_trigger_form_refuses_what_is_no_symbol_list(text: str) -> None:
    assert not re.search(SYMBOLS_PATTERN, text)


@pytest.mark.parametrize("text", ["", "2012-09-20", "2012-09-20T09:00-04:00", "2012-09-20T13:00:00.5Z"])
def test_trigger_form_takes_a_moment(text: str) -> None:
    assert re.search(AS_OF_PATTERN, text)


@pytest.mark.parametrize("text", ["yesterday", "2012-9-20", "2012-09-20T09:00", "2012-09-20 09:00Z", "20120920"])
def test_trigger_form_refuses_a_moment_without_zone_or_form(text: str) -> None:
    assert not re.search(AS_OF_PATTERN, text)
