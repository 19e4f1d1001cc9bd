"""The command ``bench`` names every measurement that lies in ``bench/`` and says what it wants."""

from pathlib import Path

import pytest
from stand_ins import StandIn

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> StandIn:
    return StandIn.make(tmp_path_factory.mktemp("bench"))


def test_every_measurement_is_named_with_its_meaning(installed: StandIn) -> None:
    folder = installed.root / "bench"
    folder.mkdir(exist_ok=True)
    for script in (ROOT / "bench").glob("*.sh"):
        (folder / script.name).write_bytes(script.read_bytes())

    told = installed.run("bench")

    assert told.returncode == 0
    names = {line.split()[0] for line in told.stdout.splitlines()}
    assert names == {script.stem for script in (ROOT / "bench").glob("*.sh")} - {"service-bench"}
    assert all(len(line.split()) > 3 for line in told.stdout.splitlines())


def test_an_unknown_measurement_is_refused_in_one_sentence(installed: StandIn) -> None:
    told = installed.run("bench", "speed")

    assert told.returncode != 0
    assert "no bench named speed" in told.stderr
