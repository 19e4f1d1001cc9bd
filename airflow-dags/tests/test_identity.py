"""Ids equal those of docs/identity.md."""

from __future__ import annotations

from signalwright_airflow.identity import execution_id


def test_computes_the_documented_execution_id() -> None:
    expected = "2e87b9c5-f14c-579d-9534-f86ff937493e"

    assert str(execution_id("ibkr_trading_signal_workflow", "manual__2012-09-20")) == expected
