"""The result file: what is believed and what is not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from signalwright_airflow.result import MAX_RESULT_BYTES, ResultError, read_result

ARTIFACT_ID = "d737b10f-a8ae-58c6-ab60-aba7fd3821e7"


def test_passes_on_outcome_reason_and_ids_and_nothing_else(tmp_path: Path) -> None:
    file = tmp_path / "result.json"
    artifact = {"id": ARTIFACT_ID, "type": "chart", "symbol": "IBM", "url": "http://127.0.0.1/a"}
    file.write_text(
        json.dumps(
            {
                "outcome": "done",
                "reason": "2 charts drawn",
                "seconds": 0.4,
                "symbols": {"IBM": {"outcome": "done", "reason": "drawn"}},
                "artifacts": [{**artifact, "content": "picture"}],
                "prompt": "secret recipe",
            }
        )
    )

    assert read_result(file) == {
        "outcome": "done",
        "reason": "2 charts drawn",
        "seconds": 0.4,
        "symbols": {"IBM": {"outcome": "done", "reason": "drawn"}},
        "artifacts": [artifact],
    }


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("", "is not JSON"),
        ('{"outcome": "done"', "is not JSON"),
        ("\x00\xff", "is not JSON"),
        ("[]", "does not hold a JSON object"),
        ('{"reason": "no outcome"}', "has no outcome"),
        ('{"outcome": "great"}', "has no outcome"),
        ('{"outcome": ["done"]}', "has no outcome"),
        ('{"outcome": "done", "reason": 5}', "is not text"),
        ('{"outcome": "done", "artifacts": {}}', "are not a list"),
        ('{"outcome": "done", "artifacts": [1]}', "is not a JSON object"),
        ('{"outcome": "done", "artifacts": [{"id": "../../etc"}]}', "has no id"),
        ('{"outcome": "done", "reason": "' + "x" * MAX_RESULT_BYTES + '"}', "longer than 32768 bytes"),
        ("[" * 20_000, "is not JSON"),
    ],
)
def test_refuses_what_cannot_be_believed(tmp_path: Path, content: str, complaint: str) -> None:
    file = tmp_path / "result.json"
    file.write_text(content, encoding="latin-1")

    with pytest.raises(ResultError, match=complaint):
        read_result(file)


def test_says_when_there_is_no_result(tmp_path: Path) -> None:
    with pytest.raises(ResultError, match="left no result file"):
        read_result(tmp_path / "result.json")


def test_follows_no_link(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_text('{"outcome": "done"}')
    (tmp_path / "result.json").symlink_to("elsewhere")

    with pytest.raises(ResultError, match="left no result file"):
        read_result(tmp_path / "result.json")
