"""``logs``: the last lines of the parts' logs, and what is added to them."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import BinaryIO

from .desk import Desk
from .failure import Failure
from .parts import NAMES, resolve
from .processes import last_lines

_POLL_SECONDS = 0.3


def logs(desk: Desk, part: str | None, follow: bool, lines: int) -> int:
    folder = desk.home.logs
    files = {name: folder / f"{name}.log" for name in (_names(folder, part) if part else NAMES)}
    present = {name: file for name, file in files.items() if file.exists()}
    if not present:
        which = f"log {part}" if part else "log"
        raise Failure(f"There is no {which} in {folder} yet: ./signalwright up starts the parts.")
    width = max(map(len, present)) if len(present) > 1 else 0
    for name, file in present.items():
        for line in last_lines(file, lines if part else max(1, lines // len(present))):
            _print(name, line, width)
    if follow:
        _follow(present, lambda name, line: _print(name, line, width))
    return 0


def _names(folder: Path, part: str) -> Sequence[str]:
    # Besides the parts the tools leave logs too: build, airflow-install, airflow-database.
    return (part,) if (folder / f"{part}.log").exists() else resolve(part)


def _print(name: str, line: str, width: int) -> None:
    print(f"{name:<{width}}  {line}" if width else line, flush=True)


def _follow(files: dict[str, Path], told: Callable[[str, str], None]) -> None:
    readers = {name: _at_end(file) for name, file in files.items()}
    rests = dict.fromkeys(files, b"")
    while True:
        for name, file in files.items():
            readers[name] = _reopened(readers[name], file)
            *whole, rests[name] = (rests[name] + readers[name].read()).split(b"\n")
            for line in whole:
                told(name, line.decode(errors="replace"))
        time.sleep(_POLL_SECONDS)


def _at_end(file: Path) -> BinaryIO:
    reader = open(file, "rb")  # noqa: SIM115 - read until the command is interrupted
    reader.seek(0, os.SEEK_END)
    return reader


def _reopened(reader: BinaryIO, file: Path) -> BinaryIO:
    """The log is set aside when its part starts again: then the new file is read from its beginning."""
    try:
        if os.fstat(reader.fileno()).st_ino == file.stat().st_ino:
            return reader
    except FileNotFoundError:
        return reader
    reader.close()
    return open(file, "rb")
