"""Secrets of the local parts: made once, 256 bits each, readable by their owner only."""

from __future__ import annotations

import base64
import json
import secrets
from dataclasses import dataclass
from pathlib import Path

from .airflow_api import USER
from .places import Home, write_private

TOKEN_NAMES = ("viewer", "worker", "operator")


@dataclass(frozen=True)
class AirflowSecrets:
    """What Airflow's own processes share."""

    fernet_key: str
    api_secret: str
    jwt_secret: str


def token_file(home: Home, role: str) -> Path:
    return home.tokens / role


def airflow_password_file(home: Home) -> Path:
    return home.airflow / "passwords.json"


def make_missing(home: Home) -> None:
    for role in TOKEN_NAMES:
        if not token_file(home, role).exists():
            write_private(token_file(home, role), secrets.token_urlsafe(32) + "\n")
    if not airflow_password_file(home).exists():
        write_private(airflow_password_file(home), json.dumps({USER: secrets.token_urlsafe(18)}) + "\n")
    if not _airflow_file(home).exists():
        made = {
            "fernet_key": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
            "api_secret": secrets.token_urlsafe(32),
            "jwt_secret": secrets.token_urlsafe(64),
        }
        write_private(_airflow_file(home), json.dumps(made) + "\n")


def airflow_secrets(home: Home) -> AirflowSecrets:
    return AirflowSecrets(**json.loads(_airflow_file(home).read_text(encoding="utf-8")))


def _airflow_file(home: Home) -> Path:
    return home.airflow / "secrets.json"
