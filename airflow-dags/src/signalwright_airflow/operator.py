"""The operator: one worker process per task instance, its exit code as the task's state."""

from __future__ import annotations

import json
import os
import signal
import tempfile
from collections.abc import Mapping
from datetime import datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Any

from airflow.sdk import BaseOperator
from airflow.sdk.exceptions import AirflowException, AirflowFailException, AirflowSkipException

from signalwright_airflow.environment import worker_environment
from signalwright_airflow.exit_codes import ExitCode
from signalwright_airflow.links import ArtifactsLink
from signalwright_airflow.process import ChildProcess
from signalwright_airflow.result import ResultError, read_result
from signalwright_airflow.settings import WorkflowSettings, parse_symbols
from signalwright_airflow.worker_log import WorkerLog

if TYPE_CHECKING:
    from airflow.sdk import Context

# A JVM that shuts down in an orderly way after SIGINT or SIGTERM says so with 128 + the signal's number.
_ORDERLY_SIGNALS = {128 + number: number for number in (signal.SIGINT, signal.SIGTERM)}


class WorkerTaskOperator(BaseOperator):
    """Runs `java @worker.args <task>` in the worker's folder and turns its end into a task state.

    The worker's log lines appear in the task log while it runs, its result file becomes the XCom `return_value`, and
    marking the task failed, a timeout or the death of this process ends the worker too. The worker's task is named by
    the Airflow task id.

    :param settings: where the worker lies and which symbols a run works on when its trigger names none
    :param reports_on_run: hand the states of the run's other tasks to the worker, and fail when one of them failed
    """

    operator_extra_links = (ArtifactsLink(),)

    def __init__(self, *, settings: WorkflowSettings, reports_on_run: bool = False, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(**kwargs)
        self.java = str(settings.java)
        self.worker_home = str(settings.worker_home)
        self.symbols = ",".join(settings.symbols)
        self.reports_on_run = reports_on_run
        self._child: ChildProcess | None = None

    def execute(self, context: Context) -> dict[str, Any]:
        """Run the worker to its end.

        :raises AirflowSkipException: the worker had nothing to do
        :raises AirflowFailException: trying again would not help
        :raises AirflowException: trying again may help
        """
        task_states = self._states_of_other_tasks(context) if self.reports_on_run else None
        with tempfile.TemporaryDirectory(prefix="signalwright-") as folder:
            result_file = Path(folder) / "result.json"
            try:
                env = worker_environment(os.environ) | self._run_environment(context, result_file)
            except ValueError as error:  # PlainSecretError among them
                raise AirflowFailException(str(error)) from error
            if task_states is not None:
                env["WORKFLOW_TASK_STATES"] = json.dumps(task_states)
            status = self._run_worker(env)
            result = self._result_of(status, result_file, context)
        self._refuse_to_hide(task_states)
        return result

    def on_kill(self) -> None:
        """End the worker; Airflow calls this from a signal handler and kills this process 5 s later."""
        if self._child is not None:
            self._child.stop()

    def _run_worker(self, env: Mapping[str, str]) -> int:
        """Run the process and return its exit status, negative for a signal."""
        self._child = ChildProcess(argv=[self.java, "@worker.args", self.task_id], cwd=Path(self.worker_home), env=env)
        try:
            return self._child.run(WorkerLog().line)
        except OSError as error:
            raise AirflowFailException(
                f"The worker could not be started ({error.strerror}: {error.filename}). Check that WORKFLOW_JAVA "
                f"'{self.java}' is a Java 25 executable and WORKFLOW_WORKER_HOME '{self.worker_home}' the built worker."
            ) from error

    def _result_of(self, status: int, result_file: Path, context: Context) -> dict[str, Any]:
        """Return the result of a worker that is done, or raise what the exit status and the reason call for."""
        try:
            result = read_result(result_file)
            reason = result["reason"]
        except ResultError as error:
            result, reason = {}, f"No reason is known: {error}."
        code = ExitCode.of(status)
        if code is ExitCode.DONE:
            if not result:
                raise AirflowException(f"{self.task_id} ended as done, but its word is missing. {reason}")
            return result
        if result:
            context["ti"].xcom_push(key="return_value", value=result)
        if code is None:
            raise AirflowException(f"{self.task_id} {self._unusual_end(status)}. {result.get('reason', '')}".strip())
        if code is ExitCode.SKIPPED:
            raise AirflowSkipException(reason)
        failure = AirflowException if code.retried else AirflowFailException
        raise failure(f"{self.task_id} ended with exit code {code.code} ({code.name.lower()}). {reason}")

    def _unusual_end(self, status: int) -> str:
        number = -status if status < 0 else _ORDERLY_SIGNALS.get(status)
        if number is None:
            return f"ended with exit code {status}, which is not one of the worker's"
        name = signal.Signals(number).name if number in set(signal.Signals) else f"signal {number}"
        if self._child is not None and self._child.stop_requested:
            return f"was stopped by Airflow: marked by hand, out of time, or a shutdown ({name})"
        if number == signal.SIGKILL:
            return f"was killed from outside ({name}), often because memory ran out"
        return f"was ended by {name}"

    def _run_environment(self, context: Context, result_file: Path) -> dict[str, str]:
        """Return what is particular to this try.

        :raises ValueError: the trigger's parameters cannot be used
        """
        ti, dag_run = context["ti"], context["dag_run"]
        symbols = _given(context, "symbols")
        env = {
            "WORKFLOW_DAG_ID": ti.dag_id,
            "WORKFLOW_RUN_ID": ti.run_id,
            "WORKFLOW_TASK_ID": ti.task_id,
            "WORKFLOW_MAP_INDEX": str(-1 if ti.map_index is None else ti.map_index),
            "WORKFLOW_TRY_NUMBER": str(ti.try_number),
            "WORKFLOW_RUN_TYPE": dag_run.run_type.value,
            "WORKFLOW_RUN_AFTER": _utc(dag_run.run_after),
            "WORKFLOW_RESULT_FILE": str(result_file),
            "WORKFLOW_LIFELINE": "stdin",
            "SYMBOLS": ",".join(parse_symbols(symbols, "The trigger's symbols")) if symbols else self.symbols,
        }
        if as_of := _given(context, "as_of"):
            env["WORKFLOW_AS_OF"] = as_of
        return env

    def _states_of_other_tasks(self, context: Context) -> dict[str, str]:
        ti = context["ti"]
        states = ti.get_task_states(dag_id=ti.dag_id, run_ids=[ti.run_id]).get(ti.run_id, {})
        return {task: str(state or "none") for task, state in sorted(states.items()) if task != self.task_id}

    def _refuse_to_hide(self, task_states: Mapping[str, str] | None) -> None:
        """Fail the run's last task when another one failed: Airflow judges a run by its last tasks alone.

        The worker fails by itself then; this holds even if it did not.
        """
        failed = [task for task, state in (task_states or {}).items() if state == "failed"]
        if failed:
            raise AirflowFailException(f"Delivered what there was, but the run failed at: {', '.join(failed)}.")


def _given(context: Context, name: str) -> str:
    """Return a parameter of the trigger without surrounding blanks; empty when none was given."""
    value = context["params"].get(name)
    if value is not None and not isinstance(value, str):
        raise ValueError(f"The trigger's {name} is not text.")
    return (value or "").strip()


def _utc(moment: datetime) -> str:
    return moment.astimezone(timezone.utc).isoformat().replace("+00:00", "Z")
