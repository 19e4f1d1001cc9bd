"""The exit codes are those of docs/exit-codes.csv, the table both sides read."""

from __future__ import annotations

import csv
from pathlib import Path

from signalwright_airflow.exit_codes import ExitCode

TABLE = Path(__file__).parents[2] / "docs" / "exit-codes.csv"


def test_equals_the_table() -> None:
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = {
            (int(row["code"]), row["name"], row["airflow_state"], row["retried"] in ("yes", "true"))
            for row in csv.DictReader(file)
        }

    assert rows == {(code.code, code.name.lower(), code.airflow_state, code.retried) for code in ExitCode}
