"""The DAG file in the real Airflow: shape, timing, and what a bad setting is told."""

from __future__ import annotations

import json
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from airflow import plugins_manager
from airflow.dag_processing.dagbag import DagBag
from airflow.sdk import DAG, CronTriggerTimetable
from airflow.serialization.serialized_objects import DagSerialization

from signalwright_airflow.operator import WorkerTaskOperator
from signalwright_airflow.plugin import SignalwrightPlugin, artifact_tabs
from signalwright_airflow.provider_info import get_provider_info

DAGS = Path(__file__).parents[1] / "dags"
DAG_ID = "ibkr_trading_signal_workflow"
SETTINGS = ("WORKFLOW_SCHEDULE", "WORKFLOW_TIMEZONE", "SYMBOLS", "DAG_ID")


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in SETTINGS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("WORKFLOW_JAVA", "/opt/jdk/bin/java")
    monkeypatch.setenv("WORKFLOW_WORKER_HOME", "/opt/worker")


def load() -> DagBag:
    return DagBag(DAGS, safe_mode=False)


def dag(dag_id: str = DAG_ID) -> DAG:
    bag = load()
    assert bag.import_errors == {}
    return bag.dags[dag_id]


def tasks() -> dict[str, WorkerTaskOperator]:
    return {task.task_id: task for task in dag().tasks if isinstance(task, WorkerTaskOperator)}


def test_runs_ten_tasks_in_the_fixed_order() -> None:
    assert {name: sorted(task.downstream_task_ids) for name, task in tasks().items()} == {
        "preflight": ["fetch_market_data"],
        "fetch_market_data": ["generate_daily_chart", "generate_weekly_chart"],
        "generate_daily_chart": ["analyze_with_llm"],
        "generate_weekly_chart": ["analyze_with_llm"],
        "analyze_with_llm": ["place_order"],
        "place_order": ["get_trades"],
        "get_trades": ["get_portfolio"],
        "get_portfolio": ["log_to_mlflow"],
        "log_to_mlflow": ["deliver_artifacts"],
        "deliver_artifacts": [],
    }


def test_puts_a_run_on_record_whatever_happened() -> None:
    always = {name for name, task in tasks().items() if task.trigger_rule == "all_done"}
    others = {name for name, task in tasks().items() if task.trigger_rule == "all_success"}

    assert always == {"get_trades", "get_portfolio", "log_to_mlflow", "deliver_artifacts"}
    assert len(others) == 6
    assert [name for name, task in tasks().items() if task.reports_on_run] == ["deliver_artifacts"]


def test_retries_everything_but_orders() -> None:
    for name, task in tasks().items():
        assert task.retries == (0 if name == "place_order" else 2), name
        assert task.retry_delay == timedelta(seconds=15)
        assert task.max_retry_delay == timedelta(minutes=2)
        assert task.retry_exponential_backoff
        assert task.execution_timeout is not None


def test_fires_by_cron_in_its_zone_and_never_late_or_twice() -> None:
    workflow = dag()

    assert isinstance(workflow.schedule, CronTriggerTimetable)
    assert (workflow.schedule.expression, str(workflow.schedule.timezone)) == ("0 9 * * 1-5", "America/New_York")
    assert workflow.start_date is None
    assert not workflow.catchup
    assert workflow.max_active_runs == 1
    assert workflow.max_consecutive_failed_dag_runs == 0


def test_takes_schedule_and_name_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKFLOW_SCHEDULE", "none")
    monkeypatch.setenv("DAG_ID", "night_desk")

    assert dag("night_desk").schedule is None


@pytest.mark.parametrize("given", [{}, {"symbols": "AAPL,BRK.B"}, {"as_of": "2012-09-20T09:00-04:00"}])
def test_accepts_a_trigger(given: dict[str, str]) -> None:
    params = dag().params
    params.update(given)

    assert params.validate() == {"symbols": None, "as_of": None, **given}


@pytest.mark.parametrize("given", [{"symbols": "A;B"}, {"symbols": ["A"]}, {"as_of": "soon"}, {"as_of": 5}])
def test_refuses_a_trigger_it_could_not_serve(given: dict[str, Any]) -> None:
    params = dag().params

    with pytest.raises(Exception, match="Invalid input for param"):
        params.update(given)  # validates each value


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("WORKFLOW_SCHEDULE", "61 9 * * *", "ValueError: WORKFLOW_SCHEDULE '61 9 * * *' cannot be used"),
        ("WORKFLOW_SCHEDULE", "0 0 30 2 *", "ValueError: WORKFLOW_SCHEDULE '0 0 30 2 *' cannot be used"),
        ("WORKFLOW_TIMEZONE", "New York", "ValueError: WORKFLOW_TIMEZONE 'New York' is not a time zone"),
        ("SYMBOLS", "AAPL;IBM", "ValueError: SYMBOLS holds 'AAPL;IBM', which is not a ticker"),
        ("WORKFLOW_JAVA", "", "ValueError: WORKFLOW_JAVA is not set"),
    ],
)
def test_shows_a_bad_setting_as_import_error(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, sentence: str
) -> None:
    monkeypatch.setenv(name, value)

    (error,) = load().import_errors.values()

    assert error.strip().splitlines()[-1].startswith(sentence)


def test_can_be_stored_by_airflow() -> None:
    stored = DagSerialization.to_dict(dag())

    assert "_link_ArtifactsLink" in json.dumps(stored)


def test_is_read_in_no_time() -> None:
    load()  # the first one also imports Airflow
    started = time.process_time()
    load()

    assert time.process_time() - started < 0.3


def test_describes_itself_as_airflow_asks() -> None:
    schema = Path(plugins_manager.__file__).with_name("provider_info.schema.json")

    jsonschema.validate(get_provider_info(), json.loads(schema.read_text()))


def test_links_a_run_to_its_page(monkeypatch: pytest.MonkeyPatch) -> None:
    (link,) = SignalwrightPlugin.operator_extra_links
    task = tasks()["preflight"]
    key = type("Key", (), {"dag_id": DAG_ID, "run_id": "manual__2012-09-20"})()

    monkeypatch.setenv("ARTIFACT_SERVICE_URL", "http://127.0.0.1:8480/")
    assert link.get_link(task, ti_key=key) == ("http://127.0.0.1:8480/executions/2e87b9c5-f14c-579d-9534-f86ff937493e")
    monkeypatch.delenv("ARTIFACT_SERVICE_URL")
    assert link.get_link(task, ti_key=key) == ""


def test_shows_a_run_and_a_task_their_artifacts_in_a_tab() -> None:
    tabs = artifact_tabs("http://127.0.0.1:8480")

    assert {tab["destination"] for tab in tabs} == {"dag_run", "task_instance"}
    assert {tab["href"] for tab in tabs} == {"http://127.0.0.1:8480/artifacts?execution_id={RUN_ID}"}
    assert len({tab["url_route"] for tab in tabs}) == 2
    assert artifact_tabs("") == []
