"""Ports: chosen once, remembered, explained when taken."""

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from signalwright_local import ports
from signalwright_local.failure import Failure
from signalwright_local.places import Home
from signalwright_local.settings import Settings

NOTHING_SET = Settings({}, {}, ())


def made(folder: Path) -> Home:
    home = Home(folder)
    home.create()
    return home


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server


def test_ports_are_distinct_and_remembered(tmp_path: Path) -> None:
    home = made(tmp_path)

    first = ports.choose(home, NOTHING_SET)

    assert len({first.service, first.airflow, first.simulator, first.simulator_control}) == 4
    assert ports.choose(home, NOTHING_SET) == first


def test_two_homes_choose_different_ports(tmp_path: Path) -> None:
    one, other = ports.choose(made(tmp_path / "a"), NOTHING_SET), ports.choose(made(tmp_path / "b"), NOTHING_SET)

    assert not {one.service, one.airflow, one.simulator} & {other.service, other.airflow, other.simulator}


def test_a_written_port_wins_and_the_others_stay(tmp_path: Path) -> None:
    home = made(tmp_path)
    chosen = ports.choose(home, NOTHING_SET)

    written = ports.choose(home, Settings({"AIRFLOW_PORT": "18080"}, {}, ()))

    assert written.airflow == 18080
    assert (written.service, written.simulator) == (chosen.service, chosen.simulator)


def test_a_taken_port_is_explained_with_its_holder_and_a_way_out(listener: socket.socket) -> None:
    port = listener.getsockname()[1]

    with pytest.raises(Failure, match=rf"(?s)Port {port}.*process {os.getpid()} .*--new-ports"):
        ports.refuse_taken({port: "artifact service"}, ports.holder)
