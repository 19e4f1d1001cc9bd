"""JSON over HTTP to the parts on this machine. Proxies are never used, every call has a time limit."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import Any

_BODY_LIMIT = 32 * 1024 * 1024
_OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class Unreachable(Exception):
    """Nobody answered, or not in time."""


@dataclass(frozen=True)
class Answer:
    """Status and decoded body (None when it is not JSON)."""

    status: int
    body: Any

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 300

    @property
    def detail(self) -> str:
        """The reason a problem answer carries, or its status."""
        if isinstance(self.body, dict):
            for name in ("detail", "title", "message"):
                if self.body.get(name):
                    return str(self.body[name])
        return f"HTTP {self.status}"


def call(method: str, url: str, *, token: str | None = None, body: Any = None, seconds: float = 10) -> Answer:
    headers = {"Accept": "application/json"}
    data = None
    if token is not None:
        headers["Authorization"] = f"Bearer {token}"
    if body is not None:
        headers["Content-Type"] = "application/json"
        data = json.dumps(body).encode()
    request = urllib.request.Request(url, data=data, headers=headers, method=method)
    try:
        with _OPENER.open(request, timeout=seconds) as response:
            return Answer(response.status, _decode(response.read(_BODY_LIMIT)))
    except urllib.error.HTTPError as error:
        with error:
            return Answer(error.code, _decode(error.read(_BODY_LIMIT)))
    except (OSError, ValueError) as error:
        reason = getattr(error, "reason", error)
        raise Unreachable(f"{url} does not answer: {reason}") from error


def _decode(raw: bytes) -> Any:
    try:
        return json.loads(raw)
    except ValueError:
        return None
