"""The commands verify and retention: is everything as it was stored, and what goes with age?"""

from __future__ import annotations

import json
import uuid
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from . import credentials
from .desk import Desk
from .failure import Failure
from .local_http import call
from .service_api import NAMESPACE
from .setup import LocalSetup

_PAGE_SECONDS = 120.0


def verify(desk: Desk, execution: str | None, head: str | None, as_json: bool) -> int:
    """execution: id or Airflow's run id, None = the whole store. Exit status 0 only when everything agrees."""
    setup = desk.load_existing()
    if head is not None:
        return _compare(desk, setup, head, as_json)
    if execution is None:
        found = _whole_store(setup)
    else:
        found = _ask(setup, "GET", f"/api/executions/{_execution_id(setup, execution)}/verify")
    if as_json:
        print(json.dumps(found))
    else:
        desk.screen.say(_words(found))
    return 0 if found["sound"] else 1


def _whole_store(setup: LocalSetup) -> dict[str, Any]:
    """Follows the pages to the end; counts add up, findings are kept in their order."""
    total: dict[str, Any] = {"sound": True, "artifacts": 0, "blobs": 0, "changes": 0, "seals": 0, "broken": []}
    cursor: str | None = "0"
    while cursor is not None:
        page = _ask(setup, "GET", "/api/verify?" + urlencode({"cursor": cursor}))
        for name in ("artifacts", "blobs", "changes", "seals"):
            total[name] += page[name]
        total["broken"] += page["broken"]
        total["sound"] = total["sound"] and page["sound"]
        total["waiting"], total["head"] = page["waiting"], page["head"]
        cursor = page["next_cursor"]
    return total


def _compare(desk: Desk, setup: LocalSetup, head: str, as_json: bool) -> int:
    found = _ask(setup, "GET", "/api/verify?" + urlencode({"head": head}))
    if as_json:
        print(json.dumps(found))
    elif found["sound"]:
        desk.screen.say("The seal is still what it was: nothing up to it was written anew.")
    else:
        desk.screen.say(f"The seal is not what was noted. It is now {found['now'] or 'gone'}.")
    return 0 if found["sound"] else 1


def _words(found: dict[str, Any]) -> str:
    counts = (
        f"{found['artifacts']} artifacts with {found['blobs']} blobs and "
        f"{found['changes']} changes in {found['seals']} seals were checked"
    )
    waiting = f"; {found['waiting']} changes wait for their seal" if found["waiting"] else ""
    if found["sound"]:
        return f"Everything agrees: {counts}{waiting}.\nHead: {found['head']}"
    broken = found["broken"]
    lines = [f"{counts}{waiting}.", f"NOT as it was stored: {len(broken)} findings. The first:"]
    lines += [f"  {_name(one)}: {one['what']}" for one in broken]
    return "\n".join(lines)


def _name(one: dict[str, Any]) -> str:
    if "artifact_id" in one:
        return f"artifact {one['artifact_id']}"
    return f"chain {one.get('chain', 'of the store')}"


def retention(desk: Desk, dry_run: bool, as_json: bool) -> int:
    setup = desk.load_existing()
    answer = _ask(setup, "POST", f"/api/retention/run?dry_run={'true' if dry_run else 'false'}")
    if as_json:
        print(json.dumps(answer))
    elif dry_run:
        desk.screen.say(_due(answer["rules"]))
    else:
        desk.screen.say(f"The content of {answer['artifacts']} artifacts went, {answer['bytes']} bytes.")
    return 0


def _due(rules: list[dict[str, Any]]) -> str:
    if not rules:
        return "Everything is kept for ever: ARTIFACT_RETENTION names no rule."
    lines = ["Nothing was taken. Due now:"]
    lines += [
        f"  {rule['type']} older than {rule['age']} (before {rule['before']}): {rule['artifacts']} artifacts, "
        f"{rule['bytes']} bytes; {rule['held']} more are on hold"
        for rule in rules
    ]
    return "\n".join(lines)


def _execution_id(setup: LocalSetup, text: str) -> str:
    try:
        return str(uuid.UUID(text))
    except ValueError:
        return str(uuid.uuid5(NAMESPACE, f"{setup.dag_id}/{text}"))


def _ask(setup: LocalSetup, method: str, path: str) -> dict[str, Any]:
    token = _token(credentials.token_file(setup.home, "operator"))
    answer = call(method, setup.service_url + path, token=token, seconds=_PAGE_SECONDS)
    if not answer.ok or not isinstance(answer.body, dict):
        raise Failure(f"The artifact service at {setup.service_url} refused: {answer.detail}")
    return answer.body


def _token(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise Failure(f"The token file {file} cannot be read: {error}") from error
