"""``bench``: the measurements that lie in ``bench/``, each against a reference of the same run; never part of the tests."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path

from .build import maven_environment
from .desk import Desk
from .failure import Failure
from .toolchain import find_jdk

_INNER = "service-bench"


def bench(desk: Desk, name: str | None, arguments: Sequence[str]) -> int:
    """Runs one of them in the foreground, or all one after another; without a name says which there are."""
    folder = desk.checkout.root / "bench"
    known = {script.stem: script for script in sorted(folder.glob("*.sh")) if script.stem != _INNER}
    if name is None:
        for one, script in known.items():
            desk.screen.say(f"{one:<18} {_meaning(script)}")
        return 0
    if name != "all" and name not in known:
        raise Failure(f"There is no bench named {name}. ./signalwright bench shows which there are.")
    if not (desk.checkout.service_folder / "service.args").is_file():
        raise Failure("The Java parts are not built yet. ./signalwright up builds them.")
    environment = maven_environment(desk.environment, find_jdk(desk.environment))
    failed = 0
    for script in known.values() if name == "all" else [known[name]]:
        failed |= subprocess.run([script, *arguments], env=environment, check=False).returncode
    return 1 if failed else 0


def _meaning(script: Path) -> str:
    lines = script.read_text(encoding="utf-8").splitlines()
    return next((line[2:] for line in lines if line.startswith("# ")), "")
