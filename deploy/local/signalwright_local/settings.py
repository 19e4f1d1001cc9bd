"""Reads ``settings.env`` and the environment into one checked set of settings.

Secrets never travel as values: each goes into a file of its own (0600), and only that file's path is handed on.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from .catalogue import SETTINGS, template
from .failure import Failure
from .places import Home, write_private


@dataclass(frozen=True)
class Settings:
    """Plain values by name, secrets as paths by name, and sentences about what looks odd."""

    values: Mapping[str, str]
    secret_files: Mapping[str, Path]
    warnings: tuple[str, ...]

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


def load(home: Home, environment: Mapping[str, str], *, starting: bool) -> Settings:
    """Settings in force; refuses bad values with a sentence that names each.

    starting: parts are about to be started, so the secrets' files are brought up to date. Other commands leave
    them alone: a key given in the environment of ``up`` must survive a ``status`` in another terminal.
    """
    settings, complaints = examine(home, environment, starting=starting)
    if complaints:
        raise Failure("\n".join(complaints))
    return settings


def examine(home: Home, environment: Mapping[str, str], *, starting: bool = False) -> tuple[Settings, list[str]]:
    """Settings in force, as far as they can be used, and what is wrong with the others."""
    written = _read_file(home.settings_file)
    values: dict[str, str] = {}
    complaints: list[str] = []
    for setting in SETTINGS.values():
        if setting.secret:
            continue
        given, source = _given(setting.name, written, environment, home.settings_file)
        value = given if given is not None else setting.default
        wrong = setting.check(value) if value is not None else None
        if wrong:
            complaints.append(f"{setting.name}={value!r} in {source} cannot be used: {wrong}. It is {setting.meaning}.")
        elif value is not None:
            values[setting.name] = value
    secrets = _Secrets(home, written, environment, starting)
    files = {name: file for name, setting in SETTINGS.items() if setting.secret and (file := secrets.file(name))}
    complaints += secrets.complaints
    if "ARTIFACT_SERVICE_URL" in values and "ARTIFACT_SERVICE_TOKEN" not in files:
        complaints.append(
            "ARTIFACT_SERVICE_URL is set but ARTIFACT_SERVICE_TOKEN is not: write that service's worker token."
        )
    known = set(SETTINGS) | {f"{name}_FILE" for name, setting in SETTINGS.items() if setting.secret}
    strange = [
        f"{name} in {home.settings_file} is not a setting: correct its name or delete it."
        for name in sorted(written)
        if name not in known
    ]
    return Settings(values, files, (*strange, *_doubts(values, files))), complaints


def _doubts(values: Mapping[str, str], secrets: Mapping[str, Path]) -> list[str]:
    """Combinations that work, but hardly as meant. A run tells about them too: they do not stop anything."""
    found = []
    if values.get("LLM_PROVIDER") in ("openai", "anthropic") and not (
        "LLM_API_KEY" in secrets or "LLM_API_BASE_URL" in values
    ):
        found.append("LLM_PROVIDER names a model's provider but LLM_API_KEY is not set: no symbol will get a decision.")
    if "IBKR_PORT" in values and "IBKR_HOST" not in values:
        found.append("IBKR_PORT is set but IBKR_HOST is not: the gateway simulator is used, on a port of its own.")
    return found


def _given(name: str, written: Mapping[str, str], environment: Mapping[str, str], file: Path) -> tuple[str | None, str]:
    if environment.get(name):
        return environment[name], "the environment"
    return written.get(name) or None, str(file)


class _Secrets:
    """Finds the file of each secret; a secret given as a value gets one (0600) below the home."""

    def __init__(self, home: Home, written: Mapping[str, str], environment: Mapping[str, str], starting: bool) -> None:
        self._home = home
        self._written = written
        self._environment = environment
        self._starting = starting
        self.complaints: list[str] = []

    def file(self, name: str) -> Path | None:
        kept = self._home.secrets / name
        if self._starting:
            self._bring_up_to_date(kept, _given(name, self._written, self._environment, self._home.settings_file)[0])
        return kept if kept.is_file() else self._named_file(name)

    def _bring_up_to_date(self, kept: Path, value: str | None) -> None:
        if value is None:
            kept.unlink(missing_ok=True)
        elif not kept.is_file() or kept.read_text(encoding="utf-8") != value + "\n":
            kept.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            write_private(kept, value + "\n")

    def _named_file(self, name: str) -> Path | None:
        named, source = _given(f"{name}_FILE", self._written, self._environment, self._home.settings_file)
        if named is None:
            return None
        path = Path(named).expanduser()
        if path.is_file() and os.access(path, os.R_OK):
            return path.resolve()
        self.complaints.append(
            f"{name}_FILE={named} in {source} cannot be read: write the path of a file that holds the secret."
        )
        return None


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
