"""Runs jobs side by side in a way that an interruption ends at once."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

T = TypeVar("T")
# A join without a limit would hold back an interruption until the job ends by itself.
_JOIN_SECONDS = 0.2


class _Job(Generic[T]):
    def __init__(self, work: Callable[[], T]) -> None:
        self._work = work
        self.result: list[T] = []
        self.error: BaseException | None = None
        # A daemon: when the launcher is interrupted it does not wait for what its jobs wait for.
        self.thread = threading.Thread(target=self._run, daemon=True)

    def _run(self) -> None:
        try:
            self.result.append(self._work())
        except BaseException as error:
            self.error = error


def together(jobs: Sequence[Callable[[], T]]) -> list[T]:
    """Results in the order of the jobs. All jobs end before the first failure is raised."""
    started = [_Job(job) for job in jobs]
    for job in started:
        job.thread.start()
    for job in started:
        while job.thread.is_alive():
            job.thread.join(_JOIN_SECONDS)
    for job in started:
        if job.error is not None:
            raise job.error
    return [job.result[0] for job in started]
