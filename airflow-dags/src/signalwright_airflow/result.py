"""The result file a worker leaves behind: read once, bounded, and nothing unknown passed on.

Pure Python, no Airflow import.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any
from uuid import UUID

MAX_RESULT_BYTES = 32 * 1024

_OUTCOMES = ("done", "skipped", "refused", "try_again", "failed")
_MEMBERS = ("outcome", "reason", "degraded", "degraded_reason", "seconds", "symbols", "artifacts", "artifacts_left_out")
_ARTIFACT_MEMBERS = ("id", "type", "symbol", "url")
_MAX_REASON = 2000


class ResultError(ValueError):
    """The result file is missing or cannot be used; the message says why."""


def read_result(path: Path) -> dict[str, Any]:
    """Return the checked result: outcome, reason and ids, ready to become an XCom.

    :raises ResultError: there is no result that can be trusted
    """
    try:
        # O_NOFOLLOW: the worker writes the file itself, so a link in its place is not its work.
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as error:
        raise ResultError(f"the worker left no result file ({error.strerror})") from error
    with os.fdopen(descriptor, "rb") as file:
        content = file.read(MAX_RESULT_BYTES + 1)
    if len(content) > MAX_RESULT_BYTES:
        raise ResultError(f"the worker's result file is longer than {MAX_RESULT_BYTES} bytes")
    try:
        result = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise ResultError(f"the worker's result file is not JSON ({error})") from error
    return _checked(result)


def _checked(result: object) -> dict[str, Any]:
    if not isinstance(result, dict):
        raise ResultError("the worker's result file does not hold a JSON object")
    if result.get("outcome") not in _OUTCOMES:
        raise ResultError(f"the worker's result has no outcome out of {', '.join(_OUTCOMES)}")
    reason = result.get("reason", "")
    if not isinstance(reason, str):
        raise ResultError("the reason in the worker's result is not text")
    checked = {name: result[name] for name in _MEMBERS if name in result}
    checked["reason"] = reason[:_MAX_REASON]
    checked["artifacts"] = [_artifact(item) for item in _list(result.get("artifacts", []))]
    return checked


def _list(value: object) -> list[object]:
    if not isinstance(value, list):
        raise ResultError("the artifacts in the worker's result are not a list")
    return value


def _artifact(item: object) -> dict[str, str]:
    """Return only the names of an artifact: its content has no place in an XCom."""
    if not isinstance(item, dict):
        raise ResultError("an artifact in the worker's result is not a JSON object")
    try:
        UUID(item.get("id"))
    except (TypeError, ValueError, AttributeError) as error:
        raise ResultError("an artifact in the worker's result has no id") from error
    return {name: item[name] for name in _ARTIFACT_MEMBERS if isinstance(item.get(name), str)}
