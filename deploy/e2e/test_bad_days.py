"""Outages while runs go on: what is promised is lost nothing, doubled nothing, invented nothing, ordered once."""

from __future__ import annotations

import json
import os
import signal
import time
import urllib.parse
from collections import Counter
from collections.abc import Callable

import pytest

from installation import Installation, results


def test_a_run_without_the_artifact_service_is_green_degraded_and_delivered_later(
    installation: Installation,
) -> None:
    installation.must("stop", "artifact-service")
    try:
        run = installation.trigger()
    finally:
        installation.must("start", "artifact-service")
    assert run["state"] == "success"
    installation.must("deliver")

    artifacts = installation.artifacts(run)
    doubles = [key for key, times in Counter(artifact["key"] for artifact in artifacts).items() if times > 1]
    assert not doubles
    assert len([artifact for artifact in artifacts if artifact["type"] == "signal"]) == 3
    said = results(artifacts)
    for task, result in said.items():
        assert result["degraded"], task
        assert result["degraded_reason"], task
    page = installation.get(urllib.parse.urlparse(run["url"]).path).text()
    assert "degraded" in page.lower()


def test_a_run_without_the_gateway_is_red_and_says_why_on_its_page(installation: Installation) -> None:
    installation.must("stop", "gateway")
    try:
        run = installation.trigger()
    finally:
        installation.must("start", "gateway")
    assert run["state"] == "failed"
    artifacts = installation.artifacts(run)
    preflight = [artifact for artifact in artifacts if artifact["task_id"] == "preflight"]
    assert max(artifact["try_number"] for artifact in preflight) == 3
    reason = results(artifacts)["preflight"]["reason"]
    assert "gateway" in reason.lower() or "listens" in reason.lower()
    assert not [artifact for artifact in artifacts if artifact["type"] in ("signal", "order", "market_data")]
    page = installation.get(urllib.parse.urlparse(run["url"]).path).text()
    assert reason.split(".")[0].split("'")[0] in page


def test_the_same_session_is_ordered_once_and_the_next_session_fills_or_ends_it(installation: Installation) -> None:
    installation.trigger("--symbols", "AAPL")
    again = installation.trigger("--symbols", "AAPL")
    orders = [artifact for artifact in installation.artifacts(again) if artifact["type"] == "order"]
    assert len(orders) == 1
    states = [order["data"] for order in orders]
    assert all(not state.get("sent") for state in states), "the second run of a session sends nothing"

    before = installation.status()["gateway"]["clock"]
    later = installation.trigger("--symbols", "AAPL", "--next-session")
    assert later["state"] == "success"
    assert installation.status()["gateway"]["clock"] > before
    trades = [artifact for artifact in installation.artifacts(later) if artifact["type"] == "trade"]
    assert len(trades) == 1


def test_status_prints_the_shape_that_scripts_rely_on(installation: Installation) -> None:
    status = json.loads(installation.must("status", "--json"))
    assert status["state"] == "up"
    assert set(status["artifact_service"]["token_files"]) == {"viewer", "worker", "operator"}
    assert status["gateway"]["simulated"] is True
    assert status["gateway"]["clock"].startswith("2012-09-2")


def eventually(check: Callable[[], bool], seconds: float = 90) -> None:
    end = time.monotonic() + seconds
    while not check():
        assert time.monotonic() < end, "it did not come to that in time"
        time.sleep(0.2)


@pytest.mark.parametrize("victim", ["worker", "task process", "scheduler"])
def test_a_kill_during_place_order_leaves_no_orphan_and_at_most_one_order(
    installation: Installation, victim: str
) -> None:
    gateway = installation.part_pid("simulator")
    started = json.loads(installation.must("trigger", "--symbols", "MSFT", "--json").strip().splitlines()[-1])
    try:
        eventually(lambda: installation.task_state(started, "analyze_with_llm") == "success")
        os.kill(gateway, signal.SIGSTOP)  # place_order now hangs in the middle of its conversation
        eventually(lambda: installation.task_state(started, "place_order") == "running")
        eventually(lambda: len(installation.workers()) == 1)
        worker = installation.workers()[0]
        match victim:
            case "worker":
                os.kill(worker, signal.SIGKILL)
            case "task process":
                os.kill(parent(worker), signal.SIGKILL)
            case "scheduler":
                os.kill(installation.part_pid("airflow-scheduler"), signal.SIGKILL)
        if victim != "scheduler":
            eventually(lambda: worker not in installation.workers(), seconds=5)
    finally:
        os.kill(gateway, signal.SIGCONT)
    if victim == "scheduler":
        installation.must("start", "airflow-scheduler")
    eventually(lambda: installation.run_state(started) in ("success", "failed"), seconds=180)
    eventually(lambda: not installation.workers(), seconds=20)

    again = installation.trigger("--symbols", "MSFT")
    installation.must("deliver")
    sent = [
        order
        for run in (started, again)
        for order in installation.artifacts(run, type="order", symbol="MSFT")
        if order["data"].get("sent")
    ]
    assert len({order["data"]["order_ref"] for order in sent}) == len(sent) <= 1
    assert json.loads(installation.must("status", "--json"))["state"] == "up"


def parent(pid: int) -> int:
    with open(f"/proc/{pid}/stat", encoding="utf-8") as stat:
        return int(stat.read().rsplit(")", 1)[1].split()[1])
