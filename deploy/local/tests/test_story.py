"""What a person reads about a run, and what a script reads."""

from typing import Any

from signalwright_local.runs import RunReport, TaskEnd
from signalwright_local.story import run_story


def report(**changes: Any) -> RunReport:
    fields: dict[str, Any] = {
        "dag_id": "d",
        "run_id": "r",
        "state": "success",
        "seconds": 12.3,
        "tasks": (TaskEnd("preflight", "success", 0.51234, "2026-01-01T00:00:00Z"),),
        "artifacts": 7,
        "signals": (),
        "results": {},
        "url": "http://s/executions/1",
        "airflow_url": "http://a/dags/d/runs/r",
        "service_note": "",
    }
    return RunReport(**{**fields, **changes})


def test_json_has_exactly_the_promised_shape() -> None:
    assert report().as_json() == {
        "dag_id": "d",
        "run_id": "r",
        "state": "success",
        "tasks": [{"task_id": "preflight", "state": "success", "seconds": 0.512}],
        "artifacts": 7,
        "url": "http://s/executions/1",
    }


def test_a_signal_is_told_with_confidence_its_meaning_and_reasons() -> None:
    data = {
        "outcome": "DECIDED",
        "confidence_level": "MEDIUM",
        "confidence_meaning": "rule agreement, not a probability",
        "key_factors": ["Close is above SMA 20"],
    }
    signal = {"symbol": "IBM", "action": "BUY", "confidence": 0.6, "origin": "replayed", "signal_data": data}

    text = run_story(report(signals=(signal,)))

    assert "IBM: BUY, confidence 0.60 MEDIUM (rule agreement, not a probability), origin replayed" in text
    assert "- Close is above SMA 20" in text


def test_an_abstention_is_told_with_its_reason_and_without_an_action() -> None:
    signal = {"symbol": "FB", "signal_data": {"outcome": "ABSTAINED", "reasons": ["82 bars are too few"]}}

    text = run_story(report(signals=(signal,)))

    assert "FB: ABSTAINED" in text
    assert "82 bars are too few" in text
    assert "BUY" not in text


def test_degraded_and_failed_tasks_carry_their_reason() -> None:
    tasks = (TaskEnd("fetch_market_data", "success", 1, "a"), TaskEnd("preflight", "failed", 1, "b"))
    results = {
        "fetch_market_data": {"degraded": True, "degraded_reason": "the artifact service does not answer"},
        "preflight": {"reason": "the gateway refused the connection"},
    }

    text = run_story(report(state="failed", tasks=tasks, results=results))

    assert "FAILED" in text
    assert "degraded: the artifact service does not answer" in text
    assert "the gateway refused the connection" in text


def test_a_silent_service_is_named_and_nothing_is_made_up() -> None:
    text = run_story(report(artifacts=0, service_note="http://s does not answer: refused"))

    assert "not all known, http://s does not answer" in text
    assert "0 artifacts" not in text
