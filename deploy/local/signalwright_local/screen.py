"""What the launcher says while it works: one line a step, with seconds.

On a terminal the steps under way are shown live; in a log each step is announced and closed with a line.
Thread-safe: steps may run side by side.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TextIO

_REFRESH_SECONDS = 0.25
_CLEAR_LINE = "\r\x1b[2K"


class Step:
    """One piece of work under way; ``note`` is added to its closing line."""

    def __init__(self, title: str, began: float | None = None) -> None:
        self.title = title
        self.note = ""
        self.began = time.monotonic() if began is None else began

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.began


class Screen:
    """Prints steps and sentences to one stream."""

    def __init__(self, out: TextIO | None = None) -> None:
        self._out = out if out is not None else sys.stdout
        self._live = self._out.isatty()
        self._lock = threading.Lock()
        self._active: list[Step] = []
        self._ticker: threading.Thread | None = None

    def say(self, text: str = "") -> None:
        with self._lock:
            self._write(text + "\n")
            self._draw()

    @contextmanager
    def step(self, title: str, began: float | None = None) -> Iterator[Step]:
        """Shows a piece of work while it lasts. began: when it began, by the monotonic clock, if not now."""
        step = Step(title, began)
        self._open(step)
        try:
            yield step
        except BaseException:
            self._close(step, "x")
            raise
        self._close(step, "+")

    def _open(self, step: Step) -> None:
        with self._lock:
            self._active.append(step)
            if self._live:
                self._draw()
                self._start_ticker()
            else:
                self._write(f"  . {step.title} ...\n")

    def _close(self, step: Step, mark: str) -> None:
        with self._lock:
            self._active.remove(step)
            note = f" ({step.note})" if step.note else ""
            self._write(f"  {mark} {step.title + note:<66} {step.seconds:6.1f} s\n")
            self._draw()

    def _start_ticker(self) -> None:
        if self._ticker is None or not self._ticker.is_alive():
            self._ticker = threading.Thread(target=self._tick, daemon=True)
            self._ticker.start()

    def _tick(self) -> None:
        while True:
            time.sleep(_REFRESH_SECONDS)
            with self._lock:
                if not self._active:
                    return
                self._draw()

    def _write(self, text: str) -> None:
        self._out.write((_CLEAR_LINE if self._live else "") + text)
        self._out.flush()

    def _draw(self) -> None:
        if self._live and self._active:
            names = ", ".join(f"{step.title} {step.seconds:.0f} s" for step in self._active)
            self._out.write(f"{_CLEAR_LINE}  . {names[:100]}")
            self._out.flush()
