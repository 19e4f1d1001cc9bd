"""Reads ``settings.env`` and the environment into one checked set of settings.

Secrets never travel as values: each goes into a file of its own (0600), and only that file's path is handed on.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from .catalogue import SETTINGS, Setting, template
from .failure import Failure
from .places import Home, write_private


@dataclass(frozen=True)
class Settings:
    """Plain values by name, secrets as paths by name, and keys of the file that nobody knows."""

    values: Mapping[str, str]
    secret_files: Mapping[str, Path]
    unknown: tuple[str, ...]

    def get(self, name: str) -> str | None:
        return self.values.get(name)

    def need(self, name: str) -> str:
        return self.values[name]

    def environment(self) -> dict[str, str]:
        """What the parts are given: values, and paths of secrets as NAME_FILE."""
        return {**self.values, **{f"{name}_FILE": str(path) for name, path in self.secret_files.items()}}


def write_template(home: Home) -> bool:
    """Writes a fresh settings file unless there is one; tells whether it did."""
    if home.settings_file.exists():
        return False
    write_private(home.settings_file, template())
    return True


def load(home: Home, environment: Mapping[str, str]) -> Settings:
    """Settings in force; refuses bad values with a sentence that names each."""
    settings, complaints = examine(home, environment)
    if complaints:
        raise Failure("\n".join(complaints))
    return settings


def examine(home: Home, environment: Mapping[str, str]) -> tuple[Settings, list[str]]:
    """Settings in force, and what is wrong with them."""
    written = _read_file(home.settings_file)
    values: dict[str, str] = {}
    secrets: dict[str, Path] = {}
    complaints: list[str] = []
    for setting in SETTINGS.values():
        given, source = _given(setting.name, written, environment, home.settings_file)
        if setting.secret:
            path = _secret_file(setting, given, written, environment, home, complaints)
            if path is not None:
                secrets[setting.name] = path
            continue
        value = given if given is not None else setting.default
        if value is None:
            continue
        wrong = setting.check(value)
        if wrong:
            complaints.append(
                f"{setting.name}={value!r} in {source} cannot be used: {wrong}. It means: {setting.meaning}."
            )
        else:
            values[setting.name] = value
    complaints += _contradictions(values, secrets)
    known = set(SETTINGS) | {f"{name}_FILE" for name, setting in SETTINGS.items() if setting.secret}
    unknown = tuple(sorted(name for name in written if name not in known))
    return Settings(values, secrets, unknown), complaints


def _contradictions(values: Mapping[str, str], secrets: Mapping[str, Path]) -> list[str]:
    found = []
    if "IBKR_HOST" in values and "IBKR_PORT" not in values:
        found.append(
            "IBKR_HOST is set but IBKR_PORT is not: write the gateway's port (7497 TWS paper, 4002 Gateway paper)."
        )
    if (
        values.get("LLM_PROVIDER", "rules") != "rules"
        and "LLM_API_KEY" not in secrets
        and "LLM_API_BASE_URL" not in values
    ):
        found.append(
            f"LLM_PROVIDER is {values['LLM_PROVIDER']} but LLM_API_KEY is not set: write the key, or choose LLM_PROVIDER=rules."
        )
    if "ARTIFACT_SERVICE_URL" in values and "ARTIFACT_SERVICE_TOKEN" not in secrets:
        found.append(
            "ARTIFACT_SERVICE_URL is set but ARTIFACT_SERVICE_TOKEN is not: write the worker's token of that service."
        )
    return found


def _given(name: str, written: Mapping[str, str], environment: Mapping[str, str], file: Path) -> tuple[str | None, str]:
    if environment.get(name):
        return environment[name], "the environment"
    return written.get(name) or None, str(file)


def _secret_file(
    setting: Setting,
    given: str | None,
    written: Mapping[str, str],
    environment: Mapping[str, str],
    home: Home,
    complaints: list[str],
) -> Path | None:
    kept = home.secrets / setting.name
    if given is not None:
        home.secrets.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not kept.is_file() or kept.read_text(encoding="utf-8") != given + "\n":
            write_private(kept, given + "\n")
        return kept
    kept.unlink(missing_ok=True)
    named, source = _given(f"{setting.name}_FILE", written, environment, home.settings_file)
    if named is None:
        return None
    path = Path(named).expanduser()
    if not os.access(path, os.R_OK) or not path.is_file():
        complaints.append(
            f"{setting.name}_FILE={named} in {source} cannot be read: write the path of a file that holds the secret."
        )
        return None
    return path.resolve()


def _read_file(file: Path) -> dict[str, str]:
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return {}
    values: dict[str, str] = {}
    for number, line in enumerate(lines, start=1):
        text = line.strip()
        if not text or text.startswith("#"):
            continue
        name, separator, value = text.removeprefix("export ").partition("=")
        if not separator:
            raise Failure(f"{file} line {number} is not NAME=value: correct it or put # before it.")
        values[name.strip()] = _unquote(value.strip())
    return values


def _unquote(value: str) -> str:
    if len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    return value.split(" #", 1)[0].rstrip()
