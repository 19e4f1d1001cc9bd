"""The simulator runs in a folder of its own; what the user named is meant from where the user stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from signalwright_local import commands


def test_files_and_folders_are_meant_from_where_the_user_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    words = commands._absolute_folders(
        ["--bars", "bars", "--scenario", "s.json", "--state-dir=state", "--clock", "2012-09-20T09:00-04:00", "--port=0"]
    )

    assert words == [
        "--bars",
        str(tmp_path / "bars"),
        "--scenario",
        str(tmp_path / "s.json"),
        f"--state-dir={tmp_path / 'state'}",
        "--clock",
        "2012-09-20T09:00-04:00",
        "--port=0",
    ]
