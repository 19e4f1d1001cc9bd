"""The commands for tokens: create, list, revoke. They ask the artifact service with the operator's token."""

from __future__ import annotations

import json
import re
from typing import Any

from . import credentials
from .desk import Desk
from .failure import Failure
from .local_http import Answer, call
from .setup import LocalSetup


def create(desk: Desk, name: str, role: str, expires: str | None, as_json: bool) -> int:
    """Prints the new token: on a line of its own, the only time it is shown."""
    wish = {"name": name, "role": role} | ({"expires_in": expires} if expires else {})
    answer = _ask(desk.load_existing(), "POST", "/api/tokens", wish)
    made = answer.body
    if as_json:
        print(json.dumps(made))
        return 0
    until = f" until {made['expires_at']}" if "expires_at" in made else ""
    desk.screen.say(f"Token {name} with the role {role} holds{until}. It is shown this once:")
    print(made["token"])
    return 0


def show(desk: Desk, as_json: bool) -> int:
    tokens = _tokens(desk.load_existing())
    if as_json:
        print(json.dumps({"tokens": tokens}))
        return 0
    for one in tokens:
        state = next(
            (f"{word} {one[key]}" for key, word in (("revoked_at", "revoked"), ("expires_at", "until")) if key in one),
            "holds",
        )
        used = f"last used {one['last_used_at']}" if "last_used_at" in one else "not used"
        desk.screen.say(f"  {one['name']:<24} {one['role']:<9} {state}; made by {one['created_by']}, {used}")
    return 0


def revoke(desk: Desk, name: str) -> int:
    setup = desk.load_existing()
    found = [one for one in _tokens(setup) if one["name"] == name and "revoked_at" not in one]
    if not found:
        raise Failure(f"No token named {name} holds: ./signalwright token list shows all.")
    _ask(setup, "DELETE", f"/api/tokens/{found[0]['id']}")
    desk.screen.say(f"Token {name} and its sessions are ended.")
    if found[0].get("from_file"):
        desk.screen.say(
            f"It lies in {credentials.token_file(setup.home, name)}: delete that file, then "
            "./signalwright stop artifact-service and ./signalwright up make a new one."
        )
    return 0


def _tokens(setup: LocalSetup) -> list[dict[str, Any]]:
    return list(_ask(setup, "GET", "/api/tokens").body["tokens"])


def _ask(setup: LocalSetup, method: str, path: str, body: Any = None) -> Answer:
    if not setup.own_service:
        raise Failure(f"The artifact service runs elsewhere ({setup.service_url}): make its tokens on that machine.")
    token = credentials.token_file(setup.home, "operator").read_text(encoding="utf-8").strip()
    answer = call(method, setup.service_url + path, token=token, body=body)
    if not answer.ok:
        raise Failure(_without_secrets(answer.detail, token))
    return answer


def _without_secrets(text: str, token: str) -> str:
    return re.sub(re.escape(token), "...", text)
