"""A checkout whose parts are tiny stand-ins, and the launcher run on it as a user runs it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_ROOT = Path(__file__).resolve().parents[3]
_FAKES = Path(__file__).resolve().parent / "fakes"
_MAVEN = """\
#!/bin/sh
if [ "$1" = -version ]; then echo "Apache Maven 3.8.7"; exit 0; fi
echo built >> "$(dirname "$0")/builds"
if [ -f "$(dirname "$0")/offline" ]; then echo "Unknown host repo.example: Name or service not known"; exit 1; fi
for part in workflow-worker artifact-service; do mkdir -p $part/target/quarkus-app; done
touch workflow-worker/target/quarkus-app/worker.args workflow-worker/target/quarkus-app/simulator.args artifact-service/target/quarkus-app/service.args artifact-service/target/quarkus-app/backup.args
"""


@dataclass(frozen=True)
class StandIn:
    """A checkout with its home below it, and a folder of tools that comes first on PATH."""

    root: Path
    tools: Path
    first_screen: list[str] = field(default_factory=list)

    @staticmethod
    def make(folder: Path) -> StandIn:
        root, tools = folder / "checkout", folder / "tools"
        shutil.copytree(_ROOT / "deploy" / "local" / "signalwright_local", root / "deploy/local/signalwright_local")
        shutil.copy(_ROOT / "deploy" / "local" / "__main__.py", root / "deploy/local")
        shutil.copy(_ROOT / "signalwright", root)
        for name in ("docs", "deploy/bars", "workflow-worker", "artifact-service", "airflow-dags/src"):
            (root / name).mkdir(parents=True)
        (root / "pom.xml").write_text("<project/>")
        dags = root / "airflow-dags"
        for name in ("requirements.txt", "requirements-uv.txt"):
            (dags / name).write_text("# nothing is needed\n")
        (dags / "pyproject.toml").write_text(
            '[build-system]\nrequires = []\nbuild-backend = "build_backend"\nbackend-path = ["."]\n'
        )
        shutil.copy(_FAKES / "airflow.py", dags)
        shutil.copy(_FAKES / "build_backend.py", dags)
        (tools / "jdk-25" / "bin").mkdir(parents=True)
        (tools / "jdk-25/bin/faults").mkdir()
        _program(tools / "jdk-25/bin/java", f"#!{sys.executable}\n" + (_FAKES / "java.py").read_text(encoding="utf-8"))
        _program(tools / "jdk-25/bin/javac", "#!/bin/sh\n")
        _program(tools / "mvn", _MAVEN)
        _program(tools / "node", "#!/bin/sh\necho v20.1.0\n")
        return StandIn(root, tools)

    @property
    def home(self) -> Path:
        return self.root / ".signalwright"

    @property
    def builds(self) -> int:
        file = self.tools / "builds"
        return len(file.read_text().splitlines()) if file.exists() else 0

    def environment(self, **more: str) -> dict[str, str]:
        return {
            "PATH": f"{self.tools}:{os.environ['PATH']}",
            "HOME": str(self.root.parent),
            "JAVA_HOME": str(self.tools / "jdk-25"),
            "SIGNALWRIGHT_PYTHON": sys.executable,
            **more,
        }

    def fault(self, name: str) -> Path:
        """A fault of the stand-in java: made by touching the file, ended by removing it."""
        return self.tools / "jdk-25" / "bin" / "faults" / name

    def run(self, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [self.root / "signalwright", *words],
            env=self.environment(**more),
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
            stdin=subprocess.DEVNULL,
        )

    def status(self) -> dict[str, Any]:
        answer: dict[str, Any] = json.loads(self.run("status", "--json").stdout)
        return answer

    def processes(self) -> list[int]:
        """Everything that runs with this home or below this folder, zombies aside."""
        found = []
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit() and int(entry.name) != os.getpid() and _belongs(entry, str(self.root)):
                found.append(int(entry.name))
        return found


def _belongs(process: Path, root: str) -> bool:
    try:
        told = (process / "environ").read_bytes() + (process / "cmdline").read_bytes()
        return root.encode() in told and "\nState:\tZ" not in (process / "status").read_text()
    except OSError:
        return False


def _program(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8")
    file.chmod(0o755)
