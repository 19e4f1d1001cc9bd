"""The workflow: ten tasks, each one run of the Java worker. Order, timing and retries live here, nothing else."""

from __future__ import annotations

import os
from datetime import timedelta
from typing import Any

from airflow.sdk import DAG, CronTriggerTimetable, Param

from signalwright_airflow.operator import WorkerTaskOperator
from signalwright_airflow.settings import AS_OF_PATTERN, SYMBOLS_PATTERN, WorkflowSettings

settings = WorkflowSettings.from_environment(os.environ)


def worker_task(task_id: str, minutes: int, **kwargs: Any) -> WorkerTaskOperator:  # noqa: ANN401 - operator arguments
    """Make one task; the worker ends by itself well before the minutes are over."""
    return WorkerTaskOperator(
        task_id=task_id, settings=settings, execution_timeout=timedelta(minutes=minutes), **kwargs
    )


with DAG(
    dag_id=settings.dag_id,
    description="Charts of the configured symbols, read by an analyst, as signals that can be proved",
    doc_md="""Fetches daily bars, draws a daily and a weekly chart per symbol, has them read, stores the signal and
everything it was made from in the artifact service. The button **Artifacts** of each task opens the run's page.
Trigger it by hand with other symbols, or with a past moment (`as_of`) to see what would have been decided then.""",
    schedule=CronTriggerTimetable(settings.schedule, timezone=settings.timezone) if settings.schedule else None,
    start_date=None,  # a past date would fire the last missed slot at once
    catchup=False,
    max_active_runs=1,
    # Never paused by itself: a desk that relies on tomorrow's run must not lose it to yesterday's failures.
    max_consecutive_failed_dag_runs=0,
    dagrun_timeout=timedelta(hours=2),
    default_args={
        "owner": "signalwright",
        "retries": 2,
        "retry_delay": timedelta(seconds=15),
        "retry_exponential_backoff": True,
        "max_retry_delay": timedelta(minutes=2),
    },
    params={
        "symbols": Param(
            None,
            type=["null", "string"],
            pattern=SYMBOLS_PATTERN,
            maxLength=800,
            title="Symbols",
            description=f"Comma list of tickers; empty for the configured ones ({', '.join(settings.symbols)}).",
        ),
        "as_of": Param(
            None,
            type=["null", "string"],
            pattern=AS_OF_PATTERN,
            title="Decide as of",
            description="An instant such as 2012-09-20T09:00:00-04:00, or a date, meaning that session's close; "
            "empty for now.",
        ),
    },
    tags=["signalwright", "trading"],
):
    preflight = worker_task("preflight", 3)
    fetch_market_data = worker_task("fetch_market_data", 10)
    generate_daily_chart = worker_task("generate_daily_chart", 5)
    generate_weekly_chart = worker_task("generate_weekly_chart", 5)
    analyze_with_llm = worker_task("analyze_with_llm", 30)
    # No retries: it looks up and waits inside one process, and doubt means no order.
    place_order = worker_task("place_order", 10, retries=0)
    # From here on the run is put on record, whatever happened before.
    get_trades = worker_task("get_trades", 5, trigger_rule="all_done")
    get_portfolio = worker_task("get_portfolio", 5, trigger_rule="all_done")
    log_to_mlflow = worker_task("log_to_mlflow", 5, trigger_rule="all_done")
    deliver_artifacts = worker_task("deliver_artifacts", 10, trigger_rule="all_done", reports_on_run=True)

    charts = [generate_daily_chart, generate_weekly_chart]
    preflight >> fetch_market_data >> charts >> analyze_with_llm >> place_order
    place_order >> get_trades >> get_portfolio >> log_to_mlflow >> deliver_artifacts
