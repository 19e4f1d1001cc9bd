"""What the Python side installs is fixed: each package one version, each file by its hash."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

_ROOT = Path(__file__).resolve().parents[3]
_LOCKED = sorted((_ROOT / "airflow-dags").glob("requirements*.txt"))
_PINNED = re.compile(r"[A-Za-z0-9._-]+(\[[a-z0-9,._-]+\])?==[^\s;*]+( ; .*)?( --hash=sha256:[0-9a-f]{64})+")


def unlocked(text: str) -> list[str]:
    """The requirements that are not one version with hashes."""
    joined = re.sub(r"\s*\\\n\s*", " ", text)
    lines = (line.split(" #", 1)[0].strip() for line in joined.splitlines())
    return [line for line in lines if line and not line.startswith("#") and not _PINNED.fullmatch(line)]


@pytest.mark.parametrize("file", _LOCKED, ids=lambda file: file.name)
def test_every_requirement_is_one_version_with_its_hashes(file: Path) -> None:
    assert unlocked(file.read_text(encoding="utf-8")) == []


def test_there_are_lists_to_look_at() -> None:
    assert [file.name for file in _LOCKED] == ["requirements-dev.txt", "requirements-uv.txt", "requirements.txt"]


@pytest.mark.parametrize(
    "line", ["pytest>=8", "pytest==8.0", "pytest", "-e .", "pytest==8.* \\\n  --hash=sha256:" + 64 * "0"]
)
def test_what_is_not_locked_is_found(line: str) -> None:
    assert unlocked(line) != []
