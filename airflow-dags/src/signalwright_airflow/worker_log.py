r"""Turns the worker's output into lines of the task log, at their real level.

The worker writes one JSON object a line (`ts`, `level`, `logger`, `msg` and more). Its sentence becomes the event, the
object goes along under the key `worker`, where its names cannot collide with Airflow's. What is not JSON (a crashing
JVM, a warning of the launcher) is logged too: continuation lines of a stack trace keep the level of the line before.
Control characters are shown as `\x1b`, so no line can colour, fold or hide another.
"""

from __future__ import annotations

import json
import logging
import re
from typing import Any

import structlog

#: Longest text of one line in the task log.
MAX_TEXT = 16 * 1024

_LEVELS = {
    "TRACE": logging.DEBUG,
    "DEBUG": logging.DEBUG,
    "INFO": logging.INFO,
    "WARN": logging.WARNING,
    "WARNING": logging.WARNING,
    "ERROR": logging.ERROR,
    "FATAL": logging.CRITICAL,
}
_CONTINUATION = re.compile(r"\s+at |\s+\.\.\. \d+ |Caused by: |\s+Suppressed: ")
_ALARM = re.compile(r"Exception in thread|OutOfMemoryError|^# A fatal error|^Error(:| occurred)")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_NOT_IN_LOGGER_NAMES = re.compile(r"[^A-Za-z0-9_.$-]")
_MAX_LOGGER_NAME = 120
_BASE_LOGGER = "airflow.task.workflow"


class WorkerLog:
    """Logs the lines of one worker process. Not thread-safe; lines come in order."""

    def __init__(self) -> None:
        self._previous_level = logging.INFO

    def line(self, raw: bytes) -> None:
        """Log one line of output, whatever it holds. Empty lines are dropped."""
        text = raw.decode("utf-8", errors="backslashreplace")
        if not text.strip():
            return
        worker = _json_object(text)
        if worker is None:
            level, event, logger = self._level_of(text), _plain(text), ""
            fields: dict[str, Any] = {}
        else:
            level = _LEVELS.get(str(worker.get("level", "")).upper(), logging.INFO)
            event = _plain(str(worker.get("msg", "")))
            logger = str(worker.get("logger", ""))
            fields = {"worker": _bounded(worker)}
        self._previous_level = level
        structlog.get_logger(_logger_name(logger)).log(level, event, **fields)

    def _level_of(self, text: str) -> int:
        if _CONTINUATION.match(text):
            return self._previous_level
        return logging.ERROR if _ALARM.search(text) else logging.INFO


def _json_object(text: str) -> dict[str, Any] | None:
    """Return the worker's log object, or None for any other text and for JSON that could not be written again."""
    if not text.startswith("{"):
        return None
    try:
        value = json.loads(text)
        json.dumps(value, ensure_ascii=False).encode()  # half a character, as in "\ud800", can be read but not written
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) and "msg" in value else None


def _bounded(worker: dict[str, Any]) -> dict[str, Any]:
    """Return the object without its sentence (it is the event already), or its head when it is too long to log."""
    fields = {name: value for name, value in worker.items() if name != "msg"}
    text = json.dumps(fields, ensure_ascii=False)
    if len(text) <= MAX_TEXT:
        return fields
    kept = {name: fields[name] for name in ("ts", "level", "logger", "symbol", "artifact_id") if name in fields}
    return {**{name: str(value)[:200] for name, value in kept.items()}, "cut": _plain(text)}


def _plain(text: str) -> str:
    shown = _CONTROL.sub(lambda match: f"\\x{ord(match.group()):02x}", text)
    if len(shown) <= MAX_TEXT:
        return shown
    return f"{shown[:MAX_TEXT]}... [{len(shown) - MAX_TEXT} more characters]"


def _logger_name(logger: str) -> str:
    name = _NOT_IN_LOGGER_NAMES.sub("_", logger).strip(".")[:_MAX_LOGGER_NAME]
    return f"{_BASE_LOGGER}.{name}" if name else _BASE_LOGGER
