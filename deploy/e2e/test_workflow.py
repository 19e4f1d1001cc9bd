"""The main job in a real Airflow, against the real service and the gateway simulator."""

from __future__ import annotations

import urllib.parse
import uuid

import pytest

from installation import Installation, Json, by_type, results, sha256

NAMESPACE = uuid.UUID("ef49fb85-bf0c-599e-8524-95db8cb78495")
SYMBOLS = ["AAPL", "MSFT", "IBM"]
TASKS = [
    "preflight",
    "fetch_market_data",
    "generate_daily_chart",
    "generate_weekly_chart",
    "analyze_with_llm",
    "place_order",
    "get_trades",
    "get_portfolio",
    "log_to_mlflow",
    "deliver_artifacts",
]


@pytest.fixture(scope="module")
def run(installation: Installation) -> Json:
    return installation.trigger()


@pytest.fixture(scope="module")
def artifacts(installation: Installation, run: Json) -> list[Json]:
    return installation.artifacts(run)


def test_a_run_is_green_and_names_every_task(run: Json) -> None:
    assert run["state"] == "success"
    assert {task["task_id"] for task in run["tasks"]} == set(TASKS)
    assert all(task["state"] in ("success", "skipped") for task in run["tasks"]), run["tasks"]


@pytest.mark.parametrize("symbol", SYMBOLS)
def test_every_symbol_has_its_chain_with_parents_and_origin(artifacts: list[Json], symbol: str) -> None:
    chain = by_type(artifacts, symbol)
    assert len(chain["market_data"]) == 1
    assert sorted(chart["chart_type"] for chart in chain["chart"]) == ["daily", "weekly"]
    assert len(chain["llm"]) == 1
    assert len(chain["signal"]) == 1
    (bars,), (llm,), (signal,) = chain["market_data"], chain["llm"], chain["signal"]
    charts = {chart["id"] for chart in chain["chart"]}
    assert all(chart["parents"] == [bars["id"]] for chart in chain["chart"])
    assert set(llm["parents"]) == charts | {bars["id"]}
    assert signal["parents"] == [llm["id"]]
    assert {artifact["origin"] for kind in chain.values() for artifact in kind} == {"replayed"}
    assert signal["signal_data"]["outcome"] == "DECIDED"
    assert signal["action"] in ("BUY", "SELL", "HOLD")
    assert llm["model_name"] == "rules/three-of-four@1"


def test_ids_follow_from_where_each_artifact_was_made(run: Json, artifacts: list[Json]) -> None:
    assert artifacts
    for artifact in artifacts:
        key = "/".join(
            str(part)
            for part in (
                run["dag_id"],
                run["run_id"],
                artifact["task_id"],
                artifact["map_index"],
                artifact["try_number"],
                artifact["type"],
                artifact["name"],
            )
        )
        key += f"/{artifact['symbol']}" if artifact.get("symbol") else ""
        assert artifact["key"] == key
        assert artifact["id"] == str(uuid.uuid5(NAMESPACE, key))
        assert artifact["execution_id"] == run["run_id"]
        assert artifact["workflow_id"] == run["dag_id"]


def test_pictures_are_the_bytes_that_were_hashed(installation: Installation, artifacts: list[Json]) -> None:
    charts = [artifact for artifact in artifacts if artifact["type"] == "chart"]
    assert len(charts) == 2 * len(SYMBOLS)
    for chart in charts:
        content = installation.get(f"/api/artifacts/{chart['id']}/content")
        assert content.body.startswith(b"\x89PNG\r\n\x1a\n")
        assert sha256(content.body) == chart["blob"]["sha256"]


def test_nothing_later_than_the_moment_reaches_a_run(artifacts: list[Json]) -> None:
    bars = [artifact for artifact in artifacts if artifact["type"] == "market_data"]
    for artifact in bars:
        assert max(row[0] for row in artifact["data"]["rows"]) < artifact["as_of"][:10]


def test_every_task_says_how_it_ended(artifacts: list[Json]) -> None:
    said = results(artifacts)
    assert set(said) == set(TASKS)
    for task, result in said.items():
        assert result["outcome"] in ("done", "skipped"), (task, result)
        assert result["reason"], task


def test_airflow_shows_readable_lines_at_their_level(installation: Installation, run: Json) -> None:
    lines = installation.task_log(run, "fetch_market_data")
    worker = [line for line in lines if isinstance(line.get("worker"), dict)]
    assert any(line["level"] == "info" and "daily bars up to" in line["event"] for line in worker)
    assert not [line for line in lines if line.get("level") in ("error", "critical")]
    assert not [line for line in lines if str(line["event"]).startswith("{")]


def test_the_runs_page_shows_the_decisions_and_the_replay(installation: Installation, run: Json) -> None:
    page = installation.get(urllib.parse.urlparse(run["url"]).path)
    assert page.status == 200
    for word in [*SYMBOLS, "REPLAYED"]:
        assert word in page.text()


def test_a_holiday_is_skipped_with_its_name(installation: Installation) -> None:
    run = installation.trigger("--as-of", "2012-09-03")
    states = {task["task_id"]: task["state"] for task in run["tasks"]}
    assert run["state"] == "success"
    assert states["preflight"] == "skipped"
    assert states["analyze_with_llm"] == "skipped"
    said = results(installation.artifacts(run))
    assert "Labor Day" in said["preflight"]["reason"]
    assert "Labor Day" in said["get_trades"]["reason"]
    assert "Labor Day" in installation.get(urllib.parse.urlparse(run["url"]).path).text()


def test_an_unknown_symbol_and_a_young_one_are_outcomes_of_their_own(installation: Installation) -> None:
    run = installation.trigger("--symbols", "NOPE,FB,AAPL")
    artifacts = installation.artifacts(run)
    signals = {signal["symbol"]: signal for signal in artifacts if signal["type"] == "signal"}
    assert signals["AAPL"]["signal_data"]["outcome"] == "DECIDED"
    assert signals["NOPE"]["signal_data"]["outcome"] == "SKIPPED"
    assert "action" not in signals["NOPE"]
    assert signals["NOPE"]["signal_data"]["reasons"]
    assert signals["FB"]["signal_data"]["outcome"] in ("DECIDED", "ABSTAINED")
