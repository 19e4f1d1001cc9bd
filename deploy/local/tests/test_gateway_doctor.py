"""``doctor --gateway`` and the simulator's help: what the worker's programs say, as a user of the launcher reads it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from stand_ins import StandIn


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StandIn]:
    checkout = StandIn.make(tmp_path_factory.mktemp("gateway-doctor"))
    made = checkout.run("up", "--no-run")
    assert made.returncode == 0, made.stdout + made.stderr
    yield checkout
    checkout.run("down")


@pytest.fixture
def fault() -> Iterator[list[Path]]:
    """Faults that are over after the test."""
    made: list[Path] = []
    yield made
    for file in made:
        file.unlink()


def test_every_finding_is_a_line_and_nothing_missing_is_success(installed: StandIn) -> None:
    told = installed.run("doctor", "--gateway")

    assert told.returncode == 0, told.stdout + told.stderr
    lines = [line.split(None, 1) for line in told.stdout.splitlines()]
    assert lines[0] == ["ok", "port                   something listens"]
    assert lines[1][0] == "warn"
    assert told.stdout.endswith("0 missing, 1 to look at, 1 ok\n")


def test_no_gateway_is_told_in_the_workers_sentence_and_fails(installed: StandIn, fault: list[Path]) -> None:
    fault.append(installed.fault("no-gateway"))
    fault[0].touch()

    told = installed.run("doctor", "--gateway")

    assert told.returncode == 1
    assert "missing  port" in told.stdout
    assert "Nobody listens at 127.0.0.1:4002. Start IB Gateway." in told.stdout
    assert told.stdout.endswith("1 missing, 0 to look at, 0 ok\n")


def test_a_worker_that_breaks_is_no_clean_bill(installed: StandIn, fault: list[Path]) -> None:
    fault.append(installed.fault("doctor-breaks"))
    fault[0].touch()

    told = installed.run("doctor", "--gateway")

    assert told.returncode == 1
    assert "could not find the main class" in told.stderr


@pytest.mark.parametrize("word", ["--help", "-h", "help"])
def test_the_simulators_help_shows_all_of_its_options(installed: StandIn, word: str) -> None:
    told = installed.run("simulator", word)

    assert told.returncode == 0, told.stderr
    assert "./signalwright simulator" in told.stdout
    assert "--participation" in told.stdout
