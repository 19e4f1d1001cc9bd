"""The commands verify and retention against a small service of the test's own."""

from __future__ import annotations

import io
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace
from typing import Any, ClassVar, cast
from urllib.parse import parse_qs, urlsplit

import pytest

from signalwright_local import evidence
from signalwright_local.desk import Desk

PAGE = {"blobs": 1, "changes": 2, "seals": 1, "waiting": 3, "head": "7:ab"}
BROKEN: list[dict[str, Any]] = [
    {"artifact_id": "a-1", "change": 4, "what": "`symbol` differs."},
    {"chain": "c-1", "what": "Seal 2 of the chain is gone."},
]


class Service(BaseHTTPRequestHandler):
    """Two pages of a store; answers as the artifact service does."""

    broken: ClassVar[list[dict[str, Any]]] = []
    asked: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self._serve()

    def do_POST(self) -> None:
        self._serve()

    def _serve(self) -> None:
        Service.asked.append(f"{self.command} {self.path} {self.headers['Authorization']}")
        query = parse_qs(urlsplit(self.path).query)
        if "head" in query:
            self._answer({"sound": query["head"] == ["7:ab"], "now": "7:ab"})
        elif query.get("dry_run") == ["true"]:
            rule = {"type": "chart", "age": "P90D", "before": "2026-01-01T00:00:00Z", "artifacts": 5, "bytes": 9}
            self._answer({"rules": [{**rule, "held": 2}]})
        elif "dry_run" in query:
            self._answer({"artifacts": 5, "bytes": 9})
        elif query.get("cursor") == ["0"]:
            self._answer({**PAGE, "sound": True, "artifacts": 0, "broken": [], "next_cursor": "a"})
        else:
            found = {"sound": not Service.broken, "broken": Service.broken, "next_cursor": None}
            self._answer({**PAGE, **found, "artifacts": 9})

    def _answer(self, body: dict[str, Any]) -> None:
        text = json.dumps(body).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_: Any) -> None:
        """Quiet."""


@pytest.fixture
def out() -> io.StringIO:
    return io.StringIO()


@pytest.fixture
def desk(tmp_path: Path, out: io.StringIO) -> Iterator[Desk]:
    (tmp_path / "operator").write_text("the-token\n", encoding="utf-8")
    server = ThreadingHTTPServer(("127.0.0.1", 0), Service)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    Service.broken = []
    Service.asked = []
    setup = SimpleNamespace(
        home=SimpleNamespace(tokens=tmp_path), service_url=f"http://127.0.0.1:{server.server_port}", dag_id="dag"
    )
    screen = SimpleNamespace(say=lambda text: out.write(text + "\n"))
    yield cast(Desk, SimpleNamespace(load_existing=lambda: setup, screen=screen))
    server.shutdown()
    server.server_close()


def test_the_whole_store_is_followed_page_by_page(desk: Desk, out: io.StringIO) -> None:
    assert evidence.verify(desk, None, None, as_json=False) == 0

    assert "9 artifacts with 2 blobs and 4 changes in 2 seals" in out.getvalue()
    assert "3 changes wait" in out.getvalue()
    assert "Head: 7:ab" in out.getvalue()
    assert [line.split()[1] for line in Service.asked] == ["/api/verify?cursor=0", "/api/verify?cursor=a"]
    assert all(line.endswith("Bearer the-token") for line in Service.asked)


def test_the_first_broken_artifact_is_named_and_the_exit_status_says_so(desk: Desk, out: io.StringIO) -> None:
    Service.broken = BROKEN

    assert evidence.verify(desk, None, None, as_json=False) == 1

    lines = out.getvalue().splitlines()
    assert lines[1] == "NOT as it was stored: 2 findings. The first:"
    assert lines[2] == "  artifact a-1: `symbol` differs."
    assert lines[3] == "  chain c-1: Seal 2 of the chain is gone."


def test_one_run_is_named_by_id_or_by_airflows_run_id(desk: Desk) -> None:
    evidence.verify(desk, "2e87b9c5-f14c-579d-9534-f86ff937493e", None, as_json=False)
    evidence.verify(desk, "manual__x", None, as_json=False)

    first, second = (line.split()[1] for line in Service.asked)
    assert first == "/api/executions/2e87b9c5-f14c-579d-9534-f86ff937493e/verify"
    assert second != first


@pytest.mark.parametrize(("head", "status"), [("7:ab", 0), ("7:cd", 1)])
def test_a_noted_head_is_compared(desk: Desk, head: str, status: int) -> None:
    assert evidence.verify(desk, None, head, as_json=False) == status


def test_a_dry_run_takes_nothing_and_says_what_is_due(desk: Desk, out: io.StringIO) -> None:
    assert evidence.retention(desk, dry_run=True, as_json=False) == 0

    assert "chart older than P90D" in out.getvalue()
    assert "5 artifacts, 9 bytes; 2 more are on hold" in out.getvalue()
    assert [line.split()[1] for line in Service.asked] == ["/api/retention/run?dry_run=true"]


def test_retention_says_what_went(desk: Desk, out: io.StringIO) -> None:
    assert evidence.retention(desk, dry_run=False, as_json=False) == 0

    assert "5 artifacts went" in out.getvalue()
