"""The operator with a stand-in for java, without a running Airflow: environment, states, results."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from airflow.sdk import Context
from airflow.sdk.exceptions import AirflowException, AirflowFailException, AirflowSkipException

from signalwright_airflow.operator import WorkerTaskOperator
from signalwright_airflow.settings import WorkflowSettings

NEW_YORK_MORNING = datetime(2012, 9, 20, 9, tzinfo=timezone(timedelta(hours=-4)))

#: A worker that leaves its environment as its reason and ends as it is told.
PROGRAM = """
import json, os, sys
with open(os.environ["WORKFLOW_RESULT_FILE"], "w") as file:
    json.dump({"outcome": "done", "reason": json.dumps(dict(os.environ)), "artifacts": []}, file)
print(json.dumps({"level": "INFO", "msg": "started " + sys.argv[1]}))
"""


def ending(code: int) -> str:
    """Return a worker that gives a reason and ends with a code; a negative one means a signal."""
    end = f"os.kill(os.getpid(), {-code})" if code < 0 else f"os._exit({code})"
    return (
        "import os\n"
        "with open(os.environ['WORKFLOW_RESULT_FILE'], 'w') as file:\n"
        '    file.write(\'{"outcome": "failed", "reason": "The gateway is silent."}\')\n'
        f"{end}"
    )


class TaskInstance:
    """What the operator asks of a task instance."""

    dag_id = "trading"
    run_id = "manual__1"
    task_id = "fetch_market_data"
    map_index = -1
    try_number = 2

    def __init__(self) -> None:
        self.pushed: dict[str, Any] = {}
        self.states: dict[str, str | None] = {}

    def xcom_push(self, key: str, value: object) -> None:
        self.pushed[key] = value

    def get_task_states(self, dag_id: str, run_ids: list[str]) -> dict[str, dict[str, str | None]]:
        assert (dag_id, run_ids) == (self.dag_id, [self.run_id])
        return {self.run_id: self.states}


class Bench:
    """Runs one operator over one worker program."""

    def __init__(self, java: Path, home: Path) -> None:
        self.java, self.home = java, home
        self.ti = TaskInstance()
        self.params: dict[str, Any] = {"symbols": None, "as_of": None}

    def run(self, program: str = PROGRAM, **kwargs: Any) -> dict[str, Any]:
        (self.home / "worker.args").write_text(program)
        settings = WorkflowSettings("trading", None, "UTC", ("AAPL", "IBM"), self.java, self.home)
        operator = WorkerTaskOperator(task_id=self.ti.task_id, settings=settings, **kwargs)
        dag_run = SimpleNamespace(run_type=SimpleNamespace(value="manual"), run_after=NEW_YORK_MORNING)
        context = cast(Context, {"ti": self.ti, "dag_run": dag_run, "params": self.params})
        result: dict[str, Any] = operator.execute(context)
        return result

    def environment(self, **kwargs: Any) -> dict[str, str]:
        reason: dict[str, str] = json.loads(self.run(**kwargs)["reason"])
        return reason


@pytest.fixture
def bench(fake_java: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bench:
    monkeypatch.setenv("TRADING_MODE", "off")
    monkeypatch.setenv("SOME_PASSWORD", "hidden")
    home = tmp_path / "worker"
    home.mkdir()
    return Bench(fake_java, home)


def test_tells_the_worker_where_it_runs(bench: Bench) -> None:
    environment = bench.environment()

    assert {name: value for name, value in environment.items() if name.startswith("WORKFLOW_")} == {
        "WORKFLOW_DAG_ID": "trading",
        "WORKFLOW_RUN_ID": "manual__1",
        "WORKFLOW_TASK_ID": "fetch_market_data",
        "WORKFLOW_MAP_INDEX": "-1",
        "WORKFLOW_TRY_NUMBER": "2",
        "WORKFLOW_RUN_TYPE": "manual",
        "WORKFLOW_RUN_AFTER": "2012-09-20T13:00:00Z",
        "WORKFLOW_LIFELINE": "stdin",
        "WORKFLOW_RESULT_FILE": environment["WORKFLOW_RESULT_FILE"],
    }
    assert environment["SYMBOLS"] == "AAPL,IBM"
    assert environment["TRADING_MODE"] == "off"
    assert "SOME_PASSWORD" not in environment


def test_passes_on_what_the_trigger_names(bench: Bench) -> None:
    bench.params = {"symbols": " ibm, msft ,IBM", "as_of": "2012-09-20"}

    environment = bench.environment()

    assert environment["SYMBOLS"] == "IBM,MSFT"
    assert environment["WORKFLOW_AS_OF"] == "2012-09-20"


@pytest.mark.parametrize("symbols", ["IBM; rm -rf /", "$(id)", "../IBM", 5, ["IBM"]])
def test_starts_nothing_for_symbols_that_are_none(bench: Bench, symbols: object) -> None:
    bench.params["symbols"] = symbols

    with pytest.raises(AirflowFailException, match="The trigger's symbols"):
        bench.run("open('started', 'w')")
    assert not (bench.home / "started").exists()


def test_starts_nothing_when_a_secret_is_in_the_open(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LLM_API_KEY", "s3cret")

    with pytest.raises(AirflowFailException, match="set LLM_API_KEY_FILE"):
        bench.run("open('started', 'w')")
    assert not (bench.home / "started").exists()


def test_leaves_no_result_file_behind(bench: Bench) -> None:
    assert not Path(bench.environment()["WORKFLOW_RESULT_FILE"]).parent.exists()


@pytest.mark.parametrize(
    ("code", "exception", "message"),
    [
        (99, AirflowSkipException, "^The gateway is silent.$"),
        (65, AirflowFailException, r"exit code 65 \(refused\). The gateway is silent."),
        (2, AirflowFailException, r"exit code 2 \(usage\)"),
        (75, AirflowException, r"exit code 75 \(try_again\). The gateway is silent."),
        (1, AirflowException, r"exit code 1 \(bug\)"),
        (134, AirflowException, "exit code 134, which is not one of the worker's"),
        (143, AirflowException, "was ended by SIGTERM"),
        (-9, AirflowException, "was killed from outside .SIGKILL., often because memory ran out. The gateway"),
        (-11, AirflowException, "was ended by SIGSEGV"),
    ],
)
def test_turns_the_end_into_a_task_state(bench: Bench, code: int, exception: type[Exception], message: str) -> None:
    with pytest.raises(AirflowException, match=message) as error:
        bench.run(ending(code))

    assert type(error.value) is exception
    assert bench.ti.pushed["return_value"]["reason"] == "The gateway is silent."


def test_does_not_believe_a_worker_that_is_done_without_a_word(bench: Bench) -> None:
    with pytest.raises(AirflowException, match="left no result file"):
        bench.run("pass")


def test_skips_even_when_no_reason_is_known(bench: Bench) -> None:
    with pytest.raises(AirflowSkipException, match="No reason is known"):
        bench.run("raise SystemExit(99)")


def test_says_how_to_repair_a_missing_java(bench: Bench) -> None:
    bench.java = bench.home / "no-java"

    with pytest.raises(AirflowFailException, match=r"could not be started .* WORKFLOW_JAVA"):
        bench.run()


@pytest.fixture
def last_task(bench: Bench) -> Callable[[dict[str, str | None]], dict[str, str]]:
    def run(states: dict[str, str | None]) -> dict[str, str]:
        bench.ti.task_id = "deliver_artifacts"
        bench.ti.states = states
        return bench.environment(reports_on_run=True)

    return run


def test_gives_the_last_task_the_states_of_the_others(
    last_task: Callable[[dict[str, str | None]], dict[str, str]],
) -> None:
    environment = last_task({"preflight": "success", "place_order": None, "deliver_artifacts": "running"})

    assert json.loads(environment["WORKFLOW_TASK_STATES"]) == {"preflight": "success", "place_order": "none"}


def test_hides_no_failed_task_behind_a_green_end(
    last_task: Callable[[dict[str, str | None]], dict[str, str]],
) -> None:
    states: dict[str, str | None] = {
        "preflight": "failed",
        "fetch_market_data": "upstream_failed",
        "place_order": "failed",
        "get_trades": "skipped",
    }

    with pytest.raises(AirflowFailException, match="the run failed at: place_order, preflight"):
        last_task(states)
