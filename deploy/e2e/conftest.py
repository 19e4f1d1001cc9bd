"""One installation for the whole session: tests use runs of their own, so their order does not matter."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from installation import Installation


@pytest.fixture(scope="session")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    home: Path = tmp_path_factory.mktemp("home")
    whole = Installation(home)
    try:
        whole.must("up", "--no-run", timeout=1500)
        yield whole
    finally:
        whole.command("down", timeout=120)
