"""Worker lines as lines of the task log."""

from __future__ import annotations

import json
from collections.abc import Iterator, MutableMapping
from typing import Any

import pytest
import structlog

from signalwright_airflow.worker_log import MAX_TEXT, WorkerLog


class Lines:
    """What reached structlog: logger, level, event and fields."""

    def __init__(self) -> None:
        self.entries: list[tuple[str, str, str, dict[str, Any]]] = []
        self._log = WorkerLog()

    def write(self, line: bytes | dict[str, Any]) -> tuple[str, str, str, dict[str, Any]]:
        self._log.line(line if isinstance(line, bytes) else json.dumps(line).encode())
        return self.entries[-1]

    def record(self, logger: str, level: str, event: MutableMapping[str, Any]) -> None:
        self.entries.append((logger, level, event.pop("event"), dict(event)))


@pytest.fixture
def lines() -> Iterator[Lines]:
    recorded = Lines()

    def processor(logger: str, level: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        recorded.record(logger, level, event)
        raise structlog.DropEvent

    before = structlog.get_config()
    structlog.configure(
        processors=[processor],
        logger_factory=lambda name: name,
        wrapper_class=structlog.make_filtering_bound_logger(0),
        cache_logger_on_first_use=False,
    )
    yield recorded
    structlog.configure(**before)


@pytest.mark.parametrize(
    ("level", "logged"),
    [
        ("TRACE", "debug"),
        ("DEBUG", "debug"),
        ("INFO", "info"),
        ("WARN", "warning"),
        ("warning", "warning"),
        ("ERROR", "error"),
        ("FATAL", "critical"),
        ("CHATTY", "info"),
    ],
)
def test_logs_the_sentence_at_its_level(lines: Lines, level: str, logged: str) -> None:
    assert lines.write({"level": level, "msg": "100 % of IBM"})[1:3] == (logged, "100 % of IBM")


def test_keeps_the_object_under_one_key(lines: Lines) -> None:
    line = {
        "ts": "t",
        "level": "INFO",
        "logger": "dev.signalwright.chart",
        "msg": "drawn",
        "run_id": "x",
        "n": {"a": 1},
    }

    logger, _, _, fields = lines.write(line)

    assert logger == "airflow.task.workflow.dev.signalwright.chart"
    assert fields == {
        "worker": {"ts": "t", "level": "INFO", "logger": "dev.signalwright.chart", "run_id": "x", "n": {"a": 1}}
    }


@pytest.mark.parametrize("line", [b"hello", b"{broken", b'{"no": "sentence"}', b"[1]", b'"text"'])
def test_logs_other_text_as_it_is(lines: Lines, line: bytes) -> None:
    assert lines.write(line) == ("airflow.task.workflow", "info", line.decode(), {})


def test_keeps_a_stack_trace_at_one_level(lines: Lines) -> None:
    trace = (
        b'Exception in thread "main" java.lang.Error: x',
        b"\tat a.B.c(B.java:1)",
        b"\t... 3 more",
        b"Caused by: java.io.IOException",
        b"\tat d.E.f(E.java:2)",
    )

    assert {lines.write(line)[1] for line in trace} == {"error"}
    assert lines.write(b"and on it goes")[1] == "info"


def test_shows_bytes_and_controls_that_are_no_text(lines: Lines) -> None:
    assert lines.write(b"\xff\xfe \x1b[31mred\x00 \xc3\xa9")[2] == "\\xff\\xfe \\x1b[31mred\\x00 é"
    assert lines.write({"msg": "two\nlines\r\x07"})[2] == "two\nlines\\x0d\\x07"


def test_cuts_what_is_too_long(lines: Lines) -> None:
    assert lines.write(b"x" * (MAX_TEXT + 7))[2].endswith("x... [7 more characters]")
    assert len(lines.write({"msg": "y" * 100_000})[2]) < MAX_TEXT + 100
    worker = lines.write({"level": "ERROR", "msg": "m", "error": {"stack": "z" * 100_000}})[3]["worker"]
    assert worker["level"] == "ERROR"
    assert len(worker["cut"]) < MAX_TEXT + 100


@pytest.mark.parametrize("value", ['"\\ud800"', "1" * 5000, "[" * 5000])
def test_logs_json_that_airflow_could_not_write_as_plain_text(lines: Lines, value: str) -> None:
    line = f'{{"level": "ERROR", "msg": "m", "odd": {value}}}'

    assert lines.write(line.encode())[2:] == (line, {})


def test_drops_empty_lines(lines: Lines) -> None:
    lines.write(b"text")
    lines.write(b"  ")

    assert len(lines.entries) == 1


def test_takes_no_logger_name_at_its_word(lines: Lines) -> None:
    assert lines.write({"msg": "m", "logger": "../a b\n" + "c" * 200})[0] == "airflow.task.workflow._a_b_" + "c" * 115
