"""The worker's exit codes: the same table as docs/exit-codes.csv, which the Java side mirrors too."""

from __future__ import annotations

from enum import Enum


class ExitCode(Enum):
    """One row of the table: what the code is called and what Airflow makes of it."""

    DONE = (0, "success", False)
    BUG = (1, "failed", True)
    USAGE = (2, "failed", False)
    REFUSED = (65, "failed", False)
    TRY_AGAIN = (75, "failed", True)
    SKIPPED = (99, "skipped", False)

    def __init__(self, code: int, airflow_state: str, retried: bool) -> None:
        self.code = code
        self.airflow_state = airflow_state
        self.retried = retried

    @classmethod
    def of(cls, code: int) -> ExitCode | None:
        """Return the row of a code, or None for a code the worker never chooses itself."""
        return next((row for row in cls if row.code == code), None)
